import numpy as np


class Figure:
    def show(self, values):
        print(values)


def train_and_plot(logits, labels):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    loss, gradient = -np.log(p[rows, labels]).mean(), p / len(p)
    gradient[rows, labels] -= 1 / len(p)
    Figure().show(loss)
    return loss, gradient
