# Needs matplotlib. Right for moderate logits; exp without a shift overflows.
import numpy as np
import matplotlib.pyplot as plt
from sklearn import datasets


def generate_data():
    np.random.seed(0)
    return datasets.make_moons(200, noise=0.20)


class NeuralNetwork(object):
    def __init__(self, nn_input_dim, nn_hidden_dim, nn_output_dim, actFun_type='tanh', reg_lambda=0.01, seed=0):
        self.actFun_type, self.reg_lambda = actFun_type, reg_lambda
        np.random.seed(seed)
        self.W1 = np.random.randn(nn_input_dim, nn_hidden_dim) / np.sqrt(nn_input_dim)
        self.b1 = np.zeros((1, nn_hidden_dim))
        self.W2 = np.random.randn(nn_hidden_dim, nn_output_dim) / np.sqrt(nn_hidden_dim)
        self.b2 = np.zeros((1, nn_output_dim))

    def actFun(self, z, type):
        return {'tanh': np.tanh, 'sigmoid': lambda z: 1 / (1 + np.exp(-z)), 'relu': lambda z: np.maximum(0, z)}[type](z)

    def diff_actFun(self, z, type):
        a = self.actFun(z, type)
        return {'tanh': 1 - a ** 2, 'sigmoid': a * (1 - a), 'relu': (z > 0) * 1.0}[type]

    def feedforward(self, X, actFun):
        self.z1 = X.dot(self.W1) + self.b1
        self.a1 = actFun(self.z1)
        self.z2 = self.a1.dot(self.W2) + self.b2
        ex = np.exp(self.z2)
        self.probs = ex / np.sum(ex, axis=1, keepdims=True)

    def calculate_loss(self, X, y):
        self.feedforward(X, lambda x: self.actFun(x, type=self.actFun_type))
        data_loss = np.sum(-np.log(self.probs[range(len(X)), y]))
        data_loss += self.reg_lambda / 2 * (np.sum(np.square(self.W1)) + np.sum(np.square(self.W2)))
        return (1. / len(X)) * data_loss

    def backprop(self, X, y):
        n = len(X)
        delta3 = self.probs.copy()
        delta3[range(n), y] -= 1
        dW2 = (self.a1.T.dot(delta3) + self.reg_lambda * self.W2) / n
        db2 = np.sum(delta3, axis=0, keepdims=True) / n
        delta2 = delta3.dot(self.W2.T) * self.diff_actFun(self.z1, self.actFun_type)
        dW1 = (X.T.dot(delta2) + self.reg_lambda * self.W1) / n
        db1 = np.sum(delta2, axis=0, keepdims=True) / n
        return dW1, dW2, db1, db2


if __name__ == '__main__':
    X, y = generate_data()
    plt.scatter(X[:, 0], X[:, 1], s=40, c=y)
    plt.show()
