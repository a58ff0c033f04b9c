"""Wrong programs that fit no known mistake. FACTS lists the codes that the answer to each must contain."""

import math

import numpy as np

from tests.diagnose.homework.right import forward_differences, vectors
from tests.diagnose.homework.softmax_applied_twice import _softmax

FACTS = {  # codes, some of them with a number or name that the finding must contain
    "base_2": ["other-logits=0.693147 times the logits", "not-derivative", "loss"],
    "temperature": ["other-logits=2 times the logits", "loss"],
    "label_smoothing": ["place=classes other than the true one", "targets", "not-derivative=False"],
    "least_squares": ["derivative-of-own-loss"],
    "columns_instead_of_entries": ["place=classes that are the label of another row", "formula=(s - 1 at the labels of all rows) / N"],
    "only_the_first_row": ["batches=N > 1", "place=the rows after the first", "zero-entries"],
    "momentum": ["unequal-calls"],
    "label_weights": ["ratio=2.0", "place=the rows with label 0"],
    "rounded": ["not-derivative=False"],
    "zero": ["zero", "row"],
    "zero_but_for_rounding": ["zero", "row"],
    "integers": ["shape"],
    "transposed": ["shape"],
    "half_precision": ["shape"],
    "squeezed": ["shape"],
    "nan_loss": ["loss=nan", "gradient-right"],
    "log_base_2": ["loss", "gradient-right", "formula=-sum of (log2 s_c) / N"],
    "repeated_labels": ["batches=labels repeat", "place=the rows whose label came before"],
    "ragged": ["shape"],
    "nan_in_one_entry": ["place=None", "not-finite=9"],
    "positive_probabilities": ["probabilities=True"],
    "shuffled_probabilities": ["probabilities=False"],
    "one_more_than_right": ["distance=0.01"],
    "raises_for_one_example": ["raises"],
    "repeated_loss": ["gradient-right", "batches=labels repeat"],
    "loss_changes": ["unequal-calls"],
    "loss_of_the_next_row": ["other-rows=label"],
    "divided_by_the_largest": ["formula=(exp(z - max) - y) / N"],
    "sigmoids": ["formula=(sigmoid(z) - y) / N", "formula=-sum of (y log p + (1 - y) log(1 - p), with p = sigmoid(z)) / N"],
    "binary_loss": ["gradient-right", "formula=-sum of (y log s + (1 - y) log(1 - s)) / N"],
    "label_of_the_last_row": ["targets"],
    "jacobian_without_minus": ["formula=-(|s - y|) / N", "place=classes other than the true one"],
    "sigmoid_derivative": ["formula=((s - y) s (1 - s)) / N"],
    "decay": ["logit-added=0.01"],
    "predicted_class": ["formula=(s - y, with y at the largest logit) / N"],
    "accumulates": ["place=the rows after the first", "other-rows=logits"],
    "logarithm_missing": ["formula=-(s_c (s - y)) / N"],
    "no_last_class": ["place=the last class", "zero-entries"],
    "fixed_batch_size": ["ratio=0.01"],
    "only_y_divided": ["formula=(N s - y) / N"],
    "only_s_divided": ["formula=(s - N y) / N", "place=the true class"],
    "correct_ones_left_out": ["place=the rows where the true class has the largest logit", "zero-entries"],
    "one_list_n_times": ["equal-rows", "place=the rows before the last"],
    "all_labels_in_each_row": ["formula=-sum of (mean of log s at the labels of all rows) / N"],
    "shift_missing_at_the_label": ["formula=sum of (log sum exp(z - m) - z_c) / N", "gradient-right"],
    "shift_missing_in_exp": ["formula=sum of (log sum exp(z) + m - z_c) / N"],
    "jacobian_once_more": ["formula=(s times (s - y - sum of s (s - y))) / N"],
    "temperature_of_the_loss": ["gradient-right", "other-logits=0.5 times the logits"],
    "rectified": ["other-logits=the ReLU of the logits"],
    "loss_of_the_first_row": ["one-row=first", "gradient-right"],
    "loss_of_the_last_row": ["one-row=last", "gradient-right"],
    "losses_of_integers": ["whole-numbers", "gradient-right"],
    "one_sum_for_all_rows_so_far": ["running-sum", "place=the rows after the first", "loss"],
    "reshaped_to_columns": ["reshaped"],
    "one_argmax_of_all_labels": ["first-label", "gradient-right", "batches=N > 1"],
    "label_number": ["formula=sum of (log sum exp(z) - c) / N"],
    "forward_differences_of_a_long_step": ["not-derivative=False"],
    "by_s_in_one_place": ["formula=(s, but -1/s at the true class) / N"],
    "changed_labels": ["input-changed"],
    # Right for moderate logits
    "maximum_of_the_batch": ["maximum-of-the-batch"],
    "clipped_logits": ["large-logits=500"],
    "shifted_by_the_first_logit": ["far-above-others=740.0"],
    "shifted_by_the_smallest_logit_in_loops": ["far-above-others=740.0"],
    "shifted_by_the_correct_logit": ["large-gap=709"],
    "shifted_by_the_correct_logit_in_loops": ["large-gap=709"],
}
FRAGILE = list(FACTS)[-6:]
MISTAKES = {name: [] for name in FACTS} | {"raises_for_one_example": ["forgot to subtract the one-hot"]}


