"""The facts in the answer about a mistake that has no name: each is reported by its code, and only if it is true."""

import numpy as np
import pytest

from snippets import diagnose as module
from snippets.diagnose import diagnose
from snippets.focal import focal_loss_and_gradient
from snippets.soft_labels import smooth_labels, soft_loss_and_gradient
from tests.diagnose.homework.right import vectors
from tests.diagnose.programs import codes, named, one_line

FORMS = {  # each formula under its name in diagnose.py, but written differently: a function of s, z, the one-hot Y, c and N
    "s_c (s - y)": lambda s, z, Y, c, N: np.einsum("nk,nk,nj->nj", s, Y, s) - Y * s,
    "(s - y) s": lambda s, z, Y, c, N: s**2 - s * Y,
    "(s - y) (1 - s)": lambda s, z, Y, c, N: s - s**2 - Y * (1 - s),
    "(s - y) s (1 - s)": lambda s, z, Y, c, N: s**2 - s**3 - Y * (s - s**2),
    "(s - y) / (s (1 - s))": lambda s, z, Y, c, N: np.where(Y, -1 / s, 1 / (1 - s)),
    "s (1 - s)": lambda s, z, Y, c, N: s - s**2,
    "s - 1": lambda s, z, Y, c, N: -(1 - s),
    "|s - y|": lambda s, z, Y, c, N: s + Y - 2 * s * Y,
    "s + y": lambda s, z, Y, c, N: Y - -s,
    "s - 1 at the labels of all rows": lambda s, z, Y, c, N: s - np.isin(np.arange(len(s.T)), c),
    "s - 1 in the rows whose number is a label": lambda s, z, Y, c, N: s - np.array([[n in c] for n in range(N)]),
    "s - y, with y at the largest logit": lambda s, z, Y, c, N: s - np.eye(z.shape[1])[np.argsort(-z, axis=1, kind="stable")[:, 0]],
    "s - c": lambda s, z, Y, c, N: (s.T - c).T,
    "N s - y": lambda s, z, Y, c, N: N * (s - Y / N),
    "s - N y": lambda s, z, Y, c, N: N * (s / N - Y),
    "log s - y": lambda s, z, Y, c, N: z - np.logaddexp.reduce(z, axis=1, keepdims=True) - Y,
    "z - y": lambda s, z, Y, c, N: z + -Y,
    "exp(z) - y": lambda s, z, Y, c, N: np.e**z - Y,
    "(s - y) sum exp(z)": lambda s, z, Y, c, N: np.exp(z) - (Y.T * np.exp(z).sum(axis=1)).T,
    "(s - y) sum exp(z - max)": lambda s, z, Y, c, N: (s - Y) * np.exp(np.logaddexp.reduce(z, axis=1, keepdims=True) - z.max(axis=1, keepdims=True)),
    "exp(z - max) - y": lambda s, z, Y, c, N: s / s.max(axis=1, keepdims=True) - Y,
    "exp(z - m) / (sum of exp(z)) - y": lambda s, z, Y, c, N: np.exp(z - z.max(axis=1, keepdims=True)) / np.exp(z).sum(axis=1, keepdims=True) - Y,
    "exp(z) / (sum of exp(z - m)) - y": lambda s, z, Y, c, N: np.exp(z) / np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True) - Y,
    "(exp(z) - m) / (sum of exp(z) - m) - y": lambda s, z, Y, c, N: ((np.exp(z).T - z.max(axis=1)) / (np.exp(z).T - z.max(axis=1)).sum(axis=0)).T - Y,
    "(exp(z) - m) / (sum of exp(z) - m) - y, with one m for all rows": lambda s, z, Y, c, N: (np.exp(z) - z.max()) / (np.exp(z) - z.max()).sum(1)[:, None] - Y,
    "s, but -1/s at the true class": lambda s, z, Y, c, N: s * (1 - Y) - Y / s,
    "((1 - s_c)² - 2 s_c (1 - s_c) log s_c) (s - y)": lambda s, z, Y, c, N: focal_loss_and_gradient(z, c, 2)[1] * N,
    "sigmoid(z) - y": lambda s, z, Y, c, N: np.tanh(z / 2) / 2 + 0.5 - Y,
    "s times (s - y - sum of s (s - y))": lambda s, z, Y, c, N: np.stack(
        [(np.diag(p) - np.outer(p, p)) @ (p - y) for p, y in zip(s, Y)]
    ),
    "1 where z > z_c - 1, minus how many there are at c": lambda s, z, Y, c, N: (above := z + 1 - Y > z[range(N), [*c], None]) - Y * above.sum(axis=1, keepdims=True),
    "s_c": lambda s, z, Y, c, N: s[range(N), c],
    "log2 s_c": lambda s, z, Y, c, N: np.log(s[range(N), c]) / np.log(2),
    "log10 s_c": lambda s, z, Y, c, N: np.log(s[range(N), c]) / np.log(10),
    "y log s + (1 - y) log(1 - s)": lambda s, z, Y, c, N: Y * np.log(s) + (1 - Y) * np.log1p(-s),
    "s log s": lambda s, z, Y, c, N: np.log(s**s),
    "log s": lambda s, z, Y, c, N: np.log(s),
    "z_c": lambda s, z, Y, c, N: z[range(N), c],
    "log sum exp(z) - c": lambda s, z, Y, c, N: np.logaddexp.reduce(z, axis=1) - c,
    "log of the sum of all rows' exp(z - m), minus (z_c - m)": lambda s, z, Y, c, N: np.log((s / s.max(axis=1, keepdims=True)).sum())
    - z[range(N), c] + z.max(axis=1),
    "log sum exp(z)": lambda s, z, Y, c, N: np.logaddexp.reduce(z, axis=1),
    "log sum exp(z) - z at the labels of all rows": lambda s, z, Y, c, N: np.logaddexp.reduce(z, axis=1) - z[:, c].sum(axis=1),
    "log sum exp(z - m) - (z - m) at the labels of all rows": lambda s, z, Y, c, N: (
        np.logaddexp.reduce(z, axis=1) - z.max(axis=1) - (z - z.max(axis=1, keepdims=True))[:, c].sum(axis=1)
    ),
    "log sum exp(z - m) - z_c": lambda s, z, Y, c, N: -np.log(s.max(axis=1)) - z[range(N), c],
    "log sum exp(z) + m - z_c": lambda s, z, Y, c, N: np.logaddexp.reduce(z, axis=1) - (z[range(N), c] - z.max(axis=1)),
    "mean of log s at the labels of all rows": lambda s, z, Y, c, N: np.log(s[:, c]).mean(axis=1),
    "c log s_c": lambda s, z, Y, c, N: c * np.log(s[Y > 0]),
    "k log sum exp(z - m) - (z_c - m)": lambda s, z, Y, c, N: (
        s.shape[1] * np.logaddexp.reduce(z - z.max(axis=1, keepdims=True), axis=1) - (z - z.max(axis=1, keepdims=True))[Y > 0]
    ),
    "log of the sum of s_c over the batch": lambda s, z, Y, c, N: np.log((s * Y).sum()),
    "log of the mean of s_c over the batch": lambda s, z, Y, c, N: np.log((s * Y).sum() / N),
    "log max s": lambda s, z, Y, c, N: np.log(s).max(axis=1),
    "(1 - s_c)² log s_c": lambda s, z, Y, c, N: -focal_loss_and_gradient(z, c, 2)[0] * N,
    "y log p + (1 - y) log(1 - p), with p = sigmoid(z)": lambda s, z, Y, c, N: Y * z - np.logaddexp(0, z),
    "(s - y)²": lambda s, z, Y, c, N: s * s - 2 * s * Y + Y,
    "max(0, z - z_c + 1) of the other classes": lambda s, z, Y, c, N: np.maximum(0, z - z[range(N), [*c], None] + 1).sum() - N,
}
OVER = {" / N": lambda N, k: N, "": lambda N, k: 1, " / N²": lambda N, k: N * N, " / (N k)": lambda N, k: N * k,
        " / k": lambda N, k: k}


