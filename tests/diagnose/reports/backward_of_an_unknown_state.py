import numpy as np


class Net:
    def cost(self, P, Y):
        return -np.mean(np.sum(Y * np.log(P), axis=1))

    def backward(self, state, rng, schedule):
        return state.gradient(rng, schedule)
