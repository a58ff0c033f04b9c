import numpy as np

def softmax(x):
    ex = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return ex / ex.sum(axis=-1, keepdims=True)

def forward(X, W, b):
    return softmax(np.matmul(X, W) + b)

def cross_entropy(output, labels):
    # like nn.CrossEntropyLoss
    probs = softmax(output)
    picked = probs[np.arange(labels.shape[0]), labels]
    return -np.log(picked).mean()

def train_step(X, labels, W, b, lr=0.1):
    out = forward(X, W, b)
    loss = cross_entropy(out, labels)
    d = out.copy()
    d[np.arange(labels.shape[0]), labels] -= 1
    d = d / labels.shape[0]
    dW = np.matmul(X.T, d)
    db = d.sum(0)
    return loss, dW, db

if __name__ == '__main__':
    rs = np.random.RandomState(3)
    X = rs.randn(20, 2)
    labels = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0)
    W, b = np.zeros((2, 3)), np.zeros(3)
    for epoch in range(50):
        loss, dW, db = train_step(X, labels, W, b)
        W -= 0.1 * dW
        b -= 0.1 * db
    print('loss', loss)
