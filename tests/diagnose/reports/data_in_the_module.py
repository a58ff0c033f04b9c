import numpy as np

np.random.seed(3)
X = np.random.randn(60, 2)
y = (X[:, 0] * X[:, 1] > 0).astype(int)
num_examples = len(X)
nn_input_dim = 2
nn_output_dim = 2
epsilon = 0.01
reg_lambda = 0.01


# Helper function to evaluate the total loss on the dataset
def calculate_loss(model):
    W1, b1, W2, b2 = model['W1'], model['b1'], model['W2'], model['b2']
    z1 = X.dot(W1) + b1
    a1 = np.tanh(z1)
    z2 = a1.dot(W2) + b2
    exp_scores = np.exp(z2)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    correct_logprobs = -np.log(probs[range(num_examples), y])
    data_loss = np.sum(correct_logprobs)
    data_loss += reg_lambda / 2 * (np.sum(np.square(W1)) + np.sum(np.square(W2)))
    return data_loss


def gradients(model):
    W1, b1, W2, b2 = model['W1'], model['b1'], model['W2'], model['b2']
    a1 = np.tanh(X.dot(W1) + b1)
    exp_scores = np.exp(a1.dot(W2) + b2)
    delta3 = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    delta3[range(num_examples), y] -= 1
    dW2 = (a1.T).dot(delta3) + reg_lambda * W2
    db2 = np.sum(delta3, axis=0, keepdims=True)
    delta2 = delta3.dot(W2.T) * (1 - np.power(a1, 2))
    dW1 = np.dot(X.T, delta2) + reg_lambda * W1
    db1 = np.sum(delta2, axis=0, keepdims=True)
    return {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}


def build_model(nn_hdim, num_passes=200):
    model = {'W1': np.random.randn(nn_input_dim, nn_hdim) / np.sqrt(nn_input_dim), 'b1': np.zeros((1, nn_hdim)),
             'W2': np.random.randn(nn_hdim, nn_output_dim) / np.sqrt(nn_hdim), 'b2': np.zeros((1, nn_output_dim))}
    for i in range(num_passes):
        g = gradients(model)
        for key in model:
            model[key] += -epsilon * g[key]
        if i % 100 == 0:
            print("Loss after iteration %i: %f" % (i, calculate_loss(model)))
    return model


model = build_model(3)
