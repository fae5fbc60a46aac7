"""Our page of automatic differentiation against PyTorch, and what its two directions cost."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from torch import Tensor

from lecture.experiments.experiment import Experiment
from lecture.experiments.history.hidden_layer import network
from lecture.models.autodiff import Number, backward, forward, wengert_list


@dataclass(frozen=True, kw_only=True)
class Autodiff(Experiment):
    """Differentiates the loss of small random networks by all of their weights: forward, reverse mode, and PyTorch.

    Weights have a variance of one over the number of inputs to their unit. Otherwise some units saturate, 1 - tanh²
    loses its digits to cancellation, and two programs differ although both are right.

    Attributes:
        inputs: Inputs of the network, the first of them always 1.
        hidden: Units in its hidden layer; a network for each.
    """

    seeds: int = 20
    inputs: int = 3
    hidden: tuple[int, ...] = (1, 2, 4, 8, 16, 32)

    size: ClassVar[str] = "one hidden layer of {hidden} units"
    presets: ClassVar = {"smoke": {"seeds": 2, "hidden": (1, 2)}, "full": {"hidden": (1, 2, 4, 8, 16, 32, 64, 128)}}
    core_seconds: ClassVar[float] = 0.3

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return, for each size, mode and seed, the work and the error.

        ``weights`` counts the derivatives wanted, ``passes`` the walks through the list, ``multiplications`` one for
        every local derivative met on them. ``error`` is the largest difference from PyTorch's gradient, as a share of
        that gradient's largest entry.
        """
        tables = []
        for hidden in self.hidden:
            stream = self.seeds_on(torch.device("cpu")).stream(f"network {hidden}")
            n = (self.inputs + 1) * hidden + 1
            weights, inputs = stream.normal(n).double(), stream.normal(self.inputs).double()
            weights[:, : self.inputs * hidden] /= self.inputs**0.5
            weights[:, self.inputs * hidden :] /= (hidden + 1) ** 0.5
            inputs[:, 0] = 1
            expected = torch_gradient(weights, inputs, hidden).numpy()

            ours = [Number(w) for w in weights.T.contiguous().numpy()]
            x = [Number(value) for value in inputs.T.contiguous().numpy()]
            loss = (network(ours, x, hidden) - 1) ** 2
            edges = sum(len(number.parents) for number in wengert_list(loss))
            by_all = backward(loss)
            gradients = {
                "backward": (1, [by_all[w] for w in ours]),
                "forward": (n, [forward(loss, w) for w in ours]),
            }
            for mode, (passes, gradient) in gradients.items():
                error = np.abs(np.stack(gradient, 1) - expected).max(1) / np.abs(expected).max(1)
                work = {"weights": n, "mode": mode, "passes": passes, "multiplications": passes * edges}
                tables.append(pd.DataFrame({"seed": self.seed_range(), **work, "error": error}))
        return pd.concat(tables, ignore_index=True)


def torch_gradient(weights: Tensor, inputs: Tensor, hidden: int) -> Tensor:
    """Return the gradient of the same losses by PyTorch, written with matrices: an independent oracle.

    Weights are ``[R, (inputs + 1) * hidden + 1]``, inputs ``[R, inputs]``.
    """
    weights = weights.clone().requires_grad_()
    first, last = weights[:, : inputs.shape[1] * hidden], weights[:, inputs.shape[1] * hidden :]
    units = torch.tanh(first.view(len(weights), hidden, -1) @ inputs[:, :, None]).squeeze(2)
    outputs = torch.tanh(last[:, 0] + (last[:, 1:] * units).sum(1))
    (gradient,) = torch.autograd.grad(((outputs - 1) ** 2).sum(), weights)
    return gradient
