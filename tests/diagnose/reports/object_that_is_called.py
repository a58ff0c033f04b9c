import numpy as np
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
class CrossEntropy:
    def __call__(self, y_pred, y_true, derivative=False):
        if derivative:
            return (y_pred - y_true) / len(y_pred)
        return -np.sum(y_true * np.log(y_pred)) / len(y_pred)
cross_entropy = CrossEntropy()
