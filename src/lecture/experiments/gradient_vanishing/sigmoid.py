"""How flat the sigmoid is, and where each number format rounds its slope to exactly zero."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor

from lecture import devices
from lecture.experiments.experiment import Experiment

BITS = {
    torch.float64: torch.int64,
    torch.float32: torch.int32,
    torch.bfloat16: torch.int16,
    torch.float16: torch.int16,
}
"""The four formats that networks train in, each with the integer type of equal size."""

FAR = 1000.0
"""An input far enough out that every format gives slope zero there, on both sides."""


@dataclass(frozen=True, kw_only=True)
class Sigmoid(Experiment):
    """The slope of the sigmoid as a training program sees it: computed by autograd, in four number formats.

    With y = σ(x), autograd computes σ'(x) = y (1 - y). For large x, y rounds to 1 and the slope to exactly 0, long
    before the true slope is too small to represent. For large -x nothing cancels, and the slope lives on until y itself
    underflows (denormal numbers are flushed to zero, as in all of this book's programs on a CPU).

    Nothing is random here, so one "seed" is all.

    Attributes:
        reach: The curve is tabulated from ``-reach`` to ``reach``.
        points: Number of tabulated inputs; odd, so that 0 is one of them.
    """

    seeds: int = 1
    reach: float = 20.0
    points: int = 801

    deterministic: ClassVar[bool] = True
    size: ClassVar[str] = "{points} inputs from -{reach} to {reach}, four number formats"
    presets: ClassVar = {"smoke": {"points": 81}, "full": {}}
    core_seconds: ClassVar[float] = 0.1

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``format``, ``x``, ``slope``: the curve, and the last non-zero slope and first zero on each side."""
        device = devices.for_double(device)
        half = self.points // 2
        grid = torch.arange(-half, half + 1, dtype=torch.float64, device=device) * self.reach / half
        tables = []
        for dtype in BITS:
            x = torch.cat([grid.to(dtype), *(side * first_zero(side, dtype, device) for side in (-1, 1))])
            columns = {"x": x.double().cpu().numpy(), "slope": slope(x).double().cpu().numpy()}
            tables.append(pd.DataFrame({"format": str(dtype).removeprefix("torch."), **columns}))
        return pd.concat(tables).drop_duplicates().sort_values(["format", "x"], ignore_index=True)


def slope(x: Tensor) -> Tensor:
    """Return σ'(x) as autograd computes it, in the format of ``x``."""
    x = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(torch.sigmoid(x).sum(), x)
    return gradient


def first_zero(side: int, dtype: torch.dtype, device: torch.device) -> Tensor:
    """Return the two neighbouring magnitudes between which the slope becomes exactly zero, ``[2]``, on one side of 0.

    The first has a slope and the second has none. Positive floats are ordered as their bit patterns are, so bisection
    over the patterns ends at two neighbours.
    """
    low, high = 0, int(torch.tensor([FAR], dtype=dtype).view(BITS[dtype]))
    while high - low > 1:
        middle = (low + high) // 2
        if slope(side * _float(middle, dtype, device)) == 0:
            high = middle
        else:
            low = middle
    return torch.cat([_float(low, dtype, device), _float(high, dtype, device)])


def _float(bits: int, dtype: torch.dtype, device: torch.device) -> Tensor:
    return torch.tensor([bits], dtype=BITS[dtype], device=device).view(dtype)
