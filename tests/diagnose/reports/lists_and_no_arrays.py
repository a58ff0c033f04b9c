import math


def softmax(logits):
    if not logits:
        raise ValueError("no logits")
    top = max(logits)
    return tuple(math.exp(z - top) / sum(math.exp(each - top) for each in logits) for z in logits)


def cross_entropy(logits, target):
    top = max(logits)
    return math.log(sum(math.exp(z - top) for z in logits)) + top - logits[target]


def cross_entropy_gradient(logits, target):
    return tuple(s - (n == target) for n, s in enumerate(softmax(logits)))
