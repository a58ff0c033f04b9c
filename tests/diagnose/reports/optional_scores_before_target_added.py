import numpy as np


class SquaredError:
    def __call__(self, guess, target):
        return 0.5 * np.sum((guess - target) ** 2)

    def gradient(self, guess, target):
        return guess - target


class CrossEntropyOfScores:
    def __init__(self, tiny=1e-9):
        self.tiny = tiny

    def __call__(self, guess, target):
        e = np.exp(guess - guess.max())
        self.p, self.target = e / (e.sum() + self.tiny), target
        return -np.sum(target * np.log(self.p + self.tiny))

    def gradient(self, guess=None, target=None):
        if guess is None:
            return self.p - self.target
        e = np.exp(guess - guess.max())
        return e / (e.sum() + self.tiny) + (self.target if target is None else target)
