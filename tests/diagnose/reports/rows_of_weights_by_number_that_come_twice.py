import numpy as np

# bigram language model, W is (27, 27) -> (vocab, vocab)
# xs: index of the current char, ys: index of the next char


def bigram_step(W, xs, ys):
    logits = W[xs]
    n = xs.shape[0]

    logit_maxes = logits.max(1, keepdims=True)
    norm_logits = logits - logit_maxes
    counts = np.exp(norm_logits)
    counts_sum = counts.sum(1, keepdims=True)
    logprobs = norm_logits - np.log(counts_sum)
    loss = -logprobs[range(n), ys].mean()

    # manual backprop
    dlogits = np.exp(logprobs)
    dlogits[range(n), ys] -= 1
    dlogits /= n
    dW = np.zeros_like(W)
    dW[xs] += dlogits
    return loss, dW
