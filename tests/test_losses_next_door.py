"""The other losses and backward passes agree with PyTorch's, as recorded."""

import numpy as np
import pytest

from snippets.chunked import chunked_loss_and_gradients
from snippets.distillation import distillation_loss_and_gradient, divergence_and_gradient
from snippets.focal import focal_loss_and_gradient
from snippets.jacobian import vector_jacobian_product
from snippets.log_softmax import log_softmax, log_softmax_vector_jacobian_product
from snippets.policy_gradient import policy_loss_and_gradient
from snippets.several_labels import sigmoid_loss_and_gradient
from snippets.softmax import softmax
from tests.pytorch import RECORD

EPS = np.finfo(float).eps



CALLS = {
    "softmax, backward": lambda z, y, row: ((softmax(z) * row).sum(), vector_jacobian_product(row, z)),
    "log-softmax, backward": lambda z, y, row: ((log_softmax(z) * row).sum(), log_softmax_vector_jacobian_product(row, z)),
    "binary cross-entropy": lambda z, y, targets: sigmoid_loss_and_gradient(z, targets),
    "binary cross-entropy, probabilities": lambda z, y, targets: sigmoid_loss_and_gradient(z, targets),
    "KL divergence": lambda z, y, targets: divergence_and_gradient(z, targets),
    "distillation": lambda z, y, teacher, T: distillation_loss_and_gradient(z, teacher, T),
    "focal loss, gamma 0.5": focal_loss_and_gradient,
    "focal loss, gamma 2": focal_loss_and_gradient,
    "policy gradient": lambda z, y, returns: policy_loss_and_gradient(z, y, returns),
    "large vocabulary": lambda H, W, y: chunked_loss_and_gradients(H, W, y, height=3, width=2),
}


def test_every_record_is_compared():
    assert CALLS.keys() == RECORD["losses"].keys()


@pytest.mark.parametrize("name", CALLS)
def test_agrees_with_pytorch(name):
    case = RECORD["losses"][name]
    loss, *gradients = CALLS[name](*map(np.array, case["variables"]), case["labels"], **case["constants"])
    # Logits up to 7 and their probabilities, rounded a few times, and times numbers up to 7.
    np.testing.assert_allclose(loss, case["loss"], rtol=0, atol=64 * EPS)
    for gradient, expected in zip(gradients, case["gradients"], strict=True):
        np.testing.assert_allclose(gradient, expected, rtol=0, atol=32 * EPS)
