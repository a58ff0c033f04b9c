import numpy as np

W = np.array([[0.1, -0.2, 0.3], [0.0, 0.5, -0.4]])


def softmax(row):
    e = np.exp(row)
    return e / np.sum(e)


def predict(x):
    return softmax(x @ W)


def loss(probs, label):
    return -np.log(probs)[0, label]


for x, label in [(np.array([[1.0, 2.0]]), 0), (np.array([[0.5, -1.0]]), 2)]:
    print(loss(predict(x), label))
