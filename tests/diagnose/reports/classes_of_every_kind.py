from enum import Enum
from typing import NamedTuple

import numpy as np


class Reduction(Enum):
    MEAN = "mean"


class Shape(NamedTuple):
    N: int
    k: int


class NotCalledError(Exception):
    pass


class Bag(dict):
    pass


class Registry(type):
    pass


class Hidden:
    def __get__(self, made, kind=None):
        raise AttributeError("not here")


class Layer(metaclass=Registry):
    forward = Hidden()


class Loss:
    __slots__ = ("reduction",)

    def __init__(self, reduction=Reduction.MEAN):
        self.reduction = reduction

    def __call__(self, logits, labels):
        shape = Shape(*logits.shape)
        z = logits - logits.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        d = np.exp(log_p)
        d[np.arange(shape.N), labels] -= 1
        return -log_p[np.arange(shape.N), labels].mean(), d / shape.N


softmax_loss = Loss()
