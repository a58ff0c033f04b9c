import numpy as np


def softmax_loss(Z, y):
    """Average softmax loss; Z (batch, classes), y (batch,)."""
    shifted = Z - Z.max(axis=1, keepdims=True)
    lse = np.log(np.exp(shifted).sum(axis=1))
    return np.mean(lse - shifted[np.arange(len(y)), y])


def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """SGD over X in order, W1 and W2 are modified."""
    num_classes = W2.shape[1]
    for start in range(0, X.shape[0], batch):
        xb = X[start:start + batch]
        Iy = np.eye(num_classes)[y[start:start + batch]]
        Z1 = np.maximum(xb @ W1, 0)
        G2 = softmax(Z1 @ W2) - Iy
        G1 = (Z1 > 0).astype(float) * (G2 @ W2.T)
        W1 -= lr * (xb.T @ G1)
        W2 -= lr * (Z1.T @ G2)


def train_nn(X_tr, y_tr, X_te, y_te, hidden_dim=500, epochs=10, lr=0.5, batch=100):
    n, k = X_tr.shape[1], y_tr.max() + 1
    np.random.seed(0)
    W1 = np.random.randn(n, hidden_dim) / np.sqrt(hidden_dim)
    W2 = np.random.randn(hidden_dim, k) / np.sqrt(k)
    for epoch in range(epochs):
        nn_epoch(X_tr, y_tr, W1, W2, lr=lr, batch=batch)
        print(epoch, softmax_loss(np.maximum(X_te @ W1, 0) @ W2, y_te))
