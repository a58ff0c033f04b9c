"""A mask of two sequences, and the weight of each position in the two means."""

import matplotlib.pyplot as plt
import numpy as np

mask = np.array([[1, 1, 1], [1, 0, 0]])
means = {"mean over tokens": mask / mask.sum(), "mean over sequences": mask / mask.sum(axis=1, keepdims=True) / len(mask)}

figure, axes = plt.subplots(ncols=2, figsize=(4.8, 1.8))
for axis, (name, weights) in zip(axes, means.items()):
    for (n, t), weight in np.ndenumerate(weights):
        axis.add_patch(plt.Rectangle((t, -n), 0.94, -0.94, facecolor="C4" if weight else "C1", alpha=weight or 0.08, linewidth=0))
        axis.text(t + 0.47, -n - 0.47, f"{weight:.2g}" if weight else "padding", ha="center", va="center", fontsize=10 if weight else 8)
    for n in range(2):
        axis.text(-0.1, -n - 0.47, f"sequence {n + 1}", ha="right", va="center", fontsize=9)
    assert np.isclose(weights.sum(), 1)
    axis.set_title(name)
    axis.set(xlim=(-1.3, 3), ylim=(-2, 0.05))
    axis.set_aspect("equal")
    axis.axis("off")
