"""Three ways to make probabilities of scores, before and after 10 is added to all of them."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.softmax import softmax

ways = {"z / sum": lambda z: z / z.sum(), "squares": lambda z: z**2 / (z**2).sum(), "exponentials": softmax}
z = np.array([-1.0, 1.0, 2.0])

figure, axes = plt.subplots(ncols=3, figsize=(4.8, 2.2), sharey=True)
for axis, (name, way) in zip(axes, ways.items()):
    axis.bar(np.arange(3) - 0.2, way(z), 0.38, color="C3", label="z")
    axis.bar(np.arange(3) + 0.2, way(z + 10), 0.38, color="none", edgecolor="C3", hatch="///", label="z + 10")
    axis.axhline(0, color="C0", linewidth=0.8)
    axis.set(title=name, xticks=range(3), xticklabels=[f"z = {score:.0f}".replace("-", "−") for score in z])
    axis.tick_params(axis="x", labelsize=9)
axes[0].legend(loc="upper left")
