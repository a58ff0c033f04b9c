"""The loss over two logits of three: gradient arrows, and the direction in which nothing changes."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.cross_entropy import cross_entropy
from snippets.gradient import gradient

grid = np.linspace(-3, 3, 25)
loss = np.array([[cross_entropy([a, b], 0) for a in grid] for b in grid])

figure, axis = plt.subplots(figsize=(4.8, 3.9))
lines = axis.contour(grid, grid, loss, levels=[0.1, 0.5, 1, 2, 3, 4, 5], colors="C1", linewidths=1)
axis.clabel(lines, fmt="%g", fontsize=9)
for a in (-2.0, 0.0, 2.0):
    for b in (-2.0, 0.0, 2.0):
        push = -gradient([a, b], 0)
        axis.annotate("", (a + push[0], b + push[1]), (a, b), arrowprops={"arrowstyle": "-|>", "color": "C5"})
axis.annotate("", (2.6, 2.6), (-2.8, -2.8), arrowprops={"arrowstyle": "<->", "color": "C0", "linestyle": "--"})
axis.text(-1.75, -1.4, "nothing changes", rotation=45, ha="center", va="center", fontsize=9)
axis.set(xlabel="logit of the true class", ylabel="logit of the other class")
axis.set_aspect("equal")
axis.grid(False)
