import numpy as np

# Regresión softmax (práctica 3)

def funcion_softmax(z):
    z_estable = z - np.max(z, axis=1, keepdims=True)
    exponenciales = np.exp(z_estable)
    return exponenciales / np.sum(exponenciales, axis=1, keepdims=True)

def entropia_cruzada(z, etiquetas):
    """z: puntuaciones (muestras x clases), etiquetas: enteros"""
    muestras = z.shape[0]
    prob = funcion_softmax(z)
    perdida = 0
    for i in range(muestras):
        perdida -= np.log(prob[i, etiquetas[i]])
    return perdida / muestras

def gradiente(z, etiquetas):
    muestras = z.shape[0]
    g = funcion_softmax(z)
    for i in range(muestras):
        g[i, etiquetas[i]] = g[i, etiquetas[i]] - 1
    return g

def precision(z, etiquetas):
    return np.mean(np.argmax(z, axis=1) == etiquetas)
