"""Cross-entropy and squared error, and their slopes, where the prediction is right and where it is wrong."""

import matplotlib.pyplot as plt
import numpy as np

z = np.linspace(-6, 6, 49)    # the true class's logit; the other one is 0
s = 1 / (1 + np.exp(-z))

figure, (left, right) = plt.subplots(ncols=2, figsize=(4.8, 2.5))
left.plot(z, -np.log(s), color="C5", label="−log s")
left.plot(z, (1 - s) ** 2, "--", color="C1", label="(1 − s)²")
left.set(title="loss", xlabel="logit of the true class", ylim=(0, 6))
left.legend()
right.plot(z, s - 1, color="C5")
right.plot(z, -2 * s * (1 - s) ** 2, "--", color="C1")
right.set(title="slope", xlabel="logit of the true class")
right.annotate("no push\nwhere it is\nmost wrong", (-5.5, -0.02), (-5.9, -0.62), color="C1",
               arrowprops={"arrowstyle": "->", "color": "C1"})
