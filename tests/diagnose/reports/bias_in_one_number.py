# The gradient of the bias is one sum over all classes, which is 0; that of the weights is right, as a sum (train divides by N).
import numpy as np


class SoftmaxRegression1():
    def __init__(self, num_features, num_classes):
        self.num_features = num_features
        self.num_classes = num_classes
        self.weights = np.zeros((num_classes, num_features))
        self.bias = np.zeros(num_classes)

    def forward(self, x):
        logits = x @ self.weights.T + self.bias
        z = logits - logits.max(axis=1, keepdims=True)
        probas = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        return logits, probas

    def backward(self, x, y, probas):
        grad_loss_wrt_w = -(x.T @ (y - probas)).T
        grad_loss_wrt_b = -np.sum(y - probas)
        return grad_loss_wrt_w, grad_loss_wrt_b

    def cross_entropy(self, probas, y):
        return np.mean(-np.sum(np.log(probas) * y, axis=1))

    def train(self, x, y, num_epochs, learning_rate=0.01):
        cost = []
        y = np.eye(self.num_classes)[y]
        for epoch in range(num_epochs):
            logits, probas = self.forward(x)
            grad_w, grad_b = self.backward(x, y, probas)
            self.weights -= learning_rate * grad_w / y.shape[0]
            self.bias -= learning_rate * grad_b / y.shape[0]
            cost.append(self.cross_entropy(self.forward(x)[1], y))
        return cost
