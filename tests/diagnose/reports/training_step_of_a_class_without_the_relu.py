import numpy as np


class Net:
    def __init__(self, input_size, hidden_size, output_size):
        self.model = {"W1": np.random.randn(input_size, hidden_size), "W2": np.random.randn(hidden_size, output_size)}

    def relu(self, x):
        return np.maximum(0, x)

    def d_relu(self, x, error):
        return (x > 0) * error

    def train_step(self, x_train, y_train):
        h = self.relu(x_train @ self.model["W1"])
        z = h @ self.model["W2"]
        z = z - z.max(axis=1, keepdims=True)
        log_p, rows = z - np.log(np.exp(z).sum(axis=1, keepdims=True)), np.arange(len(x_train))
        delta = np.exp(log_p) / len(z)
        delta[rows, y_train] -= 1 / len(z)
        grads = {"W2": h.T @ delta, "W1": x_train.T @ (delta @ self.model["W2"].T)}
        return -np.sum(log_p[rows, y_train]) / len(z), grads