def base_2(logits, labels):
    return vectors(logits * np.log(2), labels)


def temperature(logits, labels):
    return vectors(logits * 2, labels)[0], vectors(logits * 2, labels)[1]


def label_smoothing(logits, labels):
    """Smooth targets in the gradient, and sharp ones in the loss."""
    loss, gradient = vectors(logits, labels)
    Y = np.eye(logits.shape[1])[labels]
    return loss, gradient + np.where(Y, 0, -0.1) / len(labels)


def least_squares(logits, labels):
    difference = logits - np.eye(logits.shape[1])[labels]
    return (difference**2).sum() / len(labels), 2 * difference / len(labels)


def maximum_of_the_batch(logits, labels):
    rows = np.arange(len(labels))
    z = logits - logits.max()
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    loss = vectors(logits, labels)[0]
    p[rows, labels] -= 1
    return loss, p / len(labels)


def clipped_logits(logits, labels):
    return vectors(np.clip(logits, -500, 500), labels)


def columns_instead_of_entries(logits, labels):
    p = _softmax(logits)
    p[:, labels] -= 1
    return vectors(logits, labels)[0], p / len(labels)


def only_the_first_row(logits, labels):
    loss, gradient = vectors(logits, labels)
    gradient[1:] = 0
    return loss, gradient


class _Momentum:
    def __init__(self):
        self.velocity = {}

    def __call__(self, logits, labels):
        loss, gradient = vectors(logits, labels)
        self.velocity[logits.shape] = 0.9 * self.velocity.get(logits.shape, 0) + gradient
        return loss, self.velocity[logits.shape]


momentum = _Momentum()


def label_weights(logits, labels):
    loss, gradient = vectors(logits, labels)
    gradient[labels == 0] *= 2
    return loss, gradient


