"""The site's code for each variant of the loss, compared with the recorded values of PyTorch and JAX."""

import numpy as np

from machinery.sources import recorded
from snippets.chunked import chunked_loss_and_gradients
from snippets.distillation import distillation_loss_and_gradient, divergence_and_gradient
from snippets.focal import focal_loss_and_gradient
from snippets.jacobian import vector_jacobian_product
from snippets.log_softmax import log_softmax, log_softmax_vector_jacobian_product
from snippets.loss_and_gradient import loss_and_gradient
from snippets.policy_gradient import policy_loss_and_gradient
from snippets.several_labels import sigmoid_loss_and_gradient
from snippets.soft_labels import smooth_labels, soft_loss_and_gradient, weighted_targets
from snippets.softmax import softmax

RECORD = recorded("pytorch")
OPTIONS, LOSSES = RECORD["variants"], RECORD["losses"]
RECORDED = {
    "PyTorch": {
        name: {"loss": case["loss"], "gradients": case.get("gradients") or [case["gradient"]]} for name, case in (OPTIONS | LOSSES).items()
    },
    "JAX": recorded("frameworks").get("variants in JAX", {}),
}


def differences(name, framework):
    """Return the largest differences from a framework's values: of the loss, relative if it is above 1, and of the gradients."""
    loss, *gradients = option(name) if name in OPTIONS else other_loss(name)
    theirs = RECORDED[framework][name]
    differ = [np.abs(ours - recorded).max() for ours, recorded in zip(gradients, theirs["gradients"], strict=True)]
    losses = np.array(theirs["loss"])
    return (np.abs(loss - losses) / np.maximum(1, np.abs(losses))).max(), max(differ)


def option(name):
    """Return loss and gradient with an option of the loss, as its page computes them."""
    case = OPTIONS[name]
    logits, labels, options = np.array(case["logits"]), np.array(case["labels"]), case["options"]
    k, N, weight = logits.shape[-1], len(logits), options["weight"] and np.array(options["weight"])
    match name:
        case "mean":
            return loss_and_gradient(logits, labels)
        case "sum":
            loss, gradient = loss_and_gradient(logits, labels)
            return N * loss, N * gradient
        case "none":
            rows = [loss_and_gradient(logits[n : n + 1], labels[n : n + 1]) for n in range(N)]
            return [loss for loss, _ in rows], np.vstack([gradient for _, gradient in rows])
        case "soft labels":
            return soft_loss_and_gradient(logits, options["targets"])
        case "label smoothing":
            return soft_loss_and_gradient(logits, smooth_labels(labels, k, options["label_smoothing"]))
        case "class weights":
            return soft_loss_and_gradient(logits, weighted_targets(labels, k, weight[labels]))
        case "class weights and soft labels":
            return soft_loss_and_gradient(logits, weight * options["targets"])
        case "class weights and label smoothing":
            targets = weight * smooth_labels(labels, k, options["label_smoothing"])
            return soft_loss_and_gradient(logits, N * targets / weight[labels].sum())
        case "ignore_index":
            return soft_loss_and_gradient(logits, weighted_targets(labels, k, labels != options["ignore_index"]))
        case "sequences with padding":
            flat = labels.reshape(-1)
            targets = weighted_targets(flat, k, flat != options["ignore_index"])
            loss, gradient = soft_loss_and_gradient(logits.reshape(-1, k), targets)
            return loss, gradient.reshape(logits.shape)
        case "temperature":
            loss, gradient = loss_and_gradient(logits / options["temperature"], labels)
            return loss, gradient / options["temperature"]
    raise ValueError(f"{name!r} is recorded, but not computed here")


def other_loss(name):
    """Return loss and gradients of another loss or backward pass, as its page computes them."""
    case = LOSSES[name]
    variables, labels, constants = list(map(np.array, case["variables"])), case["labels"], case["constants"]
    match name:
        case "softmax, backward":
            return (softmax(*variables) * constants["row"]).sum(), vector_jacobian_product(constants["row"], *variables)
        case "log-softmax, backward":
            return (log_softmax(*variables) * constants["row"]).sum(), log_softmax_vector_jacobian_product(constants["row"], *variables)
        case "binary cross-entropy" | "binary cross-entropy, probabilities":
            return sigmoid_loss_and_gradient(*variables, **constants)
        case "KL divergence":
            return divergence_and_gradient(*variables, **constants)
        case "distillation":
            return distillation_loss_and_gradient(*variables, constants["teacher"], constants["T"])
        case "focal loss, gamma 0.5" | "focal loss, gamma 2":
            return focal_loss_and_gradient(*variables, labels, **constants)
        case "policy gradient":
            return policy_loss_and_gradient(*variables, labels, **constants)
        case "large vocabulary":
            return chunked_loss_and_gradients(*variables, labels, height=3, width=2)
    raise ValueError(f"{name!r} is recorded, but not computed here")
