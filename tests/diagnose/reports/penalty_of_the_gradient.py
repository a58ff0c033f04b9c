import numpy as np


class Config:
    nn_input_dim = 2
    nn_output_dim = 2
    epsilon = 0.01
    reg_lambda = 0.01


def forward(model, x):
    z1 = x.dot(model['W1']) + model['b1']
    a1 = np.tanh(z1)
    z2 = a1.dot(model['W2']) + model['b2']
    exp_scores = np.exp(z2 - z2.max(axis=1, keepdims=True))
    return a1, exp_scores / np.sum(exp_scores, axis=1, keepdims=True)


def calculate_loss(model, X, y):
    n = len(X)
    a1, probs = forward(model, X)
    data_loss = -np.log(probs[range(n), y]).sum() / n
    return data_loss + Config.reg_lambda / 2 * (np.sum(np.square(model['W1'])) + np.sum(np.square(model['W2'])))


def gradients(model, X, y):
    n = len(X)
    a1, probs = forward(model, X)
    delta3 = probs
    delta3[range(n), y] -= 1
    delta3 /= n
    dW2 = a1.T.dot(delta3)
    db2 = np.sum(delta3, axis=0, keepdims=True)
    delta2 = delta3.dot(model['W2'].T) * (1 - np.power(a1, 2))
    dW1 = np.dot(X.T, delta2)
    db1 = np.sum(delta2, axis=0, keepdims=True)
    dW2 += Config.reg_lambda * dW2
    dW1 += Config.reg_lambda * dW1
    return {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}


def build_model(X, y, nn_hdim, num_passes=2000):
    np.random.seed(0)
    model = {'W1': np.random.randn(Config.nn_input_dim, nn_hdim), 'b1': np.zeros((1, nn_hdim)),
             'W2': np.random.randn(nn_hdim, Config.nn_output_dim), 'b2': np.zeros((1, Config.nn_output_dim))}
    for i in range(num_passes):
        g = gradients(model, X, y)
        for k in model:
            model[k] -= Config.epsilon * g[k]
    return model
