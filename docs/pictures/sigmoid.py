"""The sigmoid of a difference is the softmax of two logits."""

import matplotlib.pyplot as plt
import numpy as np

from snippets.softmax import softmax

x = np.linspace(-6, 6, 49)
s = softmax(np.stack([x, np.zeros_like(x)], axis=1))
assert np.allclose(s[:, 0], 1 / (1 + np.exp(-x)))

figure, axis = plt.subplots(figsize=(4.8, 2.6))
axis.plot(x, s[:, 0], color="C3", label="s₁ = σ(z₁ − z₂)")
axis.plot(x, s[:, 1], "--", color="C3", label="s₂ = 1 − s₁")
axis.set(xlabel="z₁ − z₂", yticks=[0, 0.5, 1])
axis.legend(loc="center right")
