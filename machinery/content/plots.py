"""Plots by Matplotlib, in notebooks and in pictures: inline SVGs with the page's colours, light or dark."""

import html
import re

MEANINGS = ["logits", "probabilities", "labels", "gradient"]  # of C2 to C5
# What is drawn in C0 to C5 has these colours, because machinery/matplotlibrc makes them #010203 to #010208.
COLOURS = ["currentColor", "var(--muted)", *(f"var(--{meaning})" for meaning in MEANINGS)]
FINE = re.compile(r"\d+\.\d{3,}")  # finer than a hundredth of a point


def drawn(number):
    return f"#01020{number + 3}"


def unasked_colours(svg, code):
    """Return a message for each meaningful colour that a plot contains but its code does not name, because Matplotlib chose it."""
    return [
        f'something is drawn in C{number}, the colour of {meaning}, without being told to: say color="C0" or "C1", and tell curves apart by linestyle="--"'
        for number, meaning in enumerate(MEANINGS, start=2) if f"C{number}" not in code and drawn(number) in svg
    ]


def in_page(svg, alt):
    """Return a plot as an inline SVG."""
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r">\s+<", "><", svg.strip())
    svg = re.sub(r"<[^>]+>", lambda tag: FINE.sub(lambda number: f"{float(number[0]):.2f}", tag[0]), svg)
    for number, colour in enumerate(COLOURS):
        svg = svg.replace(drawn(number), colour)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{html.escape(alt)}" ', 1)