def test_all_formulas_are_tested():
    assert list(FORMS) == [formula for formulas in module.FORMULAS.values() for formula, *_ in formulas]


@pytest.mark.sampled
@pytest.mark.parametrize("formula", FORMS)
@pytest.mark.parametrize("factor, over", [(1, " / N"), (-1, ""), (2, " / N²"), (-2, " / (N k)"), (1, " / k")])
def test_each_formula_is_found(factor, over, formula):
    of_gradient = formula in [name for name, *_ in module.FORMULAS["gradient"]]

    def program(logits, labels):
        N, k = logits.shape
        loss, gradient = vectors(logits, labels)
        values = factor * FORMS[formula](module.softmax(logits), logits, np.eye(k)[labels], labels, N) / OVER[over](N, k)
        return (loss, values) if of_gradient else (values.sum(), gradient)

    of_rows = not of_gradient and "over the batch" not in formula
    assert f"formula={module.FACTORS[factor]}{'sum of ' * of_rows}({formula}){over}" in codes(diagnose(program))


CONDITIONS = {  # under their names in diagnose.py, but written differently: functions of logits and labels
    "N = 1": lambda z, y: len(y) < 2,
    "k = N": lambda z, y: z.size == len(y) ** 2,
    "k = 2": lambda z, y: z.shape[1] < 3,
    "labels repeat": lambda z, y: np.unique(y).size != y.size,
    "N > k": lambda z, y: len(z) >= len(z.T) + 1,
    "k is 10 or more": lambda z, y: z.shape[1] > 9,
    "logits of a row are equal": lambda z, y: min(np.unique(row).size for row in z) < z.shape[1],
}


