""" Softmax Cross-Entropy Loss Layer """

import numpy as np

# a small number to prevent dividing by zero, maybe useful for you
EPS = 1e-11


class SoftmaxCrossEntropyLossLayer():
	def __init__(self):
		self.acc = 0.
		self.loss = np.zeros(1, dtype='f')

	def forward(self, logit, gt):
		"""
		Inputs: (minibatch)
		- logit: forward results from the last FCLayer, shape(batch_size, 10)
		- gt: the ground truth label, one-hot, shape(batch_size, 10)
		"""
		self.batch_size = 100
		self.logit = logit
		self.gt = gt
		e = np.exp(logit - np.max(logit, axis=1, keepdims=True))
		self.h = e / np.sum(e, axis=1, keepdims=True)
		self.loss = -np.sum(np.multiply(np.log(self.h + EPS), gt)) / self.batch_size
		return self.loss

	def backward(self):
		return (self.h - self.gt) / len(self.gt)
