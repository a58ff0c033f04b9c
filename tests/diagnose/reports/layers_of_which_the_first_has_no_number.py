import numpy as np


def forward_and_backward(X, y, params):
    """ Simple 2 layer NN (relu hidden), from the mini case study """
    W, b, W2, b2 = params['W'], params['b'], params['W2'], params['b2']
    num_examples = X.shape[0]

    hidden_layer = np.maximum(0, np.dot(X, W) + b)
    scores = np.dot(hidden_layer, W2) + b2

    exp_scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    corect_logprobs = -np.log(probs[range(num_examples), y])
    loss = np.sum(corect_logprobs) / num_examples

    dscores = probs.copy()
    dscores[range(num_examples), y] -= 1
    dscores /= num_examples

    grads = {}
    grads['W2'] = np.dot(hidden_layer.T, dscores)
    grads['b2'] = np.sum(dscores, axis=0)
    dhidden = np.dot(dscores, W2.T)
    grads['W'] = np.dot(X.T, dhidden)
    grads['b'] = np.sum(dhidden, axis=0)
    return loss, grads


def init(D=2, h=10, K=3):
    np.random.seed(0)
    return {'W': np.random.randn(D, h), 'b': np.zeros(h),
            'W2': np.random.randn(h, K), 'b2': np.zeros(K)}


if __name__ == '__main__':
    X = np.random.randn(30, 2)
    y = np.random.randint(0, 3, 30)
    p = init()
    for i in range(50):
        loss, g = forward_and_backward(X, y, p)
        for k in p:
            p[k] += -0.1 * g[k]
    print(loss)
