"""How a program is read: its function, its parameters, what it returns. Each known mistake stays one in each form."""

import numpy as np
import pytest

from snippets import diagnose as module
from snippets.diagnose import KNOWN, diagnose
from tests.diagnose import forms
from tests.diagnose.homework.right import vectors
from tests.diagnose.programs import PROGRAMS, codes, named, one_line

ONE_OF_EACH = {}
for _name, _function, _mistakes, _verdict in PROGRAMS:
    if len(_mistakes) == 1 and _verdict == "wrong" and not _name.startswith("unknown"):
        ONE_OF_EACH.setdefault(_mistakes[0], _function)
# A form that keeps or copies what it gets can't make these.
OF_MEMORY = {"the caller's logits changed", "the returned probabilities corrupted"}
# Of one example there is no mean, and no other axis.
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
    forms.one_one_hot: {"logits": "k", "labels": "k"}, forms.one_in_a_column: {"logits": "k1", "labels": "k1"},
}  # fmt: skip


def trial_of(function):
    """Return the trial of the form that is chosen."""
    ways = module.layers(function) if isinstance(function, type) else [function]
    with np.errstate(all="ignore"):
        return module.best_of(module.read(way) for way in ways)


@pytest.mark.parametrize("form", READ, ids=lambda form: form.__name__)
def test_a_right_program_is_right_in_each_form(form):
    trial = trial_of(form(vectors))
    assert trial.student.form.axes == READ[form]
    answer = diagnose(form(vectors))
    assert answer["verdict"] == "correct" and answer["reading"], answer


@pytest.mark.parametrize("form", READ, ids=lambda form: form.__name__)
def test_no_form_makes_a_mistake_right(form):
    for name in ONE_OF_EACH.keys() - OF_MEMORY - (OF_BATCHES if form in forms.SINGLE else set()):
        answer = diagnose(form(ONE_OF_EACH[name]))
        assert answer["verdict"] == "wrong" and named(answer) == [name], (name, answer)
