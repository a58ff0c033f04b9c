import numpy as np

# Regressao softmax - trabalho 2

def softmax(Z):
    expZ = np.exp(Z)
    return expZ / expZ.sum(axis=1, keepdims=True)

def entropia_cruzada(Y_verdadeiro, Y_previsto):
    epsilon = 1e-15
    Y_previsto = np.clip(Y_previsto, epsilon, 1 - epsilon)
    return -np.sum(Y_verdadeiro * np.log(Y_previsto)) / Y_verdadeiro.shape[0]

def gradiente(X, Y_verdadeiro, Y_previsto):
    return X.T.dot(Y_previsto - Y_verdadeiro) / X.shape[0]

def treinar(X, Y, epocas=100, taxa=0.1):
    pesos = np.zeros((X.shape[1], Y.shape[1]))
    historico = []
    for epoca in range(epocas):
        previsto = softmax(X.dot(pesos))
        historico.append(entropia_cruzada(Y, previsto))
        pesos = pesos - taxa * gradiente(X, Y, previsto)
    return pesos, historico

def acuracia(X, Y, pesos):
    return np.mean(np.argmax(X.dot(pesos), axis=1) == np.argmax(Y, axis=1))
