# Activation and cost functions with a derivative flag, as in a small neural network package
import numpy as np


def sigmoid_function(signal, derivative=False):
    signal = np.clip(signal, -500, 500)
    signal = 1.0 / (1 + np.exp(-signal))
    if derivative:
        return signal * (1 - signal)
    return signal


def softmax_function(signal, derivative=False):
    e_x = np.exp(signal - np.max(signal, axis=1, keepdims=True))
    signal = e_x / np.sum(e_x, axis=1, keepdims=True)
    if derivative:
        return signal * (1 - signal)
    return signal


def cross_entropy_cost(outputs, targets, derivative=False):
    if derivative:
        return -targets / outputs / outputs.shape[0]
    return -np.sum(targets * np.log(outputs)) / outputs.shape[0]


class NeuralNet:
    def __init__(self, n_inputs, layers):
        self.activations = [f for _, f in layers]
        sizes = [n_inputs] + [n for n, _ in layers]
        self.weights = [np.random.uniform(-0.5, 0.5, (a + 1, b)) for a, b in zip(sizes[:-1], sizes[1:])]

    def update(self, inputs, trace=False):
        output = inputs
        outputs, signals = [output], []
        for w, f in zip(self.weights, self.activations):
            signal = np.dot(np.hstack((output, np.ones((len(output), 1)))), w)
            output = f(signal)
            signals.append(signal)
            outputs.append(output)
        return (outputs, signals) if trace else output

    def gradient(self, inputs, targets):
        outputs, signals = self.update(inputs, trace=True)
        delta = cross_entropy_cost(outputs[-1], targets, True) * self.activations[-1](signals[-1], True)
        grads = []
        for i in reversed(range(len(self.weights))):
            a = np.hstack((outputs[i], np.ones((len(outputs[i]), 1))))
            grads.insert(0, np.dot(a.T, delta))
            if i:
                delta = np.dot(delta, self.weights[i][:-1].T) * self.activations[i - 1](signals[i - 1], True)
        return grads
