"""Time functions against a unit, in turns, so that a slow moment of the machine hits all alike."""

import gc
import random
import time

import numpy as np

SAMPLE = 2e-3  # seconds that one measurement takes at least
ROUNDS = range(7, 51)  # how often each function has its turn: at least, at most


def ratios(calls, unit, seconds):
    """Return how many times longer than the unit each of some calls takes.

    `calls` are functions without arguments by name, `unit` is one of these names. They run in
    rounds, in a new order each time, for about so many seconds. Each round gives one ratio for
    each function, and the quartiles of these ratios are returned.
    """
    repeats = {name: enough(call) for name, call in calls.items()}
    times = {name: [] for name in calls}
    order, end = list(calls), time.monotonic() + seconds
    gc.disable()
    try:
        for done in range(ROUNDS.stop):
            if done >= ROUNDS.start and time.monotonic() > end:
                break
            random.Random(done).shuffle(order)
            for name in order:
                times[name].append(mean_time(calls[name], repeats[name]))
            gc.collect()
    finally:
        gc.enable()
    return {
        name: dict(zip(("low", "median", "high"), np.quantile(np.divide(taken, times[unit]), (0.25, 0.5, 0.75)).round(3)))
        for name, taken in times.items()
    }


def mean_time(call, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return (time.perf_counter() - start) / repeats


def enough(call):
    """Return how many calls take about the time of a sample, after a few to warm up."""
    mean_time(call, 2)
    repeats = 1
    while (taken := mean_time(call, repeats) * repeats) < SAMPLE:
        repeats = max(repeats + 1, int(repeats * min(10, 1.2 * SAMPLE / taken)))
    return repeats
