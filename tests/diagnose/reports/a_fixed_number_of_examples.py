import numpy as np


class Loss:
    def forward(self, logit, gt):
        self.logit, self.gt, self.batch_size = logit, gt, 100
        total = np.tile(np.sum(np.exp(logit), axis=1), (10, 1)).T
        return -np.sum(np.log(np.exp(logit) / total) * gt) / (self.batch_size * 10)

    def backward(self):
        return self.logit - self.gt
