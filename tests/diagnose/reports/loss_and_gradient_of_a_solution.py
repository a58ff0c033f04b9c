import numpy as np
from typing import List, Tuple


class Solution:
    def loss_and_grad(self, logits: List[float], target: int) -> Tuple[float, List[float]]:
        z = np.array(logits, dtype=float)
        z = z - z.max()
        log_p = z - np.log(np.sum(np.exp(z)))
        loss = -log_p[target]
        grad = np.exp(log_p)
        return float(loss), grad.tolist()
