import numpy as np

def computeCost(X, y, theta):
    m = y.size
    h = X.dot(theta)
    return np.sum((h - y) ** 2) / (2 * m)

def computeGradient(X, y, theta):
    m = y.size
    h = X.dot(theta)
    return X.T.dot(h - y) / m

def gradientDescent(X, y, theta, alpha, num_iters):
    J_history = np.zeros(num_iters)
    for it in range(num_iters):
        theta = theta - alpha * computeGradient(X, y, theta)
        J_history[it] = computeCost(X, y, theta)
    return theta, J_history