def rounded(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss, gradient.round(4)


def zero(logits, labels):
    return vectors(logits, labels)[0], np.zeros_like(logits)


def integers(logits, labels):
    return vectors(logits, labels)[0], np.zeros(logits.shape, dtype=int)


def transposed(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss, gradient.T


def half_precision(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss, gradient.astype(np.float16)


def squeezed(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss, gradient.squeeze()


def nan_loss(logits, labels):
    p = _softmax(logits)
    p[np.arange(len(labels)), labels] -= 1
    return -np.log(p[np.arange(len(labels)), labels]).mean(), p / len(labels)


def log_base_2(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss / np.log(2), gradient


def repeated_labels(logits, labels):
    """Remembers the labels that it has seen."""
    loss, gradient = vectors(logits, labels)
    for n, c in enumerate(labels):
        if c in labels[:n]:
            gradient[n] *= 1.5
    return loss, gradient


def changed_labels(logits, labels):
    loss, gradient = vectors(logits, labels)
    labels[:] = 0
    return loss, gradient


def ragged(logits, labels):
    return vectors(logits, labels)[0], [[0.0], [0.0, 1.0]]


def nan_in_one_entry(logits, labels):
    loss, gradient = vectors(logits, labels)
    gradient[-1, 0] = np.nan
    return loss, gradient


def positive_probabilities(logits, labels):
    """Sigmoids, divided by their sum."""
    p = 1 / (1 + np.exp(-logits))
    p /= p.sum(axis=1, keepdims=True)
    return vectors(logits, labels)[0], (p - np.eye(p.shape[1])[labels]) / len(labels)


def one_more_than_right(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss, gradient + 0.01


def raises_for_one_example(logits, labels):
    loss, gradient = vectors(logits, labels)
    gradient[range(len(labels)), labels] += 1 / len(labels)
    return loss + 0 * logits[1].sum(), gradient


def repeated_loss(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss * (2 if len(set(labels)) < len(labels) else 1), gradient


class _Drift:
    calls = 0

    def __call__(self, logits, labels):
        self.calls += 1
        loss, gradient = vectors(logits, labels)
        return loss + self.calls, gradient


loss_changes = _Drift()


def loss_of_the_next_row(logits, labels):
    return vectors(logits, np.roll(labels, 1))


# What students wrote that the list did not know


def divided_by_the_largest(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.max(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(labels)), labels] + 1e-12).mean()
    p[np.arange(len(labels)), labels] -= 1
    return loss, p / len(labels)


def sigmoids(logits, labels):
    Y, s = np.eye(logits.shape[1])[labels], 1 / (1 + np.exp(-logits))
    return -(Y * np.log(s) + (1 - Y) * np.log(1 - s)).sum() / len(Y), (s - Y) / len(Y)


def binary_loss(logits, labels):
    Y, s = np.eye(logits.shape[1])[labels], _softmax(logits)
    return -(Y * np.log(s) + (1 - Y) * np.log(1 - s)).sum() / len(Y), (s - Y) / len(Y)


def label_of_the_last_row(logits, labels):
    """The loop variable of the loss is used again in the loop of the gradient."""
    s, loss = _softmax(logits), 0
    for n, c in enumerate(labels):
        loss -= np.log(s[n, c]) / len(labels)
    for n in range(len(labels)):
        s[n, c] -= 1
    return loss, s / len(labels)


def jacobian_without_minus(logits, labels):
    gradient = np.zeros_like(logits)
    for n, (s, c) in enumerate(zip(_softmax(logits), labels)):
        jacobian = np.outer(s, s)
        np.fill_diagonal(jacobian, s * (1 - s))
        gradient[n] = -jacobian[c] / s[c] / len(labels)
    return vectors(logits, labels)[0], gradient


def sigmoid_derivative(logits, labels):
    s = _softmax(logits)
    return vectors(logits, labels)[0], vectors(logits, labels)[1] * s * (1 - s)


def decay(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss + 0.005 * (logits**2).sum(), gradient + 0.01 * logits


def predicted_class(logits, labels):
    s = _softmax(logits)
    s[np.arange(len(labels)), s.argmax(axis=1)] -= 1
    return vectors(logits, labels)[0], s / len(labels)


def accumulates(logits, labels):
    """One array for all rows, to which each row is added."""
    row, rows = np.zeros(logits.shape[1]), []
    for s, c in zip(_softmax(logits), labels):
        row += s
        row[c] -= 1
        rows.append(row / len(labels))
    return vectors(logits, labels)[0], rows


def logarithm_missing(logits, labels):
    s_c = _softmax(logits)[np.arange(len(labels)), labels][:, np.newaxis]
    return vectors(logits, labels)[0], -vectors(logits, labels)[1] * s_c


def no_last_class(logits, labels):
    loss, gradient = vectors(logits, labels)
    gradient[:, -1] = 0
    return loss, gradient


def fixed_batch_size(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss * len(labels) / 100, gradient * len(labels) / 100


def by_s_in_one_place(logits, labels):
    s, rows = _softmax(logits), np.arange(len(labels))
    s[rows, labels] = -1 / s[rows, labels]
    return vectors(logits, labels)[0], s / len(labels)


def only_y_divided(logits, labels):
    return vectors(logits, labels)[0], _softmax(logits) - np.eye(logits.shape[1])[labels] / len(labels)


def only_s_divided(logits, labels):
    return vectors(logits, labels)[0], _softmax(logits) / len(labels) - np.eye(logits.shape[1])[labels]


def correct_ones_left_out(logits, labels):
    """As the perceptron does: rows that are classified correctly teach nothing."""
    loss, gradient = vectors(logits, labels)
    gradient[logits.argmax(axis=1) == labels] = 0
    return loss, gradient


def one_list_n_times(logits, labels):
    gradient = [[0] * logits.shape[1]] * len(labels)
    for n, (s, c) in enumerate(zip(_softmax(logits), labels)):
        for i in range(len(s)):
            gradient[n][i] = (s[i] - (i == c)) / len(labels)
    return vectors(logits, labels)[0], gradient


def all_labels_in_each_row(logits, labels):
    return -np.log(_softmax(logits)[:, labels]).mean(), vectors(logits, labels)[1]


def shift_missing_at_the_label(logits, labels):
    lse = np.log(np.exp(logits - logits.max(axis=1, keepdims=True)).sum(axis=1))
    return np.mean(lse - logits[np.arange(len(labels)), labels]), vectors(logits, labels)[1]


def shift_missing_in_exp(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(logits).sum(axis=1)) - z[np.arange(len(labels)), labels]), vectors(logits, labels)[1]


def jacobian_once_more(logits, labels):
    loss, gradient = vectors(logits, labels)
    for n, s in enumerate(_softmax(logits)):
        gradient[n] = (np.diag(s) - np.outer(s, s)) @ gradient[n]
    return loss, gradient


def temperature_of_the_loss(logits, labels):
    return vectors(logits / 2, labels)[0], vectors(logits, labels)[1]


def forward_differences_of_a_long_step(logits, labels):
    return forward_differences(logits, labels, step=1e-4)


def _shifted_by(shift, logits, labels):
    z = logits - shift[:, np.newaxis]
    total, rows = np.exp(z).sum(axis=1, keepdims=True), np.arange(len(labels))
    p = np.exp(z) / total
    p[rows, labels] -= 1
    return np.mean(np.log(total[:, 0]) - z[rows, labels]), p / len(labels)


def shifted_by_the_first_logit(logits, labels):
    return _shifted_by(logits[:, 0], logits, labels)


def shifted_by_the_smallest_logit_in_loops(logits, labels):
    loss = sum(math.log(sum(math.exp(v - min(z)) for v in z)) - z[c] + min(z) for z, c in zip(logits, labels))
    return loss / len(labels), vectors(logits, labels)[1]


def shifted_by_the_correct_logit(logits, labels):
    return _shifted_by(logits[np.arange(len(labels)), labels], logits, labels)


def shifted_by_the_correct_logit_in_loops(logits, labels):
    loss = sum(math.log(sum(math.exp(v - z[c]) for v in z)) for z, c in zip(logits, labels))
    return loss / len(labels), vectors(logits, labels)[1]


def zero_but_for_rounding(logits, labels):
    """Each row of the Jacobian is summed."""
    jacobians = [np.diag(s) - np.outer(s, s) for s in _softmax(logits)]
    return vectors(logits, labels)[0], np.array([jacobian.sum(axis=1) for jacobian in jacobians])


def shuffled_probabilities(logits, labels):
    loss, s = vectors(logits, labels)[0], np.roll(_softmax(np.sin(logits)), 1, axis=1)
    return loss, (s - np.eye(s.shape[1])[labels]) / len(labels)


def rectified(logits, labels):
    return vectors(logits, labels)[0], vectors(np.maximum(logits, 0), labels)[1]


def loss_of_the_first_row(logits, labels):
    return vectors(logits[:1], labels[:1])[0] / len(labels), vectors(logits, labels)[1]


def loss_of_the_last_row(logits, labels):
    return vectors(logits[-1:], labels[-1:])[0] / len(labels), vectors(logits, labels)[1]


def losses_of_integers(logits, labels):
    losses = np.zeros_like(labels)
    for n, (z, y) in enumerate(zip(logits, labels)):
        losses[n] = np.logaddexp.reduce(z) - z[y]
    return losses.mean(), vectors(logits, labels)[1]


def one_sum_for_all_rows_so_far(logits, labels):
    loss, gradient, total = 0.0, np.zeros(logits.shape), 0.0
    for n, (z, y) in enumerate(zip(logits, labels)):
        total += np.exp(z).sum()
        loss += np.log(total) - z[y]
        gradient[n] = np.exp(z) / total
        gradient[n, y] -= 1
    return loss / len(labels), gradient / len(labels)


def reshaped_to_columns(logits, labels):
    loss, gradient = vectors(logits, labels)
    return loss, gradient.T.reshape(gradient.shape)


def one_argmax_of_all_labels(logits, labels):
    label = np.eye(logits.shape[1])[labels].argmax() % logits.shape[1]
    return vectors(logits, np.full_like(labels, label))[0], vectors(logits, labels)[1]


def label_number(logits, labels):
    return np.mean(np.logaddexp.reduce(logits, axis=1) - labels), vectors(logits, labels)[1]
