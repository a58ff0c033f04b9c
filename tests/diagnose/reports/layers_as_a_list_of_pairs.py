import numpy as np


def init_mlp(sizes, seed=0):
    rng = np.random.default_rng(seed)
    return [(rng.normal(size=(m, n)) / np.sqrt(m), np.zeros(n)) for m, n in zip(sizes[:-1], sizes[1:])]


def loss_and_grads(params, X, y):
    activations = [X]
    for n, (W, b) in enumerate(params):
        z = activations[-1] @ W + b
        activations.append(np.maximum(z, 0) if n < len(params) - 1 else z)
    lse = np.logaddexp.reduce(z, axis=1)
    loss = (lse - z[np.arange(len(y)), y]).mean()
    delta = np.exp(z - lse[:, None])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    grads = []
    for n in reversed(range(len(params))):
        grads.insert(0, (activations[n].T @ delta, delta.sum(axis=0)))
        delta = (delta @ params[n][0].T) * (activations[n] > 0)
    return loss, grads
