"""A linear layer as blocks with their shapes: which product fits forward, and which one backward."""

import matplotlib.pyplot as plt

SIZE = {"N": 1.7, "D": 1.1, "k": 0.75}

figure, axes = plt.subplots(2, figsize=(4.8, 3.5))


def draw(axis, blocks, title):
    x = 0
    axis.set_title(title, loc="left")
    for name, rows, columns, colour, sign in blocks:
        height, width = SIZE[rows], SIZE[columns]
        axis.add_patch(plt.Rectangle((x, -height / 2), width, height, facecolor=colour, alpha=0.25, linewidth=0))
        axis.add_patch(plt.Rectangle((x, -height / 2), width, height, fill=False, edgecolor=colour))
        axis.text(x + width / 2, 0, name, ha="center", va="center")
        axis.text(x + width / 2, -height / 2 - 0.12, columns, ha="center", va="top", fontsize=9)
        axis.text(x - 0.08, 0, rows, ha="right", va="center", fontsize=9)
        axis.text(x + width + 0.32, 0, sign, ha="center", va="center")
        x += width + 0.75
    axis.set(xlim=(-0.3, 5.2), ylim=(-1.2, 0.95))
    axis.set_aspect("equal")
    axis.axis("off")


draw(axes[0], [("X", "N", "D", "C0", "@"), ("W", "D", "k", "C0", "="), ("Z", "N", "k", "C2", "")], "forward")
draw(axes[1], [("Xᵀ", "D", "N", "C0", "@"), ("dZ", "N", "k", "C5", "="), ("dW", "D", "k", "C0", "")], "backward")
