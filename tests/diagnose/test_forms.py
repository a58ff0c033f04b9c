"""How a program is read: its function, its parameters, what it returns. Each known mistake stays one in each form."""

import itertools
import sys

import numpy as np
import pytest

from snippets import diagnose as module
from snippets.diagnose import diagnose
from snippets.textbook import loss_and_gradient_batch
from tests.diagnose import forms
from tests.diagnose.homework.right import vectors
from tests.diagnose.programs import PROGRAMS, codes, named, one_line, report

ONE_OF_EACH = {}
for _name, _function, _mistakes, _verdict in PROGRAMS:
    if len(_mistakes) == 1 and _verdict == "wrong" and not _name.startswith("unknown"):
        ONE_OF_EACH.setdefault(_mistakes[0], _function)
# A form that keeps or copies what it gets can't make these.
OF_MEMORY = {"the caller's logits changed", "the returned probabilities corrupted"}
# With one example there is no mean, and no other axis.
OF_BATCHES = {name for name in ONE_OF_EACH if "mean" in name or "averaged" in name} | {"softmax over the wrong axis"}

READ = {  # how each form is to be read
    forms.rows_one_hot: {"logits": "Nk", "labels": "Nk"}, forms.targets_first: {"labels": "Nk", "logits": "Nk"},
    forms.labels_in_a_column: {"logits": "Nk", "labels": "N1"}, forms.columns: {"logits": "kN", "labels": "N"},
    forms.columns_one_hot: {"logits": "kN", "labels": "kN"}, forms.weights: {"W": "Dk", "X": "ND", "labels": "N"},
    forms.weights_transposed: {"X": "DN", "W": "kD", "labels": "N"},
    forms.weights_and_bias: {"X": "ND", "labels": "Nk", "W": "Dk", "b": "k"},
    forms.unnamed_weights: {"W": "Dk", "X": "ND", "labels": "N"}, forms.gradient_first: {"logits": "Nk", "labels": "N"},
    forms.with_the_probabilities: {"logits": "Nk", "labels": "N"}, forms.of_a_layer: {"logits": "Nk", "labels": "N"},
    forms.of_a_layer_that_keeps: {"logits": "Nk", "labels": "Nk"}, forms.one: {"logits": "k", "labels": ""},
    forms.model: {"W": "Dk", "X": "ND", "labels": "N"}, forms.one_one_hot: {"logits": "k", "labels": "k"}, forms.one_in_a_column: {"logits": "k1", "labels": "k1"},
}


def trial_of(function):
    """Return the trial of the form that is chosen."""
    ways = module.Model(function).ways() if isinstance(function, type) else [function]
    with np.errstate(all="ignore"):
        return module.best_of(module.read(way) for way in ways)


@pytest.mark.parametrize("form", READ, ids=lambda form: form.__name__)
def test_a_right_program_is_right_in_each_form(form):
    trial = trial_of(form(vectors))
    assert trial.student.form.axes == READ[form]
    answer = diagnose(form(vectors))
    assert answer["verdict"] == "correct" and answer["reading"], answer


MISTAKEN = [
    pytest.param(form, name, id=f"{form.__name__}-{name}")
    for form in READ for name in ONE_OF_EACH if name not in OF_MEMORY | (OF_BATCHES if form in forms.SINGLE else set())
]


@pytest.mark.sampled
@pytest.mark.parametrize("form, name", MISTAKEN)
def test_no_form_makes_a_mistake_right(form, name):
    answer = diagnose(form(ONE_OF_EACH[name]))
    assert answer["verdict"] == "wrong" and named(answer) == [name], answer


# Which function, which results


