import numpy as np


def outside_word_loss(v_c, U, o):
    z = U.T @ v_c
    z = z - z.max()
    log_p = z - np.log(np.exp(z).sum())
    d = np.exp(log_p)
    d[o] -= 1
    return -log_p[o], U @ d, np.outer(v_c, d)
