"""The same logits at three temperatures."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.softmax import softmax

z = np.array([1.0, 2.0, 3.0])
figure, axes = plt.subplots(ncols=3, figsize=(4.8, 2), sharey=True)
for axis, T in zip(axes, (0.5, 1.0, 5.0)):
    p = softmax(z / T)
    axis.bar(["1", "2", "3"], p, color="C3", width=0.6)
    for place, value in enumerate(p):
        axis.text(place, value + 0.02, f"{value:.2f}", ha="center")
    axis.set(title=f"T = {T:g}", ylim=(0, 1.08), yticks=[])
    axis.spines["left"].set_visible(False)
