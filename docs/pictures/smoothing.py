"""A one-hot label, the same label smoothed, and the uniform distribution."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.soft_labels import smooth_labels

k = 3
figure, axes = plt.subplots(ncols=3, figsize=(4.8, 2), sharey=True)
for axis, smoothing, name in zip(axes, (0, 0.3, 1), ("one-hot", "ε = 0.3", "ε = 1: uniform")):
    y = smooth_labels([1], k, smoothing)[0]
    axis.bar([str(i + 1) for i in range(k)], y, color="C4", width=0.6)
    for place, value in enumerate(y):
        axis.text(place, value + 0.02, f"{value:.3g}", ha="center")
    axis.set(title=name, ylim=(0, 1.1), yticks=[])
    axis.spines["left"].set_visible(False)
assert np.isclose(y.sum(), 1)
