import numpy as np

REG = 0.01


def scores_of(model, X):
    a1 = np.tanh(X.dot(model["W1"]) + model["b1"])
    return a1, a1.dot(model["W2"]) + model["b2"]


def calculate_loss(model, X, y):
    W1, b1, W2, b2 = model["W1"], model["b1"], model["W2"], model["b2"]
    exp = np.exp(np.tanh(X.dot(W1) + b1).dot(W2) + b2)
    probs = exp / exp.sum(axis=1, keepdims=True)
    data = -np.log(probs[range(len(X)), y]).sum()
    return (data + REG / 2 * (np.sum(W1**2) + np.sum(W2**2))) / len(X)


def backprop(model, X, y):
    W1, b1, W2, b2 = model["W1"], model["b1"], model["W2"], model["b2"]
    a1, z2 = scores_of(model, X)
    exp = np.exp(z2)
    delta3 = exp / exp.sum(axis=1, keepdims=True)
    delta3[range(len(X)), y] -= 1
    delta3 /= len(X)
    delta2 = delta3.dot(W2.T) * (1 - a1**2)
    return {
        "W1": X.T.dot(delta2) + REG * W1 / len(X), "b1": delta2.sum(axis=0),
        "W2": a1.T.dot(delta3) + REG * W2 / len(X), "b2": delta3.sum(axis=0, keepdims=True),
    }
