# Right. A network with sigmoid hidden units, forward(X) and backward(X, Y, output) that keeps dW1.. and loss(Y, output).
import numpy as np


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size):
        self.W1 = np.random.randn(input_size, hidden_size) * 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size) * 0.1
        self.b2 = np.zeros((1, output_size))

    def softmax(self, z):
        e = np.exp(z - np.max(z, axis=1, keepdims=True))
        return e / np.sum(e, axis=1, keepdims=True)

    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = self.sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = self.softmax(self.z2)
        return self.a2

    def compute_loss(self, Y, output):
        return -np.sum(Y * np.log(output + 1e-8)) / Y.shape[0]

    def backward(self, X, Y, output):
        m = X.shape[0]
        dz2 = (output - Y) / m
        self.dW2 = self.a1.T @ dz2
        self.db2 = dz2.sum(axis=0, keepdims=True)
        da1 = dz2 @ self.W2.T
        dz1 = da1 * self.a1 * (1 - self.a1)
        self.dW1 = X.T @ dz1
        self.db1 = dz1.sum(axis=0, keepdims=True)
