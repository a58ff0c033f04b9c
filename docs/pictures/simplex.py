"""The probability simplex of three classes: lines of equal loss, and the path of gradient descent."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.gradient import gradient
from snippets.softmax import softmax

CORNERS = np.array([[0, 0], [0.5, np.sqrt(0.75)], [1, 0]])    # of class 1, 2, 3
c = 1
points = [softmax(z)[c] for z in ([1.0, 2.0, 3.0],)]

figure, axis = plt.subplots(figsize=(4.6, 3.9))
axis.axis("off")
axis.set_aspect("equal")
axis.plot(*CORNERS[[0, 1, 2, 0]].T, color="C0", linewidth=1)
for loss in (0.25, 0.5, 1, 2):    # where s_c is exp(-loss)
    s_c = np.exp(-loss)
    ends = np.array([[1 - s_c, s_c, 0], [0, s_c, 1 - s_c]]) @ CORNERS
    axis.plot(*ends.T, ":", color="C1", linewidth=1)
    axis.text(*(ends[1] + [0.03, 0]), f"L = {loss}", color="C1", va="center", fontsize=9)

z, path = np.array([1.0, 2.0, 3.0]), []
for _ in range(60):
    path.append(softmax(z))
    z = z - 0.3 * gradient(z, c)
path = np.array(path) @ CORNERS
axis.plot(*path[::4].T, "o-", color="C3", markersize=3.5, linewidth=1.2)
axis.text(*(path[0] + [0.03, -0.05]), "s", color="C3")
axis.plot(*CORNERS[c], "*", color="C4", markersize=13)
axis.text(*(CORNERS[c] + [0, 0.06]), "y, class 2", color="C4", ha="center")
axis.text(*(CORNERS[0] - [0, 0.08]), "class 1", ha="center")
axis.text(*(CORNERS[2] - [0, 0.08]), "class 3", ha="center")
axis.set(xlim=(-0.1, 1.15), ylim=(-0.12, 1.02))
