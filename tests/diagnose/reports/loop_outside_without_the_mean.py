import numpy as np

rng = np.random.default_rng(0)
points, kinds = 30, 3  # for each kind, and kinds
angles = rng.uniform(0, 6, (kinds * points, 1))
X = np.hstack([np.sin(angles), np.cos(angles)]) + 0.2 * rng.normal(size=(kinds * points, 2))
y = np.repeat(np.arange(kinds), points)
num_examples = X.shape[0]

W = 0.01 * rng.normal(size=(2, kinds))
b = np.zeros((1, kinds))
step_size, reg = 1.0, 1e-3
history = []

for epoch in range(50):
    scores = X @ W + b
    scores -= scores.max(axis=1, keepdims=True)
    log_probs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    data_loss = -log_probs[np.arange(num_examples), y].sum() / num_examples
    loss = data_loss + 0.5 * reg * np.sum(W * W)
    history.append(loss)
    if epoch % 10 == 0:
        print(epoch, loss)

    dscores = np.exp(log_probs)
    for n in range(num_examples):
        dscores[n, y[n]] -= 1
    dW = X.T @ dscores
    dW += reg * W
    db = dscores.sum(axis=0, keepdims=True)

    W += -step_size * dW
    b += -step_size * db

print("accuracy", np.mean(np.argmax(X @ W + b, axis=1) == y))
