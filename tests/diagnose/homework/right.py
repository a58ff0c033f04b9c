"""Right programs of many kinds."""

import math

import numpy as np

MISTAKES = []
FRAGILE = ["full_jacobian", "jacobian_and_one_hot", "clipped", "constant_in_the_logarithm", "float32_loops"]


def vectors(logits, labels):
    rows = np.arange(len(labels))
    z = logits - logits.max(axis=1, keepdims=True)
    e = np.exp(z)
    t = e.sum(axis=1, keepdims=True)
    loss = (np.log(t[:, 0]) - z[rows, labels]).mean()
    d = e / t
    d[rows, labels] -= 1
    return loss, d / len(labels)


def loops(logits, labels):
    N, k = logits.shape
    loss, gradient = 0.0, np.zeros((N, k))
    for n in range(N):
        m = max(logits[n])
        total = sum(math.exp(v - m) for v in logits[n])
        loss += math.log(total) - (logits[n, labels[n]] - m)
        for i in range(k):
            gradient[n, i] = (math.exp(logits[n, i] - m) / total - (i == labels[n])) / N
    return loss / N, gradient


def products(logits, labels):
    N, k = logits.shape
    Y = np.eye(k)[labels]
    z = logits - logits.max(axis=1)[:, None]
    log_p = z - np.log(np.exp(z) @ np.ones((k, 1)))
    return -np.trace(Y @ log_p.T) / N, (np.exp(log_p) - Y) / N


def lists(logits, labels):
    loss, gradient = 0, []
    for z, c in zip(logits.tolist(), labels.tolist()):
        e = [math.exp(v - max(z)) for v in z]
        loss -= z[c] - max(z) - math.log(sum(e))
        gradient.append([(v / sum(e) - (i == c)) / len(labels) for i, v in enumerate(e)])
    return loss / len(labels), gradient


def full_jacobian(logits, labels):
    loss, gradient = 0, np.zeros_like(logits)
    for n, c in enumerate(labels):
        z = logits[n] - logits[n].max()
        s = np.exp(z) / np.exp(z).sum()
        loss += np.log(np.exp(z).sum()) - z[c]
        dL_ds = np.zeros(len(s))
        dL_ds[c] = -1 / s[c]
        gradient[n] = dL_ds @ (np.diag(s) - np.outer(s, s))
    return loss / len(labels), gradient / len(labels)


def jacobian_and_one_hot(logits, labels):
    """1 / s is infinite for improbable classes, and times 0 it is nan: a limit, but no mistake."""
    loss, Y = vectors(logits, labels)[0], np.eye(logits.shape[1])[labels]
    s = np.exp(logits - logits.max(axis=1, keepdims=True))
    s /= s.sum(axis=1, keepdims=True)
    dL_ds = -Y * (1 / s) / len(labels)
    return loss, s * (dL_ds - (s * dL_ds).sum(axis=1, keepdims=True))


def clipped(logits, labels):
    rows = np.arange(len(labels))
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(np.clip(p, 1e-12, 1 - 1e-12)[rows, labels]).mean()
    p[rows, labels] -= 1
    return loss, p / len(labels)


def constant_in_the_logarithm(logits, labels):
    """The gradient is the derivative of this loss: off by 1e-12 / s_c."""
    rows = np.arange(len(labels))
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    dL_ds = np.zeros_like(p)
    dL_ds[rows, labels] = -1 / (p[rows, labels] + 1e-12) / len(labels)
    gradient = p * (dL_ds - (p * dL_ds).sum(axis=1, keepdims=True))
    return -np.log(p[rows, labels] + 1e-12).mean(), gradient


def float32_inside(logits, labels):
    loss, gradient = vectors(logits.astype(np.float32), labels)
    return loss, gradient.astype(np.float64)


def float32_returned(logits, labels):
    return vectors(logits.astype(np.float32), labels)


def float32_probabilities(logits, labels):
    N, k = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = (np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)).astype(np.float32)
    loss = np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(N), labels])
    return loss, (p.astype(np.float64) - np.eye(k)[labels]) / N


def central_differences(logits, labels):
    def loss(z):
        return np.mean(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(labels)), labels])

    gradient = np.zeros_like(logits)
    for at in np.ndindex(logits.shape):
        step = np.zeros_like(logits)
        step[at] = 1e-5
        gradient[at] = (loss(logits + step) - loss(logits - step)) / 2e-5
    return loss(logits), gradient


class Layer:
    """Keeps what its backward pass needs, and writes into one buffer again and again."""

    def __init__(self):
        self.buffer, self.calls = np.zeros(1000), 0

    def forward(self, logits, labels):
        self.labels = labels
        self.log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
        return -self.log_p[np.arange(len(labels)), labels].mean()

    def backward(self):
        d = self.buffer[: self.log_p.size].reshape(self.log_p.shape)
        np.exp(self.log_p, out=d)
        d[np.arange(len(self.labels)), self.labels] -= 1
        d /= len(self.labels)
        return d

    def __call__(self, logits, labels):
        self.calls += 1
        return self.forward(logits, labels), self.backward()


layer = Layer()


