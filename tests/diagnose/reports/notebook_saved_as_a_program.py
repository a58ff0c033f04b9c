# A notebook that was saved as a program: a line of magic, and after it a constant that the functions need.
import numpy as np

get_ipython().run_line_magic("matplotlib", "inline")
axis = 1


def cross_entropy_loss(logits, y):
    z = logits - logits.max(axis=axis, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=axis, keepdims=True))
    gradient = np.exp(log_p)
    gradient[np.arange(len(y)), y] -= 1
    return -log_p[np.arange(len(y)), y].mean(), gradient / len(y)