RIGHT = """
import numpy as np
def {name}(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    Y = np.eye(logits.shape[1])[labels]
    return -(Y * log_p).sum(axis=1).mean(), (np.exp(log_p) - Y) / len(labels)
"""
HINGE = """
def svm_loss(x, y):
    margins = np.maximum(0, x - x[np.arange(len(y)), y][:, None] + 1)
    margins[np.arange(len(y)), y] = 0
    d = (margins > 0) / len(y)
    d[np.arange(len(y)), y] = -d.sum(axis=1)
    return margins.sum() / len(y), d
def train(X, y):
    raise SystemExit("it was called")
"""


def test_of_several_functions_the_likeliest_is_judged_and_the_others_are_named(homework):
    answer = homework(RIGHT.format(name="softmax_loss") + HINGE)
    assert answer["reading"].startswith("softmax_loss(") and answer["verdict"] == "correct"
    assert "svm_loss as well" not in one_line(answer)  # another loss is not offered
    two = homework(RIGHT.format(name="softmax_loss") + RIGHT.format(name="other_loss"))
    assert "The file has other_loss as well: --function other_loss checks that one" in one_line(two)
    assert "right for the hinge loss" in one_line(homework(RIGHT.format(name="softmax_loss") + HINGE, "--function", "svm_loss"))
    named_so = homework(RIGHT.format(name="loss_and_gradient") + HINGE)
    assert named_so["reading"].startswith("loss_and_gradient(") and "as well" not in one_line(named_so)


def test_an_error_with_the_numbers_of_rows_is_not_always_about_a_row_of_ones():
    def program(W, X, y):
        raise ValueError("6 is not 7")

    assert diagnose(program)["verdict"] == "cannot check"


BESIDE = RIGHT.format(name="_both")


def test_a_function_with_the_same_parameters_that_was_not_looked_at_is_named(homework):
    loss = "def nll(z, y):\n    return _both(z, y)[0]\n"
    answer = homework(BESIDE + loss + "def pochodna(z, y):\n    return np.tanh(_both(z, y)[1]) + 0.1\n")
    assert answer["reading"].endswith("the mean loss alone; not looked at: pochodna") and "If pochodna computes the other part" in " ".join(answer.remarks)
    assert str(answer).startswith("Correct, as far as it was looked at.")
    right = homework(BESIDE + loss + "def pochodna(z, y):\n    return _both(z, y)[1]\n")
    assert right["reading"].endswith("the mean loss and the gradient") and str(right).startswith("Correct.")


def test_a_gradient_of_columns_is_not_that_of_a_loss_of_rows(homework):
    loss = "def nll(z, y):\n    assert len(z) == len(y)\n    return _both(z, y)[0]\n"
    answer = homework(BESIDE + loss + "def d_nll(z, y):\n    assert z.shape[1] == len(y)\n    return _both(z.T, y)[1].T\n")
    assert answer["verdict"] == "correct" and answer["reading"].endswith("not looked at: d_nll")


def test_a_function_with_a_learning_rate_is_no_gradient():
    assert module.forms(lambda W, X, y, lr: None) == []


def test_a_program_gets_probabilities_only_if_a_parameter_is_named_after_them(homework):
    source = "import numpy as np\ndef loss({p}, y):\n    return -np.log({p}[np.arange(len(y)), y]).mean()\n"
    answer = homework(source.format(p="probs"))
    assert answer["verdict"] == "fragile" and "It takes probabilities" in " ".join(answer.remarks)
    assert homework(source.format(p="scores"))["verdict"] == "wrong"
    # A softmax that can be called belongs to it; one that can't be called does not make it wrong.
    assert homework(source.format(p="probs") + "def softmax(z, axis=1):\n    return z\n")["verdict"] == "wrong"
    for other in ["def softmax(z, axis):\n    return z\n", "class Softmax:\n    def backprop(self, d, rate):\n        return d\n"]:
        assert homework(source.format(p="probs") + other)["verdict"] == "fragile"


