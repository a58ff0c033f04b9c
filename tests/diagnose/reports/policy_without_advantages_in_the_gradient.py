import numpy as np


def discounted(rewards, gamma=0.9):
    total, returns = 0.0, np.zeros(len(rewards))
    for t in reversed(range(len(rewards))):
        total = returns[t] = rewards[t] + gamma * total
    return returns


def policy_loss(theta, states, actions, advantages):
    n = len(actions)
    z = states @ theta
    z = z - z.max(axis=1, keepdims=True)
    log_pi = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    d = np.exp(log_pi)
    d[np.arange(n), actions] -= 1
    return -np.mean(log_pi[np.arange(n), actions] * advantages), states.T @ d / n
