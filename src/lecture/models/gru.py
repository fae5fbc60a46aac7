"""The gated recurrent network of the MNIST-1D paper, read in both directions (``GRUBase`` in the paper's code)."""

from math import sqrt

import torch
from torch import Tensor, nn

from lecture.models.layers import Linear
from lecture.models.recurrent import gated_update
from lecture.seeds import Stream


class BidirectionalGRU(nn.Module):
    """R gated recurrent layers that read a signal forwards and backwards: ``[R, B, T]`` to ``[R, B, T, 2 * hidden]``.

    The equations and the start are those of ``torch.nn.GRU``; the two directions run as if they were replicas, so that
    a step is one batched product.

    Attributes:
        weight_input: ``[R, 2, 1, 3 * hidden]``, columns in the order reset, update, new; axis 1 is the direction.
        weight_hidden: ``[R, 2, hidden, 3 * hidden]``.
        bias_input: ``[R, 2, 1, 3 * hidden]``.
        bias_hidden: ``[R, 2, 1, 3 * hidden]``.
    """

    def __init__(self, hidden: int, stream: Stream) -> None:
        super().__init__()
        self.hidden = hidden
        bound = 1 / sqrt(hidden)
        self.weight_input, self.weight_hidden, self.bias_input, self.bias_hidden = (
            nn.Parameter(stream.uniform(2, rows, 3 * hidden, low=-bound, high=bound)) for rows in (1, hidden, 1, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return the hidden state at each point, forward half first."""
        replicas, batch, _ = x.shape
        both = torch.stack((x, x.flip(2)), 1).flatten(0, 1).transpose(1, 2)  # [2R, T, B]
        weight, bias = self.weight_hidden.flatten(0, 1), self.bias_hidden.flatten(0, 1)
        driven = torch.addcmul(  # the inputs' share of all gates at all times at once: [2R, T, B, 3 * hidden]
            self.bias_input.flatten(0, 1)[:, None], both[..., None], self.weight_input.flatten(0, 1)[:, None]
        )
        gates, news = torch.split(driven, [2 * self.hidden, self.hidden], -1)
        h = x.new_zeros(2 * replicas, batch, self.hidden)
        states = []
        for gate, new in zip(gates.unbind(1), news.unbind(1), strict=True):
            recalled = torch.baddbmm(bias, h, weight)
            recalled_gate, recalled_new = torch.split(recalled, [2 * self.hidden, self.hidden], -1)
            reset, update = torch.sigmoid(gate + recalled_gate).chunk(2, -1)
            h = gated_update(h, update, reset, new, recalled_new)
            states.append(h)
        forwards, backwards = torch.stack(states, 2).view(replicas, 2, batch, -1, self.hidden).unbind(1)
        return torch.cat((forwards, backwards.flip(2)), -1)


def gru(stream: Stream, *, hidden: int = 6) -> nn.Sequential:
    """Return R networks ``[R, B, 40]`` to ``[R, B, 10]``: one two-way layer, then a linear layer over all its states.

    With 6 hidden units in each direction each has 5,134 parameters, as in the paper's code.
    """
    return nn.Sequential(BidirectionalGRU(hidden, stream), nn.Flatten(2), Linear(2 * hidden * 40, 10, stream))
