# coding=utf-8
import numpy as np


def get_gradient(theta, x, y, lam):
    """
    theta: 参数矩阵 k*n
    x: 特征矩阵 m*n
    y: 独热编码后的标签 k*m
    """
    m = x.shape[0]
    score = np.dot(theta, x.T)
    score -= np.max(score, axis=0)        # 减去最大值，避免上溢
    exp_score = np.exp(score)
    prob = exp_score / np.sum(exp_score, axis=0)
    f = -np.sum(y * np.log(prob)) / m + lam * np.sum(theta * theta) / 2
    g = np.dot(prob - y, x) / m + lam * theta
    return f, g


def softmax_regression(theta, x, y, iters, alpha, lam=0.0):
    losses = []
    for it in range(iters):
        f, g = get_gradient(theta, x, y, lam)
        theta = theta - alpha * g
        losses.append(f)
    return theta, losses


def cal_accuracy(y_pred, y):
    acc = 0
    for i in range(y.shape[0]):
        if y_pred[i] == y[i]:
            acc += 1
    return acc / y.shape[0]
