import numpy as np

def perte(scores, etiquettes):
    m = scores.max(axis=1)
    return np.mean(m + np.log(np.exp(scores - m[:, None]).sum(axis=1)) - scores[np.arange(len(scores)), etiquettes])

def gradient_perte(scores, etiquettes):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    classe = np.argmax(p, axis=1)
    g = p.copy()
    g[np.arange(len(etiquettes)), classe] -= 1
    return g / len(etiquettes)
