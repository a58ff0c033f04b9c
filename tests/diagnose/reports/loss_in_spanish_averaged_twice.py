# Loss and gradient in two functions whose names are Spanish. The loss is divided by m twice.
import numpy as np


def funcion_softmax(entrada):
    exponencial = np.exp(entrada - np.max(entrada, axis=1, keepdims=True))
    return exponencial / np.sum(exponencial, axis=1, keepdims=True)


def perdida(salida, etiquetas):
    m = etiquetas.shape[0]
    return -np.sum(np.log(funcion_softmax(salida)[np.arange(m), etiquetas])) / m ** 2


def gradiente(salida, etiquetas):
    m = etiquetas.shape[0]
    d = funcion_softmax(salida)
    d[np.arange(m), etiquetas] -= 1
    return d / m
