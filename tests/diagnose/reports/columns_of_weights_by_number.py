import numpy as np

# next character from the current one, W is vocab_size x vocab_size


def lossFun(inputs, targets, W):
  """
  inputs,targets are both list of integers.
  returns the loss and the gradient on W
  """
  loss = 0
  ps = {}
  for t in range(len(inputs)):
    ys = W[:, inputs[t]]
    ps[t] = np.exp(ys) / np.sum(np.exp(ys))
    loss += -np.log(ps[t][targets[t]])
  dW = np.zeros_like(W)
  for t in reversed(range(len(inputs))):
    dy = np.copy(ps[t])
    dy[targets[t]] -= 1
    dW[:, inputs[t]] += dy
  return loss, dW


def sample(W, seed_ix, n):
  ix = seed_ix
  out = []
  for t in range(n):
    p = np.exp(W[:, ix]) / np.sum(np.exp(W[:, ix]))
    ix = np.random.choice(range(W.shape[0]), p=p)
    out.append(ix)
  return out


if __name__ == '__main__':
  data = 'hello hello hello world '
  chars = sorted(set(data))
  ci = {c: i for i, c in enumerate(chars)}
  ids = [ci[c] for c in data]
  W = np.random.randn(len(chars), len(chars)) * 0.01
  for n in range(20):
    loss, dW = lossFun(ids[:-1], ids[1:], W)
    W -= 0.1 * dW
  print(loss)
