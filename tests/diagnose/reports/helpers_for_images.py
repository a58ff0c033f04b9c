import numpy as np


def gray(image):
    return image @ np.array([0.299, 0.587, 0.114])


def conv2d(x, k):
    H, W = x.shape[0] - k.shape[0] + 1, x.shape[1] - k.shape[1] + 1
    return np.array([[np.sum(x[i:i + k.shape[0], j:j + k.shape[1]] * k) for j in range(W)] for i in range(H)])
