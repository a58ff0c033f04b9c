"""Log-sum-exp is a smooth maximum: never below the largest logit, and log 2 above it where two are equal."""

import matplotlib.pyplot as plt
import numpy as np

z = np.linspace(-4, 4, 81)    # the first logit; the second is 0
smooth, sharp = np.logaddexp(z, 0), np.maximum(z, 0)

figure, axis = plt.subplots(figsize=(4.8, 2.8))
axis.plot(z, smooth, color="C2", label="log-sum-exp of (z, 0)")
axis.plot(z, sharp, "--", color="C1", label="max of (z, 0)")
axis.annotate("log 2", (0, np.log(2)), (-1.6, 1.5), arrowprops={"arrowstyle": "->", "color": "C0"})
axis.set(xlabel="z")
axis.legend()
assert (smooth > sharp).all() and np.isclose(smooth[40], np.log(2))
