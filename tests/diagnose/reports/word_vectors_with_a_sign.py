import numpy as np


def word_loss(center_word_vec, outside_word_idx, outside_vectors, dataset):
    scores = outside_vectors @ center_word_vec
    scores -= scores.max()
    log_p = scores - np.log(np.exp(scores).sum())
    delta = np.exp(log_p)
    delta[outside_word_idx] -= 1
    return -log_p[outside_word_idx], -outside_vectors.T @ delta, np.outer(delta, center_word_vec)
