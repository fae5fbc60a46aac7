"""XOR with one hidden layer, its weights found by the automatic differentiation of our own page of code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch

from lecture.experiments.experiment import Experiment
from lecture.models.autodiff import Number, Operand, backward, tanh
from lecture.models.perceptron import CORNERS, GATES


@dataclass(frozen=True, kw_only=True)
class HiddenLayer(Experiment):
    """Trains the smallest kind of network that can do what a perceptron cannot.

    All seeds are one program: each weight is an array with a value for every seed. The number of units (2 to 5) and the
    step size (0.1, 0.3 or 1) were chosen on the 20 seeds from 10,000 on: the fewest units with which most of them had
    the gate right at the end.

    Attributes:
        hidden: Units in the hidden layer.
        rate: Step size of gradient descent.
        steps: Steps, each over all four examples.
        every: Steps between two rows of the table.
    """

    seeds: int = 20
    hidden: int = 4
    rate: float = 1.0
    steps: int = 300
    every: int = 10

    size: ClassVar[str] = "{hidden} hidden units, {steps} steps on the four examples of XOR"
    presets: ClassVar = {"smoke": {"seeds": 2, "steps": 40}, "full": {"seeds": 1000, "steps": 1000}}
    core_seconds: ClassVar[float] = 0.4

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the loss, and how many of the four answers are right, for each seed at some steps."""
        stream = self.seeds_on(torch.device("cpu")).stream("weights")  # plain numbers: no GPU
        inputs = CORNERS.shape[1]
        start = stream.normal((inputs + 1) * self.hidden + 1).double().numpy()
        weights = [Number(np.ascontiguousarray(column)) for column in start.T]
        tables = []
        for step in range(self.steps + 1):
            outputs = [network(weights, list(corner), self.hidden) for corner in CORNERS]
            errors = [(output - answer) ** 2 for output, answer in zip(outputs, GATES["XOR"], strict=True)]
            loss = sum(errors, Number(0.0)) * (1 / len(errors))
            if step % self.every == 0:
                right = sum((o.value * a > 0).astype(int) for o, a in zip(outputs, GATES["XOR"], strict=True))
                found = {"seed": self.seed_range(), "step": step, "loss": loss.value, "right": right}
                tables.append(pd.DataFrame(found))
            gradient = backward(loss)
            weights = [Number(w.value - self.rate * gradient[w]) for w in weights]
        return pd.concat(tables, ignore_index=True)


def network(weights: list[Number], x: Sequence[Operand], hidden: int) -> Number:
    """Return what a network with one hidden layer of tanh units, and one more as output, answers.

    There is a weight for each hidden unit and input, of which the first is 1; then the output's threshold and one
    weight a hidden unit.
    """
    n = len(x)
    units = [tanh(weighted_sum(weights[n * i : n * (i + 1)], x)) for i in range(hidden)]
    return tanh(weighted_sum(weights[n * hidden :], [1.0, *units]))


def weighted_sum(weights: list[Number], x: Sequence[Operand]) -> Number:
    """Return the sum of weight times input."""
    return sum((w * value for w, value in zip(weights[1:], x[1:], strict=True)), weights[0] * x[0])