def marked(z, place):
    """Return the mask that is 1 at the places."""
    mask = np.zeros(z.shape)
    mask[place] = 1
    return mask


def rows_with(test):
    return lambda z, y: marked(z, [n for n, _ in enumerate(y) if test(n, y.tolist(), z[n].argmax())])


PLACES = {
    "the true class": lambda z, y: marked(z, (range(len(y)), y)),
    "the first class": lambda z, y: marked(z, (slice(None), 0)),
    "the last class": lambda z, y: marked(z, (slice(None), -1)),
    "classes that are the label of another row": lambda z, y: marked(z, (slice(None), y)) - marked(z, (range(len(y)), y)),
    "the largest logit of each row": lambda z, y: (z.T == z.max(axis=1)).T,
    "negative logits": lambda z, y: np.signbit(z) & (z != 0),
    "positive logits": lambda z, y: ~np.signbit(z) & (z != 0),
    "the first row": lambda z, y: marked(z, 0),
    "the last row": lambda z, y: marked(z, -1),
    "the rows whose label comes again later": rows_with(lambda n, y, top: y[n] in y[n + 1 :]),
    "the rows whose label came before": rows_with(lambda n, y, top: y.index(y[n]) < n),
    "the rows whose label other rows have too": rows_with(lambda n, y, top: y.count(y[n]) != 1),
    "the rows with label 0": rows_with(lambda n, y, top: not y[n]),
    "the rows with the last label": lambda z, y: marked(z, y == len(z.T) - 1),
    "the rows where the true class has the largest logit": rows_with(lambda n, y, top: y[n] == top),
}


def opposites(cases, table):
    """Yield each place or condition and its opposite, with their names in diagnose.py."""
    assert list(cases) == [name for _, name, _ in table], "diagnose.py has other names than those tested here"
    for (name, case), (_, _, opposite) in zip(cases.items(), table):
        yield name, case
        yield opposite, lambda z, y, case=case: 1 - np.asarray(case(z, y), int)


def off_at(size):
    """Return a program whose gradient is off at random by a size that depends on its input."""

    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        noise = 1 + np.random.default_rng(logits.size).random(logits.shape)
        return loss, gradient + 0.01 * noise * size(logits, labels)

    return program


