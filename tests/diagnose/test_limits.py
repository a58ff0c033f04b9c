"""Programs that are right for moderate logits and break for larger ones: where that begins, and what it is called."""

import numpy as np
import pytest

from snippets import diagnose as module
from snippets.diagnose import diagnose
from snippets.textbook import loss_and_gradient_batch
from tests.diagnose.homework import right, unstable_softmax
from tests.diagnose.homework.right import vectors
from tests.diagnose.programs import codes, evidence, named, one_line
from tests.diagnose.test_verdicts import changed


def test_exp_overflows_and_the_logarithm_of_a_quotient_is_infinite():
    answer = diagnose(loss_and_gradient_batch)
    assert codes(answer) == ["unstable-softmax", "log-of-an-underflowed-probability", "unstable-softmax=709", "log-of-an-underflowed-probability=745"]


def test_float32_overflows_earlier():
    answer = diagnose(lambda z, y: unstable_softmax.indexing(z.astype(np.float32), y))
    assert answer["verdict"] == "fragile" and "unstable-softmax=88" in codes(answer)


@pytest.mark.parametrize("part", ["loss", "gradient"])
@pytest.mark.parametrize("sign", [1, -1])
def test_an_error_of_a_percent_for_large_logits_is_reported(part, sign):
    far = changed(lambda z, y: (sign * z).min() > 500, *((0, 0.01) if part == "loss" else (0.01, 0)))
    answer = diagnose(far)
    assert answer["verdict"] == "fragile" and named(answer) == [] and abs(answer["findings"][0]["numbers"]["logits"] - 501 * sign) <= 1


def with_constant(constant, differentiated):
    """Return a program for -log(s_c + constant); its gradient is the derivative of that, or s - y."""

    def program(logits, labels):
        s, rows = module.softmax(logits), np.arange(len(labels))
        s_c = s[rows, labels][:, np.newaxis]
        gradient = vectors(logits, labels)[1] * (s_c / (s_c + constant) if differentiated else 1)
        return -np.log(s_c + constant).mean(), gradient

    return program


@pytest.mark.parametrize("differentiated", [False, True])
@pytest.mark.parametrize("constant", [1e-12, 1e-9, 1e-7, 1e-6, 1e-5])
def test_a_constant_inside_the_logarithm_caps_the_loss(constant, differentiated):
    answer = diagnose(with_constant(constant, differentiated))
    assert answer["verdict"] == "fragile" and ("small constant in the logarithm" in one_line(answer)) == (constant > 1e-12)
    (found,) = answer["findings"]
    assert found["code"] == "capped-loss" and found["numbers"]["loss"] == pytest.approx(-np.log(constant), rel=1e-6)


def test_a_small_constant_in_the_sum_of_the_softmax_is_no_mistake_and_a_large_one_is():
    def program(constant):
        def loss_and_gradient(logits, labels):
            exponentials, rows = np.exp(logits - logits.max(axis=1, keepdims=True)), np.arange(len(labels))
            s = exponentials / (exponentials.sum(axis=1, keepdims=True) + constant)
            return -np.log(s[rows, labels]).mean(), (s - np.eye(s.shape[1])[labels]) / len(labels)

        return loss_and_gradient

    assert codes(diagnose(program(1e-5)))[0] == "log-of-an-underflowed-probability"
    assert codes(diagnose(program(1e-3)))[0] == "constant-in-the-sum" and "a constant of 0.001 is added" in one_line(diagnose(program(1e-3)))


def test_what_is_nearly_a_constant_in_the_logarithm_is_not_taken_for_it():
    for part in (0, 1):

        def program(logits, labels):
            parts = list(with_constant(1e-8, True)(logits, labels))
            parts[part] = parts[part] + 3e-5 * (len(labels) == 16)
            return parts

        assert diagnose(program)["verdict"] == "wrong"