@pytest.mark.parametrize("name, verdict", [("scores", "wrong"), ("scores_in", "cannot check")])
def test_what_nothing_explains_is_wrong_only_where_the_names_are_plain(homework, name, verdict):
    source = f"def f({name}, y):\n    loss, d = _both({name}, y)\n    return np.sin(3 * loss) + 2, np.cos(9 * d) + {name}\n"
    answer = homework(BESIDE + source)
    assert answer["verdict"] == verdict and ("nothing that is known fits" in one_line(answer)) == (verdict == "cannot check"), answer


def test_a_part_that_nothing_explains_is_wrong_only_where_the_other_part_belongs_to_it(homework):
    source = "def cost(z, y):\n    return _both(z, y)[0]\ndef cost_gradient({name}, y):\n    return np.cos(9 * _both({name}, y)[1])\n"
    assert homework(BESIDE + source.format(name="z"))["verdict"] == "wrong"
    other = homework(BESIDE + source.format(name="scores_in"))
    assert other["verdict"] == "cannot check" and "nothing that is known fits" in one_line(other), other


def test_one_hot_labels_of_an_unknown_shape_are_no_class_numbers(homework):
    source = "def f(W, X, y):\n    s = np.exp(X @ W)\n    s /= s.sum(1)[:, None]\n    return 7 + np.sum(s**3), X.T @ (s - np.reshape(y, (-1, 1))) / len(X)\n"
    answer = homework(BESIDE + source)
    assert answer["verdict"] == "cannot check" and "y seems to be one-hot" in one_line(answer), answer


def test_what_nothing_calls_a_loss_is_none_where_nothing_explains_it(homework):
    source = "def quality(z, y):\n    return {quality}\ndef gradient(z, y):\n    return _both(z, y)[1]\n"
    answer = homework(BESIDE + source.format(quality="(z.argmax(1) == y).mean()"))
    assert answer["verdict"] == "correct" and "returns the gradient alone" in answer["reading"], answer
    assert homework(BESIDE + source.format(quality="_both(z, y)[0] / np.log(2)"))["verdict"] == "wrong"


def test_weights_that_are_not_used_are_wrong(homework):
    answer = homework(BESIDE + "def ce(logits, labels, sample_weight):\n    return _both(logits, labels)\n")
    assert answer["verdict"] == "wrong" and "neither the loss nor the gradient changes" in one_line(answer)
    ones = homework(BESIDE + "def ce(logits, labels, adv):\n    loss, g = _both(logits, labels)\n    return loss, g * (adv - adv.mean())[:, None]\n")
    assert ones["verdict"] == "cannot check" and "is their mean subtracted?" in one_line(ones)


def test_a_parameter_of_another_name_is_no_strength_of_a_regularization(homework):
    source = BESIDE + "def f(W, X, y, {name}):\n    loss, d = _both(X @ W, y)\n    return loss, X.T @ d\n"
    assert "dataset: a number, 0.0;" in homework(source.format(name="dataset"))["reading"]
    assert "lam: the strength of a regularization;" in homework(source.format(name="lam"))["reading"]


def test_a_factor_of_the_loss_is_no_number_of_classes(homework):
    source = "def f(W, X, y, C):\n    loss, d = _both(X @ W, y)\n    return C * loss + (W**2).sum() / 2, C * X.T @ d + W\n"
    assert homework(BESIDE + source)["verdict"] == "correct"


@pytest.mark.parametrize(
    "returned, reading",
    [
        ("{'J': loss, 'accuracy': 0.5, 'grads': {'dz': g}}", "the mean loss and the gradient"),
        ("[loss, g]", "the mean loss and the gradient"), ("(g, loss)", "the mean loss and the gradient"),
        ("(np.exp(log_p), g)", "the gradient alone"), ("g.tolist()", "the gradient alone"),
        ("(-(Y * log_p).sum(axis=1), g * len(Y))", "the losses of the examples and the gradient"),
        ("(loss * len(Y), g * len(Y), (logits, Y))", "the summed loss and the gradient"),
    ],
)
def test_what_is_returned_is_found_by_shape_and_name(homework, returned, reading):
    source = RIGHT.format(name="loss_and_gradient").replace("return", "loss, g =") + f"    return {returned}\n"
    answer = homework(source)
    assert answer["verdict"] == "correct" and answer["reading"].endswith(f"returns {reading}"), answer