@pytest.mark.parametrize("name, case", list(opposites(CONDITIONS, module.CONDITIONS)))
def test_the_condition_is_found(name, case):
    assert f"batches={name}" in codes(diagnose(off_at(case)))


@pytest.mark.parametrize("name, case", list(opposites(PLACES, module.ENTRIES)))
def test_the_place_is_found(name, case):
    assert f"place={name}" in codes(diagnose(off_at(case)))


OTHER = {  # under their names in diagnose.py, but written differently
    "the ReLU of the logits": lambda z: z * (z > 0),
    "the leaky ReLU of the logits, with 0.01": lambda z: np.maximum(z, z / 100),
    "the sigmoid of the logits": lambda z: np.tanh(z / 2) / 2 + 0.5,
    "the tanh of the logits": lambda z: 2 / (1 + np.exp(-2 * z)) - 1,
    "the softplus of the logits": lambda z: np.logaddexp(0, z),
    "the absolute values of the logits": lambda z: np.sqrt(z**2),
    "the exponentials of the logits": lambda z: np.e**z,
    "the squares of the logits": lambda z: z * z,
    "the logits divided by the length of each row": lambda z: (z.T / np.linalg.norm(z, axis=1)).T,
    "the logits divided by the largest of each row": lambda z: (z.T / z.max(axis=1)).T,
    **{f"{t:g} times the logits": lambda z, t=t: z * t for t in (0.1, 0.2, 0.25, 1 / 3, 0.5, 2, 3, 4, 5, 10, -1)},
}


def test_all_other_logits_are_tested():
    assert set(OTHER) == set(module.OTHER_LOGITS)


@pytest.mark.sampled
@pytest.mark.parametrize("name", OTHER)
@pytest.mark.parametrize("part", [0, 1])
def test_other_logits_before_the_softmax_are_reported(name, part):
    def program(logits, labels):
        own, right = vectors(OTHER[name](logits), labels), vectors(logits, labels)
        return [own[n] if n == part else right[n] for n in (0, 1)]

    assert f"other-logits={name}" in codes(diagnose(program))


@pytest.mark.parametrize("part", [0, 1])
def test_a_factor_of_N_and_k_is_reported(part):
    def program(factor):
        def multiplied(z, y):
            parts = list(vectors(z, y))
            parts[part] = parts[part] * factor(*z.shape)
            return parts

        return multiplied

    for factor, times in [(lambda N, k: k, "k"), (lambda N, k: N * k, "N k"), (lambda N, k: N / k**2, "N / k²"), (lambda N, k: 3 / (N * k), "3 / (N k)")]:
        answer = diagnose(program(factor))
        assert "ratio" in codes(answer) and f" is {times} times what it must be" in one_line(answer)
    assert "ratio" not in codes(diagnose(program(lambda N, k: k + 0.001 * (N == 16))))
    assert codes(diagnose(program(lambda N, k: 1 / k)))[0] == "averaged-over-all-entries"


def test_a_temperature_is_reported():
    def program(T, of_loss, of_gradient):
        return diagnose(lambda z, y: (vectors(z / T, y)[0] * T**of_loss, vectors(z / T, y)[1] * T**of_gradient))

    assert "temperature=2.0" in codes(program(2, 0, -1))
    answer = program(3, 2, 1)
    assert answer["verdict"] == "wrong" and codes(answer).count("temperature=3.0") == 2
    assert "right for distillation with a temperature of 3, which" in one_line(answer) and "Page: variants/neighbours/#distillation" in one_line(answer)
    assert "temperature" not in codes(program(2.001, 2, 1)) + codes(program(2, 1, 2))


def test_what_is_nearly_another_loss_is_not_taken_for_it():
    assert "formula" not in codes(diagnose(lambda z, y: focal_loss_and_gradient(z, y, 2.001)))


def entropy_bonus(z, y, c):
    """Subtract c H from the loss, by the product rule."""
    (loss, gradient), s = vectors(z, y), module.softmax(z)
    each = s * np.log(s)
    return loss + c * each.sum() / len(y), gradient + c * (each - s * each.sum(axis=1, keepdims=True)) / len(y)