@pytest.mark.parametrize("least, gap", [(1e-12, 27), (1e-7, 15), (1e-6, 13), (1e-4, 9)])
def test_a_clip_is_fragile(least, gap):
    def clipped(logits, labels):
        s, rows = np.clip(module.softmax(logits), least, 1), np.arange(len(labels))
        return -np.log(s[rows, labels]).mean(), vectors(logits, labels)[1]

    answer = diagnose(clipped)
    (found,) = answer["findings"]
    assert answer["verdict"] == "fragile" and found["code"] == "capped-loss"
    # The loss is capped at the logarithm; s_c is one of several probabilities, so the gap is a little smaller.
    assert found["numbers"]["gap"] in (gap, gap + 1, gap + 2) and float(found["numbers"]["loss"]) == pytest.approx(-np.log(least))
    # It is not reported beside a mistake with a name, which has to be mended first.
    assert named(diagnose(lambda z, y: (clipped(z, y)[0], -vectors(z, y)[1]))) == ["wrong sign"]


@pytest.mark.parametrize("less", [1e-9, 0.1])
def test_a_loss_that_is_too_small_by_rounding_or_still_grows_is_not_called_capped(less):
    def program(logits, labels):
        loss, gradient = vectors(logits, labels)
        far = logits.max() == 0 and logits.min() < -500
        return loss * (1 - less * far), gradient * (not far)

    assert codes(diagnose(program))[0] == "large-gap"


def test_a_division_by_a_probability_that_is_0_breaks_down():
    def program(logits, labels):
        for n, label in enumerate(labels):
            1 / float(module.softmax(logits)[n, label])
        return vectors(logits, labels)

    answer = diagnose(program)
    assert codes(answer)[0] == "large-gap" and "ZeroDivisionError" in one_line(answer)


def test_an_exception_for_large_logits_that_is_no_overflow_has_no_name():
    def program(logits, labels):
        if np.abs(logits).max() > 500:
            raise KeyError("too large")
        return vectors(logits, labels)

    answer = diagnose(program)
    assert answer["verdict"] == "fragile" and named(answer) == [] and "KeyError: 'too large'" in one_line(answer)


def test_an_underflow_is_no_fault_of_log_sum_exp():
    def strict(function):
        def program(logits, labels):
            with np.errstate(all="raise"):
                return function(logits, labels)

        return program

    assert diagnose(strict(vectors))["verdict"] == "correct"
    assert named(diagnose(strict(loss_and_gradient_batch)))[0] == "unstable softmax"


def test_a_program_may_refuse_many_classes():
    assert diagnose(right.refuses_many_classes)["verdict"] == "correct"


def test_the_sentences_about_large_logits():
    (overflow, underflow) = evidence(diagnose(loss_and_gradient_batch))
    assert overflow == "it fails for logits of 709 or more; for logits near 1000: loss nan, gradient [nan nan nan nan]"
    assert underflow == (
        "the loss is inf where the logit of the true class is 745 or more below the largest; logits [0 -800 -1 -2], label 1: loss inf,"
        " gradient [0.6652 -1 0.2447 0.09003]; the loss must be 800.4"
    )
    (capped,) = evidence(diagnose(right.clipped))
    assert capped == (
        "the loss is capped at 27.63 (a clip, or a constant of 1e-12 in the logarithm) where the logit of the true class is 28 or more below the largest: logits [0 -800 -1 -2], label 1: loss 27.63, gradient [0.6652 -1"
        f" 0.2447 0.09003], where loss 800.4, gradient [0.6652 -1 0.2447 0.09003] is right. {module.NO_LIMIT}"
    )
    assert evidence(diagnose(right.full_jacobian))[0].startswith("it breaks down where the logit of the true class is 7")
    assert evidence(diagnose(right.jacobian_and_one_hot))[0] == (
        f"it breaks down where the logit of the true class is 740 above 39 others: loss 0, gradient [nan nan nan nan ...]. {module.NO_LIMIT}"
    )
    alone = evidence(diagnose(lambda z, y: loss_and_gradient_batch(z, y)[1]))
    assert alone == ["it fails for logits of 709 or more; for logits near 1000: gradient [nan nan nan nan]"]
