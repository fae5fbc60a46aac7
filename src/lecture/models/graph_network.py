"""The graph network of Kipf and Welling (2017) for R networks at once, and what it must be told: who knows whom."""

import torch
from torch import Tensor, nn

from lecture.models.initialisers import xavier
from lecture.seeds import Stream


class GraphNetwork(nn.Module):
    """Two layers; before each, every node takes a mean over its neighbours: ``Â relu(Â X W1) W2`` (eq. 9).

    Where nothing is known of a node but who it is, X is the identity, so that ``Â X W1`` is ``Â W1``, as in the paper's
    experiments without features. The same weights with the identity in the place of Â are a network that ignores
    the graph.

    Attributes:
        first: ``[R, inputs, width]``; without features one input a node, what it says.
        second: ``[R, width, classes]``.
    """

    def __init__(self, stream: Stream, *, inputs: int, width: int, classes: int) -> None:
        super().__init__()
        self.first = nn.Parameter(xavier(stream, inputs, width, (inputs, width)))
        self.second = nn.Parameter(xavier(stream, width, classes, (width, classes)))

    def forward(self, table: Tensor, features: Tensor | None = None, asked: Tensor | None = None) -> Tensor:
        """Return the outputs ``[R, nodes, classes]``; of those asked, ``[R, Q]``, only.

        Args:
            table: Â, ``[R, nodes, nodes]``.
            features: X, ``[R, nodes, inputs]``; the identity if there are none.
            asked: Nodes.
        """
        hidden = torch.relu(table @ (self.first if features is None else features @ self.first))
        if asked is not None:
            table = torch.gather(table, 1, asked[:, :, None].expand(-1, -1, table.shape[2]))
        return table @ hidden @ self.second


def normalised(links: Tensor) -> Tensor:
    """Return Â, ``[R, nodes, nodes]``: a node is its own neighbour, links 0 or 1 scaled by both degrees (eq. 8)."""
    with_self = links + torch.eye(links.shape[-1], device=links.device)
    root = with_self.sum(-1).rsqrt()
    return root[..., :, None] * with_self * root[..., None, :]
