"""The site's code for each variant of the loss, compared with PyTorch's recorded loss and gradient."""

import json

import numpy as np

from machinery.sources import DOCS
from snippets.loss_and_gradient import loss_and_gradient
from snippets.soft_labels import smooth_labels, soft_loss_and_gradient, weighted_targets

VARIANTS = json.loads((DOCS / "data" / "pytorch.json").read_text("utf-8"))["variants"]


def differences(name):
    """Return the largest differences from PyTorch: of the loss, relative, and of the gradient."""
    loss, gradient = ours(name)
    theirs = VARIANTS[name]
    return np.abs(np.divide(loss, theirs["loss"]) - 1).max(), np.abs(gradient - theirs["gradient"]).max()


def ours(name):
    """Return loss and gradient of a variant as its page computes them."""
    case = VARIANTS[name]
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