def squared_log_sum_exp(z, y, c):
    (loss, gradient), lse = vectors(z, y), np.logaddexp.reduce(z, axis=1)
    return loss + c * (lse**2).mean(), gradient + 2 * c * (module.softmax(z).T * lse).T / len(y)


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("program, name", [
    (entropy_bonus, "an entropy bonus"), (squared_log_sum_exp, "the square of log-sum-exp"),
    (lambda z, y, c: soft_loss_and_gradient(z, smooth_labels(y, z.shape[1], c)), "labels smoothed by 0.07"),
])
def test_a_term_that_is_added_to_the_loss_is_reported(program, name, part):
    def added(c):
        def mixed(z, y):
            parts = list(vectors(z, y))
            parts[part] = program(z, y, c(len(y)))[part]
            return parts

        return diagnose(mixed)

    answer = added(lambda N: 0.07)
    assert "added=0.07" in codes(answer) and f"right for {name}" in one_line(answer)
    assert "added" not in codes(added(lambda N: 0.07 + 0.001 * (N == 16)))


def test_factors_of_rows_are_reported():
    def program(factor):
        return diagnose(lambda z, y: (vectors(z, y)[0], vectors(z, y)[1] * factor(z, y)[:, np.newaxis]))

    by_label = program(lambda z, y: 1.5 + y**2)
    assert "row-factors=label" in codes(by_label) and "variants/weights/#class-weights" in one_line(by_label)
    by_row = program(lambda z, y: 1.5 + np.arange(len(y)) ** 2)
    assert "row-factors=row" in codes(by_row) and "[1.5 2.5 5.5 10.5 17.5] for logits (5, 4)" in one_line(by_row)
    assert "row-factors" not in codes(diagnose(lambda z, y: (vectors(z, y)[0], vectors(z, y)[1] * (1.5 + np.arange(z.size).reshape(z.shape)))))


def off(change):
    """Return a program whose gradient is changed by a function of logits, labels and the right gradient."""
    return lambda z, y: (vectors(z, y)[0], change(z, y, vectors(z, y)[1]))


def test_what_is_nearly_a_pattern_is_not_taken_for_it():
    patterns = {"ratio", "distance", "logit-added", "ratios", "formula", "other-logits"}
    tiny = diagnose(off(lambda z, y, g: g + 3e-6 * np.sin(7 * z)))
    assert tiny["verdict"] == "wrong" and not patterns & set(codes(tiny)) and "not-derivative" in codes(tiny)
    assert not patterns & set(codes(diagnose(off(lambda z, y, g: -g * (1 + 1e-4 * np.sin(7 * z))))))


def test_two_entries_make_a_pattern_and_one_does_not():
    def negated(entries):
        return off(lambda z, y, g: g * np.where((len(y) == 1) & (np.arange(z.shape[1]) < entries), -1, 1))

    assert "ratio=-1.0" in codes(diagnose(negated(2))) and "ratio=-1.0" not in codes(diagnose(negated(1)))


def test_row_sums_are_reported_only_if_they_are_more_than_rounding():
    assert "row-sums" not in codes(diagnose(off(lambda z, y, g: np.roll(g, 1, axis=1))))
    assert "row-sums" in codes(diagnose(off(lambda z, y, g: g + 1e-5)))
    assert "row-sums" not in codes(diagnose(off(lambda z, y, g: 1e-17 + 0 * g)))


def test_a_gradient_of_0_gets_no_other_facts():
    assert codes(diagnose(off(lambda z, y, g: 1e-18 * z))) == ["zero", "row"]
    at_the_label = diagnose(off(lambda z, y, g: np.eye(z.shape[1])[y] * np.sin(z)))
    assert codes(at_the_label) == ["zero-but-at-the-label", "row"]
    assert "zero" not in codes(diagnose(off(lambda z, y, g: 1e-6 * g)))


