# Iris, 4-4-3, tanh, SGD on one example at a time
import numpy as np


class NN:
    def __init__(self, inputDim=4, hidDim=4, outputDim=3, eta=0.01):
        self.W1 = np.random.randn(inputDim, hidDim)
        self.b1 = np.zeros((1, hidDim))
        self.W2 = np.random.randn(hidDim, outputDim)
        self.b2 = np.zeros((1, outputDim))
        self.eta = eta

    def softmax(self, z):
        exps = np.exp(z)
        return exps / np.sum(exps, axis=1, keepdims=True)

    def forward(self, X):
        self.a1 = np.tanh(X.dot(self.W1) + self.b1)
        return self.softmax(self.a1.dot(self.W2) + self.b2)

    def error(self, X, y):
        p = self.forward(X)
        return -np.sum(np.log(p[np.arange(len(y)), y])) / len(y)

    def gradients(self, x_n, y_n):
        x_n = x_n.reshape((1, -1))
        delta3 = self.forward(x_n)
        delta3[0, y_n] -= 1
        dW2 = self.a1.T.dot(delta3)
        db2 = delta3
        delta2 = delta3.dot(self.W2.T) * (1 - self.a1 ** 2)
        dW1 = x_n.T.dot(delta2)
        db1 = delta2
        return dW1, db1, dW2, db2

    def StochasticGD(self, numIterations, X, y):
        bestError = np.inf
        for i in range(numIterations):
            n = np.random.randint(len(y))
            dW1, db1, dW2, db2 = self.gradients(X[n, :], y[n])
            self.W1 -= self.eta * dW1
            self.b1 -= self.eta * db1
            self.W2 -= self.eta * dW2
            self.b2 -= self.eta * db2
            bestError = min(bestError, self.error(X, y))
        return bestError

    def predict(self, X):
        return np.argmax(self.forward(X), axis=1)
