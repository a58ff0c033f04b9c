import numpy as np


class Ausgabeschicht:
    """Die Beispiele stehen in Spalten."""

    def __init__(self, ein, aus):
        self.gewichte = 0.1 * np.random.randn(aus, ein)
        self.schwellen = np.zeros((aus, 1))

    def vorwaerts(self, x):
        self.x = x
        z = self.gewichte @ x + self.schwellen
        z = z - z.max(axis=0, keepdims=True)
        self.log_p = z - np.log(np.exp(z).sum(axis=0, keepdims=True))
        return np.exp(self.log_p)

    def fehler(self, ziel):
        return -np.sum(ziel * self.log_p) / ziel.shape[1]

    def rueckwaerts(self, ziel):
        delta = (np.exp(self.log_p) - ziel) / ziel.shape[1]
        self.d_gewichte = delta @ self.x.T
        self.d_schwellen = delta.sum(axis=1, keepdims=True)
        return self.gewichte.T @ delta

    def lernen(self, rate):
        self.gewichte -= rate * self.d_gewichte
        self.schwellen -= rate * self.d_schwellen