def test_what_is_subtracted_is_reported_where_it_can_be_known():
    def smoothed(only, more=0.0):
        def change(z, y, g):
            other = 0.1 - 0.3 * np.eye(z.shape[1])[y]
            other[:, 0] += more
            return g - only(z.shape[1]) * other / len(y)

        return codes(diagnose(off(change)))

    assert "targets" in smoothed(lambda k: k == 3)
    assert "targets" not in smoothed(lambda k: k == 2)  # two classes have two values, whatever they are
    assert "targets" not in smoothed(lambda k: k > 0, more=0.05)  # three values


def test_probabilities_are_reported_only_if_they_sum_to_1():
    found = codes(diagnose(off(lambda z, y, g: g + module.softmax(z) * 0.1 * np.sin(7 * z) / len(y))))
    assert "row-sums" in found and "probabilities" not in found


def test_a_row_depends_on_others_only_if_there_are_others():
    assert "other-rows" not in codes(diagnose(off_at(CONDITIONS["N = 1"])))
    assert "equal-rows" not in codes(diagnose(off_at(CONDITIONS["N = 1"])))


def test_facts_about_numbers_are_not_reported_for_nan():
    assert codes(diagnose(off(lambda z, y, g: g * np.nan))) == ["not-finite", "row", "not-finite=263"]
    assert "not-finite" in codes(diagnose(off(lambda z, y, g: g / (z < 0)))), "infinity is reported, without a warning of NumPy"
    assert "not-derivative" not in codes(diagnose(lambda z, y: (np.nan, vectors(z, y)[1] + 0.01)))


def test_the_gradient_that_belongs_to_a_wrong_loss_is_recognised():
    def base_2(logits, labels):
        loss, gradient = vectors(logits * np.log(2), labels)
        return loss, gradient * np.log(2)

    # The same in float32, where the step must be longer. It may be meant so.
    for program in (base_2, lambda z, y: tuple(np.float32(part) for part in base_2(np.float32(z), y))):
        answer = diagnose(program)
        assert answer["verdict"] == "cannot check" and "your gradient is the derivative of your loss" in str(answer)

    def loss_of_twice_the_logits(logits, labels):
        return base_2(2 * logits, labels)

    answer = diagnose(loss_of_twice_the_logits)
    assert answer["verdict"] == "wrong" and "derivative-of-own-loss" not in codes(answer)


@pytest.mark.parametrize("factor, reported", [(1.001, False), (1.1, True)])
def test_in_float32_only_a_large_difference_from_the_own_loss_is_reported(factor, reported):
    def program(logits, labels):
        loss, gradient = vectors(logits.astype(np.float32), labels)
        return loss, gradient * np.where(logits > 0, np.float32(factor), 1).astype(np.float32)

    answer = diagnose(program)
    assert answer["verdict"] == "wrong" and ("not-derivative" in codes(answer)) == reported and "derivative-of-own-loss" not in codes(answer)


def test_a_loss_that_is_wrong_in_another_batch_is_not_called_right():
    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        return min(loss, 4), gradient + 0.01 * np.sin(logits)  # the loss of the second batch is 5

    assert {"not-derivative=True", "loss=4.0"} <= set(codes(diagnose(program)))


def test_a_mistake_with_a_name_gets_no_facts_that_follow_from_it():
    found = codes(diagnose(lambda z, y: (vectors(z, y)[0] + 1, -vectors(z, y)[1])))
    assert "wrong-sign" in found and not {"ratio", "not-derivative", "row"} & set(found)
    assert codes(diagnose(lambda z, y: -vectors(z, y)[1])) == ["wrong-sign"]


# What a call changes, and what changes between calls


def test_an_input_that_changed_is_reported():
    def changing(change):
        def program(logits, labels):
            result = vectors(logits, labels)
            change(logits)
            return result

        answer = diagnose(program)
        (found,) = answer["findings"]
        assert answer["verdict"] == "wrong", "an equal call gives something else"
        return found["code"], found["evidence"].split(" was ")[0], found["evidence"].split(" and ")[1].split()[0]

    code = "the-callers-logits-changed"
    assert changing(lambda z: z.__setitem__((-1, -1), np.nan)) == (code, "logits[4, 3]", "nan")
    assert changing(lambda z: z.resize(z.size, refcheck=False))[0] == "input-changed"
    assert changing(lambda z: z.__imul__(0))[:2] == (code, "logits[0, 0]")