def with_probabilities(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss, gradient, gradient * len(labels) + np.eye(logits.shape[1])[labels]


def einsum(logits, labels):
    Y = np.eye(logits.shape[1])[labels]
    z = logits - np.max(logits, axis=1, keepdims=True)
    p = np.einsum("nk,n->nk", np.exp(z), 1 / np.einsum("nk->n", np.exp(z)))
    loss = np.einsum("n->", np.logaddexp.reduce(z, axis=1) - np.einsum("nk,nk->n", z, Y)) / len(z)
    return [loss], (p - Y) / len(z)


def shouting(logits, labels):
    print("verdict: wrong", logits.shape)
    return vectors(logits, labels)


def forward_differences(logits, labels, step=1e-8):
    """The least exact of right programs: off by 2e-6 of the largest entry, for 16 rows."""
    gradient = np.zeros_like(logits)
    for at in np.ndindex(logits.shape):
        moved = logits.copy()
        moved[at] += step
        gradient[at] = (vectors(moved, labels)[0] - vectors(logits, labels)[0]) / step
    return vectors(logits, labels)[0], gradient


def complex_step(logits, labels):
    gradient = np.zeros_like(logits)
    for at in np.ndindex(logits.shape):
        z = logits - logits.max(axis=1, keepdims=True) + 0j
        z[at] += 1e-30j
        loss = (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]).mean()
        gradient[at] = loss.imag / 1e-30
    return loss.real, gradient


def float32_sums(logits, labels):
    """float64, except for the sums and the mean."""
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True, dtype=np.float32).astype(float)
    p[np.arange(len(labels)), labels] -= 1
    return np.float32(vectors(logits, labels)[0]), p * float(np.float32(1 / len(labels)))


def float32_loops(logits, labels):
    """Each intermediate result in float32, and the full Jacobian."""
    gradient, loss = np.zeros(logits.shape, np.float32), np.float32(0)
    for n, c in enumerate(labels):
        z = logits[n].astype(np.float32)
        s = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
        jacobian = np.diag(s) - np.outer(s, s)
        loss += np.log(np.exp(z - z.max()).sum()) - (z[c] - z.max())
        gradient[n] = jacobian[c] / -max(s[c], np.float32(1e-30)) / np.float32(len(labels))
    return loss / np.float32(len(labels)), gradient


def long_double(logits, labels):
    return vectors(logits.astype(np.longdouble), labels)


def restored(logits, labels):
    """Changes its input and restores it, except for rounding."""
    m = logits.max(axis=1, keepdims=True)
    logits -= m
    result = vectors(logits, labels)
    logits += m
    return result


def shuffled(logits, labels):
    """The rows in another order in each call."""
    order = np.random.permutation(len(labels))
    loss, gradient = vectors(logits[order], labels[order])
    return loss, gradient[np.argsort(order)]


def centred_logits_too(logits, labels):
    """The third result sums to 0 in each row, which is allowed."""
    return *vectors(logits, labels), logits - logits.mean(axis=1, keepdims=True)


def scores_too(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss, gradient.copy(), gradient


def read_only(logits, labels):
    loss, gradient = vectors(np.asfortranarray(logits), labels)
    gradient.setflags(write=False)
    return np.array([[loss]]), gradient


def ratios(logits, labels):
    """s_i = 1 / sum of exp(z_j - z_i), without a maximum: infinity is harmless here."""
    s = 1 / np.exp(logits[:, np.newaxis, :] - logits[:, :, np.newaxis]).sum(axis=2)
    s[np.arange(len(labels)), labels] -= 1
    return vectors(logits, labels)[0], s / len(labels)


_cache = {}


def cached(logits, labels):
    """Remembers what it has returned."""
    key = logits.tobytes(), labels.tobytes(), logits.shape
    return _cache.setdefault(key, vectors(logits, labels))


def refuses_many_classes(logits, labels):
    assert logits.shape[1] <= 20
    return vectors(logits, labels)


def refuses_negative_labels(logits, labels):
    assert logits.dtype == np.float64 and logits.ndim == 2 and labels.dtype.kind == "i"
    if not ((labels >= 0) & (labels < logits.shape[1])).all():
        raise ValueError("labels must be from 0 to k - 1")
    return vectors(logits, labels)


class Module:
    """A class that automatic differentiation might have: a list of operations, run backwards."""

    def __call__(self, logits, labels):
        steps, z = [], logits
        for operation in (self.shift, self.log_softmax, self.pick):
            z, backward = operation(z, labels)
            steps.append(backward)
        d = 1.0
        for backward in reversed(steps):
            d = backward(d)
        return z, d

    def shift(self, z, labels):
        return z - z.max(axis=1, keepdims=True), lambda d: d

    def log_softmax(self, z, labels):
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return log_p, lambda d: d - np.exp(log_p) * d.sum(axis=1, keepdims=True)

    def pick(self, z, labels):
        Y = np.eye(z.shape[1])[labels]
        return -(z * Y).sum() / len(labels), lambda d: -d * Y / len(labels)


module = Module()


def one_loss_for_each_example(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    losses = np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]
    return losses, vectors(logits, labels)[1] * len(labels)


def losses_beside_the_gradient_of_the_mean(logits, labels):
    losses, gradient = one_loss_for_each_example(logits, labels)
    return losses[:, np.newaxis], gradient / len(labels)


def the_gradient_first(logits, labels):
    return vectors(logits, labels)[::-1]


def for_the_sum(logits, labels):
    return [len(labels) * part for part in vectors(logits, labels)]


def a_dictionary(logits, labels):
    loss, gradient = vectors(logits, labels)
    return {"accuracy": np.mean(logits.argmax(axis=1) == labels), "loss": loss, "grads": {"dlogits": gradient}}


def the_loss_alone(logits, labels):
    return vectors(logits, labels)[0]


def the_gradient_alone(logits, labels):
    return vectors(logits, labels)[1].tolist()