# An answer shows the line that raises, so the text that a test looks for must be on another line.


def without_keepdims(z, y):
    return z / z.sum(axis=1)


def classes_from_the_labels(z, y):
    return vectors(z, y)[0], (module.softmax(z) - np.eye(y.max() + 1)[y]) / len(y)


def shapes(loss=lambda loss, g: loss, gradient=lambda loss, g: g):
    return diagnose(lambda z, y: (loss(*vectors(z, y)), gradient(*vectors(z, y))))


@pytest.mark.parametrize(
    "answer, said",
    [
        (lambda: shapes(lambda loss, g: g), "your loss has shape (5, 4) and dtype float64; it must be one real number, and not one for each entry."),
        (lambda: shapes(lambda loss, g: 1j), "your loss has shape () and dtype complex128; it must be one real number"),
        (lambda: shapes(gradient=lambda loss, g: g.T), "your gradient has shape (4, 5); it must have that of its input, (5, 4): it is transposed"),
        (lambda: shapes(gradient=lambda loss, g: g[:2]), "your gradient has shape (2, 4); it must have that of its input, (5, 4)"),
        (lambda: shapes(gradient=lambda loss, g: np.zeros((5, 4, 4))), "is the shape of the Jacobian of the softmax"),
        (lambda: shapes(gradient=lambda loss, g: None), "it returns None for its gradient"),
        (lambda: shapes(lambda loss, g: None), "it returns None for its loss"),
        (lambda: diagnose(lambda z, y: None), "it returns None: end it with `return loss, gradient`"),
        (lambda: diagnose(lambda z, y: "text"), "it returns one str, which is neither a loss nor a gradient"),
        (lambda: diagnose(lambda z: z), "no loss is known that takes (z)"),
        (lambda: diagnose(lambda z, y: sys.exit(3)),
         "take the sys.exit() out"),
        (lambda: diagnose(lambda z, y: (_ for _ in ()).throw(MemoryError)),
         "look for an array that grows"),
        (lambda: diagnose(lambda z, y: z.nonsense),
         "has no attribute 'nonsense'; it gets z (5, 4), y (5,)"),
        (lambda: diagnose(without_keepdims), "A sum or maximum over axis 1 has shape (5,); with keepdims=True (5, 1), which fits (5, 4)"),
        (lambda: diagnose(lambda z, y: [][len(y)] if len(y) == 3 else vectors(z, y)),
         "IndexError: list index out of range; it gets z (3, 6), y (3,)"),
        (lambda: diagnose(lambda z, y: vectors(z, y) if len(y) != 1 else "text"), "it does not return the same kind of thing in each call"),
    ],
)
def test_what_does_not_fit_gets_the_way_out(answer, said):
    answer = answer()
    assert answer["verdict"] in ("wrong", "cannot check") and said in one_line(answer)


@pytest.mark.parametrize(
    "program, said",
    [
        (classes_from_the_labels, "k is the number of classes, 5, and not labels.max() + 1"),
        (lambda z, y: [][len(y)] if len(y) == 1 else vectors(z, y), "for logits (1, 5) it raises an error"),
    ],
)
def test_a_program_that_raises_for_rare_batches_alone_is_fragile(program, said):
    answer = diagnose(program)
    assert answer["verdict"] == "fragile" and said in one_line(answer)


