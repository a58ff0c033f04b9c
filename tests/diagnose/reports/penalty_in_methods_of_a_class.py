import numpy as np


class TwoLayerClassifier:
    def __init__(self, input_size, hidden_size, output_size=10, activation='relu'):
        self.activation = activation
        self.W1 = 0.01 * np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = 0.01 * np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X.dot(self.W1) + self.b1
        if self.activation == 'relu':
            self.a1 = np.maximum(0, self.z1)
        else:
            self.a1 = 1 / (1 + np.exp(-self.z1))
        self.z2 = self.a1.dot(self.W2) + self.b2
        exp_scores = np.exp(self.z2 - np.max(self.z2, axis=1, keepdims=True))
        self.probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
        return self.probs

    def compute_loss(self, y, l2_lambda):
        m = y.shape[0]
        data_loss = np.sum(-np.log(self.probs[range(m), y] + 1e-8)) / m
        return data_loss + 0.5 * l2_lambda * (np.sum(self.W1 ** 2) + np.sum(self.W2 ** 2))

    def backward(self, X, y, l2_lambda):
        m = X.shape[0]
        dz2 = (self.probs - np.eye(10)[y]) / m
        dW2 = self.a1.T.dot(dz2) + l2_lambda * self.W2
        db2 = np.sum(dz2, axis=0, keepdims=True)
        dz1 = dz2.dot(self.W2.T)
        dz1 = dz1 * (self.z1 > 0) if self.activation == 'relu' else dz1 * self.a1 * (1 - self.a1)
        dW1 = X.T.dot(dz1) + l2_lambda * self.W1
        db1 = np.sum(dz1, axis=0, keepdims=True)
        return dW1, db1, dW2, db2
