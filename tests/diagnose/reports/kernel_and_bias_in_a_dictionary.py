import numpy as np


def loss_grads(params, batch, *, weight_decay=0.0):
    x, labels = batch["image"], batch["label"]
    n = x.shape[0]
    logits = x @ params["kernel"] + params["bias"]
    logits = logits - logits.max(axis=-1, keepdims=True)
    logprobs = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    onehot = np.arange(logits.shape[-1])[None, :] == labels[:, None]
    loss = -np.sum(np.where(onehot, logprobs, 0.0)) / n
    loss += 0.5 * weight_decay * np.sum(np.square(params["kernel"]))
    g = (np.exp(logprobs) - onehot) / n
    return loss, {"kernel": x.T @ g + weight_decay * params["kernel"], "bias": g.sum(axis=0)}