def test_equal_calls_with_different_results_are_reported():
    calls = []

    def program(logits, labels):
        calls.append(1)
        loss, gradient = vectors(logits, labels)
        gradient[0, 1] += 0.01 * (len(calls) > 3)  # not in the first three calls: to find the form, to try one-hot labels, and for the first batch
        return loss, gradient

    (said,) = diagnose(program)["findings"]
    assert said["code"] == "unequal-calls" and "0.0103814 and 0.0203814 at row 0, class 1" in said["evidence"]


def test_an_error_that_comes_and_goes_is_reported():
    calls = []

    def program(logits, labels):
        calls.append(1)
        if len(calls) == 12:
            raise KeyError
        return vectors(logits, labels)

    answer = diagnose(program)
    assert answer["verdict"] == "cannot check" and "but not in each call" in one_line(answer)


CORRUPTED = ["the returned probabilities corrupted"]


def with_third(third, function=vectors):
    """Return the function with a third result, made of its gradient."""
    return lambda z, y: (*(result := function(z, y)), third(result[1]))


def test_probabilities_are_recognised_as_corrupted_in_each_form():
    def in_columns(Z, y):
        loss, gradient = vectors(Z.T, y)
        return loss, gradient.T

    def weights(W, X, y):
        loss, dscores = vectors(X @ W, y)
        return loss, X.T @ dscores, dscores * len(y)

    assert named(diagnose(with_third(lambda g: g))) == CORRUPTED
    assert named(diagnose(with_third(lambda g: g * len(g)))) == CORRUPTED
    assert named(diagnose(with_third(lambda g: g, in_columns))) == CORRUPTED
    assert named(diagnose(with_third(lambda g: g * g.shape[1], in_columns))) == CORRUPTED
    assert named(diagnose(weights)) == CORRUPTED


@pytest.mark.parametrize("third", [np.copy, lambda g: 2 * g, lambda g: 5 * g, lambda g: None, lambda g: {}, lambda g: g[0], lambda g: g > 0, lambda g: g + 1])
def test_what_else_is_returned_is_not_judged(third):
    assert diagnose(with_third(third))["verdict"] == "correct"


def of_losses(losses):
    """Return a program with another loss of each example and the right gradient."""

    def program(logits, labels):
        right, gradient = vectors(logits, labels)
        return losses(logits, labels, module.softmax(logits)[np.arange(len(labels)), labels]).mean(), gradient

    return program


@pytest.mark.parametrize("code, losses", [
    ("loss-factors", lambda z, y, s_c: -np.log(s_c) * (1 + y % 2)),
    ("constant-in-the-logarithm", lambda z, y, s_c: -np.log(s_c + 0.001)),
    ("zero-loss", lambda z, y, s_c: (module.softmax(z) - np.eye(z.shape[1])[y]).sum(axis=1)),
])
def test_what_makes_a_loss_wrong_is_found_where_it_is_so_and_nowhere_else(code, losses):
    assert code in codes(diagnose(of_losses(losses)))
    assert code not in codes(diagnose(of_losses(lambda z, y, s_c: losses(z, y, s_c) + 0.1 * z[:, 0])))


def test_a_loss_that_is_nan_and_raises_for_one_example_is_not_said_to_be_0():
    def loss(logits, labels):
        if np.ndim(logits) != 2 or 1 in logits.shape:
            raise IndexError
        return np.nan

    assert codes(diagnose(loss)) == ["raises", "loss", "loss=nan"]


def test_what_sums_to_1_over_the_examples_is_said():
    def normalized(axis):
        def program(logits, labels):
            e = np.exp(logits) - logits.max()
            return np.nan, (e / e.sum(axis=axis, keepdims=True) - np.eye(e.shape[1])[labels]) / len(labels)

        return program

    assert "column-sums" in codes(diagnose(normalized(0))) and "column-sums" not in codes(diagnose(normalized(1)))
