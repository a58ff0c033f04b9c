import os
import pickle
import numpy as np


def load_CIFAR_batch(filename):
    """ load single batch of cifar """
    with open(filename, 'rb') as f:
        datadict = pickle.load(f, encoding='latin1')
    X = datadict['data'].reshape(10000, 3, 32, 32).transpose(0, 2, 3, 1).astype("float")
    Y = np.array(datadict['labels'])
    return X, Y


def one_hot(labels, num_classes=10):
    out = np.zeros((len(labels), num_classes))
    out[np.arange(len(labels)), labels] = 1
    return out


def accuracy(scores, y):
    return np.mean(np.argmax(scores, axis=1) == y)


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def normalize(X):
    return (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-8)
