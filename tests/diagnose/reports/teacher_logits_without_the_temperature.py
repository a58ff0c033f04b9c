import numpy as np


def log_softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def kd_loss(student, teacher, T=4.0):
    log_p, log_q = log_softmax(student / T), log_softmax(teacher / T)
    q = np.exp(log_q)
    loss = T**2 * np.sum(q * (log_q - log_p)) / len(student)
    return loss, (np.exp(log_p) - q) / len(student)