@pytest.mark.parametrize("summed", [False, True])
@pytest.mark.parametrize("signature, form", [("N,k", forms.rows_one_hot), ("k,N", forms.columns), ("k", forms.one), ("W,X,y,reg", forms.weights)])
def test_a_form_can_be_forced(signature, form, summed):
    def scaled(logits, labels):
        loss, gradient = vectors(logits, labels)
        return loss * (len(labels) if summed else 1), gradient * (len(labels) if summed else 1)

    assert diagnose(form(scaled), signature=signature, sum=summed)["verdict"] == "correct"
    assert diagnose(form(scaled), signature="k,N" if signature != "k,N" else "N,k")["verdict"] != "correct"


@pytest.fixture
def slow(monkeypatch):
    """Let each call seem to take more than a second: each look at the clock is 1.2 s after the last."""
    now = itertools.count(0, 1.2)
    monkeypatch.setattr("time.perf_counter", lambda: next(now))


@pytest.mark.parametrize(
    "function, verdict",
    [(lambda z, y: vectors(z, y), "correct"), (lambda z, Y: vectors(z, Y.argmax(axis=1)), "correct"),
     (lambda z, y: (vectors(z, y)[0], 3 * z), "wrong"), (loss_and_gradient_batch, "fragile")],
)
def test_a_slow_program_is_not_called_twenty_times(slow, function, verdict):
    calls = []

    def program(logits, labels):
        calls.append(1)
        return function(logits, labels)

    assert diagnose(program)["verdict"] == verdict and len(calls) < 20


def test_of_slow_functions_only_the_likeliest_is_called(slow, homework):
    answer = homework(RIGHT.format(name="softmax_loss") + HINGE)
    assert answer["verdict"] == "correct" and "svm_loss" not in one_line(answer)


def test_a_slow_machine_changes_no_answer(monkeypatch, homework):
    now = itertools.count(0, 0.008)  # many calls of 8 ms take more than a second, which is no fault of the program's
    monkeypatch.setattr("time.perf_counter", lambda: next(now))
    assert homework(report("penalty_of_all_layers"))["verdict"] == "fragile"


def test_a_program_that_fits_the_first_batch_alone_is_not_read_by_the_others():
    def program(z, y):
        return (np.sum(z * y) + 3, 0.1 * z) if z.size in (20, 4) else "text"

    assert diagnose(program)["verdict"] == "cannot check"


def test_a_function_without_a_signature_is_tried():
    class Compiled:
        __signature__ = "none"

        def __call__(self, logits, labels):
            return vectors(logits, labels)

    assert diagnose(Compiled())["verdict"] == "correct"


def test_regularization_of_each_convention_is_right_and_disagreement_is_reported():
    def program(of_loss, of_gradient):
        def softmax_loss(W, X, y, reg=0.0):
            loss, dscores = vectors(X @ W, y)
            return loss + of_loss(W, reg, len(y)), X.T @ dscores + of_gradient(W, reg, len(y))

        return diagnose(softmax_loss)

    for power in (lambda W, reg, N: (reg * (W**2).sum(), 2 * reg * W), lambda W, reg, N: (reg * (W**2).sum() / 2 / N, reg * W / N),
                  lambda W, reg, N: (reg * np.abs(W).sum(), reg * np.sign(W)), lambda W, reg, N: (0.0, 0.0),
                  lambda W, reg, N: (reg * (W[1:] ** 2).sum(), 2 * reg * np.vstack([0 * W[:1], W[1:]]))):
        assert program(lambda *given: power(*given)[0], lambda *given: power(*given)[1])["verdict"] == "correct"
    for of_loss, of_gradient, said in [
        (lambda W, reg, N: 0.0, lambda W, reg, N: reg * W, "it is part of dW and not of the loss"),
        (lambda W, reg, N: reg * (W**2).sum(), lambda W, reg, N: 0.0, "it is part of the loss and not of dW"),
        (lambda W, reg, N: reg * (W**2).sum() / 2 / N, lambda W, reg, N: reg * W, "5 times the derivative of its part of the loss. That is N: is only its part of the loss divided by N?"),
        (lambda W, reg, N: reg * (W**2).sum() / 2, lambda W, reg, N: reg * W / N, "0.2 times the derivative of its part of the loss. That is 1/N: is only its part of dW divided by N?"),
        (lambda W, reg, N: reg * (W**2).sum() / 2, lambda W, reg, N: 2 * reg * W, "2 times the derivative of its part of the loss. The derivative of half"),
        (lambda W, reg, N: reg * (W**2).sum(), lambda W, reg, N: reg * W, "0.5 times the derivative of its part of the loss. The derivative of the sum"),
        (lambda W, reg, N: reg * (W**2).sum(), lambda W, reg, N: 3 * reg * W, "1.5 times the derivative"),
    ]:
        answer = program(of_loss, of_gradient)
        assert codes(answer) == ["regularization"] and said in one_line(answer), answer


