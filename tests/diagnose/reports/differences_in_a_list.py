import numpy as np


def softmax(z):
    ez = np.exp(z)
    return np.divide(ez, np.sum(ez))


def cost(z, y):
    s = softmax(z)
    return -np.sum(y * np.log(s)) / len(y)


def costprime(z, y):
    prime = []
    for i in range(len(z)):
        moved = z.copy()
        moved[i] += 1.0e-10
        prime.append((cost(moved, y) - cost(z, y)) / 1.0e-10)
    return prime


z = np.array([1.1, 2.2, 0.3, -1.7])
y_expected = np.array([0, 0, 1, 0])
s = softmax(z)
cost_gradient = s - y_expected
numerical_derivative = costprime(z, y_expected)
print(cost_gradient)
print(numerical_derivative)
