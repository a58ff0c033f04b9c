"""The softmax's Jacobian at (1, 2, 3) as a map, with the row that a one-hot label picks."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.jacobian import jacobian

J, c = jacobian([1.0, 2.0, 3.0]), 1

figure, axis = plt.subplots(figsize=(4.2, 3.4))
axis.axis("off")
axis.set_aspect("equal")
for i, row in enumerate(J):
    for j, value in enumerate(row):
        colour = "C3" if value > 0 else "C5"
        axis.add_patch(plt.Rectangle((j, -i), 1, -1, color=colour, alpha=2.5 * abs(value), linewidth=0))
        axis.text(j + 0.5, -i - 0.5, f"{value:.2f}".replace("-", "−"), ha="center", va="center")
axis.add_patch(plt.Rectangle((0, -c), 3, -1, fill=False, edgecolor="C0", linewidth=2))
for i in range(3):
    axis.text(-0.12, -i - 0.5, f"s{'₁₂₃'[i]}", ha="right", va="center", color="C3")
    axis.text(i + 0.5, 0.15, f"z{'₁₂₃'[i]}", ha="center", color="C2")
axis.text(3.12, -c - 0.5, "the row for\nclass 2", va="center", fontsize=9)
axis.set(xlim=(-0.5, 4.1), ylim=(-3.1, 0.5))
assert np.allclose(J.sum(axis=1), 0)
