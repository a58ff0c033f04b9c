"""From logits to probabilities to the gradient, and which way a step pushes each logit."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.gradient import gradient
from snippets.softmax import softmax

z, c = np.array([1.0, 2.0, 3.0]), 1
s, g = softmax(z), gradient(z, c)
classes = ["1", "2, true", "3"]

figure, axes = plt.subplots(ncols=3, figsize=(4.8, 2.3))
for axis, values, colour, title in zip(axes, [z, s, g], ["C2", "C3", "C5"], ["logits", "probabilities", "gradient"]):
    axis.bar(classes, values, color=colour, width=0.6)
    axis.set_title(title)
    axis.axhline(0, color="C0", linewidth=0.8)
    axis.grid(False)
    axis.set_yticks([])
    axis.spines["left"].set_visible(False)
    room = 0.04 * (values.max() - min(0, values.min()))
    for place, value in enumerate(values):
        above = value >= 0
        axis.text(place, value + (room if above else -room), f"{value:.2f}".replace("-", "−"), ha="center", va="bottom" if above else "top")
axes[0].set_ylim(0, 3.5)
axes[1].set_ylim(0, 0.8)
axes[2].set_ylim(-1.15, 1.15)
for place, value in enumerate(g):    # a step goes against the gradient
    start = -0.05 if value > 0 else 0.05
    axes[2].annotate("", (place, start - value * 0.9), (place, start), arrowprops={"arrowstyle": "-|>", "color": "C0", "linewidth": 1.5})
