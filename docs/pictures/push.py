"""The gradient as a difference, and which way a step pushes each logit."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.gradient import gradient
from snippets.softmax import softmax

z, c = np.array([1.0, 2.0, 3.0]), 1
s, y, g = softmax(z), np.eye(3)[c], gradient(z, c)

figure, axes = plt.subplots(ncols=3, figsize=(4.8, 2.2), sharey=True)
for axis, values, colour, title in zip(axes, [s, y, g], ["C3", "C4", "C5"], ["probabilities", "− label", "= gradient"]):
    axis.bar(["1", "2, true", "3"], values, color=colour, width=0.5)
    axis.set_title(title)
    axis.axhline(0, color="C0", linewidth=0.8)
    axis.grid(False)
    axis.set_yticks([])
    axis.spines[["left", "bottom"]].set_visible(False)
    axis.tick_params(length=0)
    for place, value in enumerate(values):
        text = f"{value:.0f}" if values is y else f"{value:.3f}".replace("-", "−")
        axis.annotate(text, (place, value), (0, 3 if value >= 0 else -11), textcoords="offset points", ha="center")
axes[0].set_ylim(-1, 1.2)
axes[2].set_xlim(-0.6, 2.9)
for place, value in enumerate(g):    # a step goes against the gradient
    arrow = {"arrowstyle": "-|>", "color": "C0", "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 8}
    axes[2].annotate("", (place + 0.45, -value), (place + 0.45, 0), arrowprops=arrow)