def test_weights_and_inputs_that_are_not_the_identity_are_checked():
    def program(change):
        def softmax_loss(W, X, y, b):
            loss, dscores = vectors(X @ W + b, y)
            return change(loss, X.T @ dscores, dscores.sum(axis=0), X)

        return codes(diagnose(softmax_loss))

    assert program(lambda loss, dW, db, X: (loss, dW, db)) == []
    assert program(lambda loss, dW, db, X: (loss, dW, 2 * db)) == ["bias"]
    assert program(lambda loss, dW, db, X: (loss, dW, 0 * db.sum())) == ["bias"]
    assert program(lambda loss, dW, db, X: (loss, {"dW": dW, "db": db.mean()})) == ["bias"]
    assert program(lambda loss, dW, db, X: (loss, dW, {"cache": X, "accuracy": 0.25})) == []
    assert program(lambda loss, dW, db, X: (loss, dW, {"dX": X})) == ["inputs"]
    assert program(lambda loss, dW, db, X: (loss, dW, X)) == []
    assert program(lambda loss, dW, db, X: (loss, np.abs(X).T @ np.linalg.pinv(X.T) @ dW, db)) == ["weights"]
    assert program(lambda loss, dW, db, X: (loss + (X.min() < 0), dW, db)) == ["weights"]


def test_what_an_option_changes_in_the_loss_it_changes_in_the_gradient():
    def program(of_loss, of_gradient):
        def ce(logits, labels, T=2.0):
            loss, g = vectors(logits / T, labels)
            return loss * of_loss(T), g / T * of_gradient(T)

        return one_line(diagnose(ce))

    assert program(lambda T: 1, lambda T: 1).startswith("Correct. Read as ce(logits, labels, T)")
    assert "with T = 2, your gradient is 2 times the derivative of your loss" in program(lambda T: 1, lambda T: T)


def test_an_option_of_the_loss_alone_or_of_the_gradient_alone_is_told():
    def bonus(of_loss, of_gradient):
        def ce(logits, labels, beta=0.0):
            loss, g = vectors(logits, labels)
            return loss + of_loss * beta * np.sum(logits**2), g + of_gradient * beta * logits

        return one_line(diagnose(ce))

    assert bonus(1, 2).startswith("Correct.")
    assert "in the loss and not in the gradient" in bonus(1, 0)
    assert "in the gradient and not in the loss" in bonus(0, 1)
    assert "your gradient is not the derivative of your loss: along one direction" in bonus(1, 1)


@pytest.mark.parametrize("calls", [1, 2, 3, 5, 8, 13, 21, 34])
def test_a_program_that_raises_from_some_call_on_is_survived(homework, calls):
    source = f"""
calls = []
def loss_and_dW(W, X, y, reg):
    calls.append(1)
    if len(calls) > {calls}:
        raise ValueError("enough")
    i = len(calls) % len(y)
    loss, d = _both((X @ W)[[i]], y[[i]])
    return loss, np.outer(X[i], d)
"""
    answer = homework(BESIDE + source)
    assert answer["verdict"] == "cannot check" and "itself failed" not in str(answer), answer
