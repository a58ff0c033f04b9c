import numpy as np

reg_lambda = 0.01


def forward(model, X):
    z1 = X.dot(model['W1']) + model['b1']
    a1 = np.tanh(z1)
    z2 = a1.dot(model['W2']) + model['b2']
    exp_scores = np.exp(z2)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    return a1, probs


# Helper function to evaluate the total loss on the dataset
def calculate_loss(model, X, y):
    _, probs = forward(model, X)
    corect_logprobs = -np.log(probs[range(len(X)), y])
    data_loss = np.sum(corect_logprobs)
    # Add regulatization term to loss (optional)
    data_loss += reg_lambda/2 * (np.sum(np.square(model['W1'])) + np.sum(np.square(model['W2'])))
    return data_loss


def calculate_grads(model, X, y):
    a1, delta3 = forward(model, X)
    delta3[range(len(X)), y] -= 1
    dW2 = (a1.T).dot(delta3)
    db2 = np.sum(delta3, axis=0, keepdims=True)
    delta2 = delta3.dot(model['W2'].T) * (1 - np.power(a1, 2))
    dW1 = np.dot(X.T, delta2)
    db1 = np.sum(delta2, axis=0, keepdims=True)
    # Add regularization terms (b1 and b2 don't have regularization terms)
    dW2 += reg_lambda * model['W2']
    return {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}
