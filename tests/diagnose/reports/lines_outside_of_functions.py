import numpy as np

X = np.array([[0.2, 1.1], [-0.7, 0.3], [1.5, -0.4], [0.1, -1.2]])
y = np.array([0, 2, 1, 1])
W = np.array([[0.3, -0.1, 0.5], [0.2, 0.4, -0.6]])
b = np.array([0.1, 0.0, -0.2])

scores = X @ W + b
probs = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
loss = -np.log(probs[np.arange(4), y]).mean()

dscores = probs.copy()
dscores[np.arange(4), y] -= 1
dscores /= 4
dW = X.T @ dscores
db = dscores.sum(axis=0)
print(loss, dW, db)
