import numpy as np

num_inputs, num_outputs = 6, 4
rng = np.random.default_rng(0)
W = rng.normal(0, 0.1, size=(num_inputs, num_outputs))
b = np.zeros(num_outputs)


def softmax(X):
    X_exp = np.exp(X)
    partition = X_exp.sum(1, keepdims=True)
    return X_exp / partition  # 这里应用了广播机制


def net(X):
    return softmax(np.matmul(X.reshape((-1, W.shape[0])), W) + b)


def cross_entropy(y_hat, y):
    # 每个样本的损失
    return - np.log(y_hat[range(len(y_hat)), y])


def backward(X, y_hat, y):
    # 手动求梯度，对 batch 求和 (sgd 里再除以 batch_size)
    g = y_hat.copy()
    g[range(len(y)), y] -= 1
    return X.T @ g, g.sum(0)


def sgd(params, grads, lr, batch_size):
    for p, g in zip(params, grads):
        p -= lr * g / batch_size


def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=1) == y).sum())
