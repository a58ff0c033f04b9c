import numpy as np


def lossFun(inputs, targets, W):
    """inputs and targets are lists of characters' numbers; W[:, i] has the scores of what may follow character i"""
    loss, probs = 0, {}
    for t in range(len(inputs)):
        scores = W[:, [inputs[t]]]
        probs[t] = np.exp(scores) / np.sum(np.exp(scores))
        loss += -np.log(probs[t][targets[t], 0])
    dW = np.zeros_like(W)
    for t in reversed(range(len(inputs))):
        dy = np.copy(probs[t])
        dy[targets[t]] -= 1
        dW[:, [inputs[t]]] += dy
    return loss, dW
