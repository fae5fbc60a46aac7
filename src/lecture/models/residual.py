"""Plain and residual networks, as deep as wanted: one line of code apart (He et al. 2016, figure 2)."""

from math import sqrt

import torch
from torch import Tensor, nn

from lecture.models.initialisers import he
from lecture.models.layers import BatchNorm, Linear
from lecture.seeds import Stream


class Skip(nn.Module):
    """A shortcut around a branch: ``x + branch(x)``. The derivative is the branch's plus 1: a gradient gets through."""

    def __init__(self, branch: nn.Module) -> None:
        super().__init__()
        self.branch = branch

    def forward(self, x: Tensor) -> Tensor:
        """Return what came in plus what the branch adds."""
        out: Tensor = x + self.branch(x)
        return out


class Tower(nn.Module):
    """R networks of ``depth`` layers, the hidden ones in blocks of two, each with or without a shortcut around it.

    The weights of all hidden layers are one tensor, so that a thousand layers are two parameters and not two thousand.

    Args:
        stream: Draws the weights: He's rule, biases at 0.
        depth: Layers with weights: first, last and an even number of hidden ones between.
        width: Units in each hidden layer.
        shortcut: ``[R]``, 1 for a residual network and 0 for a plain one.
        branch: ``[R]``, factor on the starting weights of each block's second layer: 1 as drawn; 0 makes every branch
            start at zero, every residual block as the identity (Zhang, Dauphin and Ma 2019).
        normalised: Whether batch normalisation follows each hidden layer, as in He et al. (2016, section 3.4).

    Raises:
        ValueError: The depth is odd or below 4.
    """

    def __init__(
        self,
        stream: Stream,
        *,
        depth: int,
        width: int,
        shortcut: Tensor,
        branch: Tensor,
        normalised: bool = False,
    ) -> None:
        super().__init__()
        if depth % 2 or depth < 4:
            raise ValueError(f"a tower has 4, 6, 8, ... layers, not {depth}")
        hidden = depth - 2
        weight = stream.normal(hidden, width, width, std=sqrt(2 / width))
        weight[:, 1::2] *= branch.view(-1, 1, 1, 1)
        self.first = Linear(40, width, stream, init=he)
        self.weight = nn.Parameter(weight)
        self.bias = nn.Parameter(torch.zeros_like(weight[:, :, :1]))
        self.last = Linear(width, 10, stream, init=he)
        self.shortcut = shortcut.view(-1, 1, 1)
        norms = [BatchNorm(width, stream) if normalised else nn.Identity() for _ in range(hidden)]
        self.norms = nn.ModuleList(norms)

    def forward(self, x: Tensor) -> Tensor:
        """Return the outputs ``[R, B, 10]`` for ``[R, B, 40]``."""
        h = torch.relu(self.first(x))
        layers = list(zip(self.norms, self.bias.unbind(1), self.weight.unbind(1), strict=True))
        for (n1, b1, w1), (n2, b2, w2) in zip(layers[::2], layers[1::2], strict=True):
            inner = torch.relu(n1(torch.baddbmm(b1, h, w1)))
            branch = n2(torch.baddbmm(b2, inner, w2))
            h = torch.relu(self.shortcut * h + branch)
        out: Tensor = self.last(h)
        return out
