"""C22: what the two graph experiments share: which labels are known, the networks, and the rules that learn nothing."""

from dataclasses import dataclass

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from torch import Tensor

from lecture.experiments.experiment import Experiment
from lecture.models.graph_network import GraphNetwork, normalised
from lecture.models.label_propagation import Numbers, spread
from lecture.seeds import Seeds
from lecture.training.loss import cross_entropy
from lecture.training.optimisers import Adam


@dataclass(frozen=True, kw_only=True)
class FewLabels(Experiment):
    """Name the side of each node of a graph from its links and a few nodes whose side is known.

    Attributes:
        known: Nodes of each side that are known.
        width: Hidden units, as in Kipf and Welling (2017).
        rate: Learning rate of Adam.
        steps: Of training, each with all known nodes.
        keep: Share of a node's score that comes from its neighbours, in label propagation.
    """

    known: int
    width: int = 16
    rate: float
    steps: int
    keep: float

    def network(
        self, seeds: Seeds, links: Tensor | None, labels: Tensor, known: Tensor, features: Tensor | None = None
    ) -> Tensor:
        """Train a graph network on the known labels and return which nodes it gets right, ``[R, nodes]``, 0 or 1.

        Links are 0 or 1, ``[R, nodes, nodes]``, or None for a network that ignores the graph; features are
        ``[R, nodes, inputs]``, or None where nodes have none. Of the labels, 0 or 1, ``[R, nodes]``, only those of the
        known nodes, ``[R, K]``, are used.
        """
        nodes = labels.shape[1]
        alone = torch.zeros(len(labels), nodes, nodes, device=labels.device)
        table = normalised(alone if links is None else links)
        inputs = nodes if features is None else features.shape[2]
        model = GraphNetwork(seeds.stream("weights"), inputs=inputs, width=self.width, classes=2)
        optimiser = Adam(model, self.rate)
        told = torch.gather(labels, 1, known)
        for _ in range(self.steps):
            losses = cross_entropy(model(table, features, known), told)
            torch.autograd.backward(losses, torch.ones_like(losses))
            optimiser.step()
        with torch.no_grad():
            outputs: Tensor = model(table, features)
        return (outputs.argmax(-1) == labels).float()


def choose(seeds: Seeds, labels: Tensor, each: int) -> Tensor:
    """Return nodes whose labels ``[R, nodes]`` are known, ``[R, 2 * each]``: ``each`` of both, drawn seed by seed."""
    order = seeds.stream("known").permutation(labels.shape[1])
    drawn = torch.gather(labels, 1, order)
    rows = [
        torch.cat([nodes[label == kind][:each] for kind in (0, 1)]) for nodes, label in zip(order, drawn, strict=True)
    ]
    return torch.stack(rows)


def signs(labels: Tensor, known: Tensor) -> Numbers:
    """Return 1 or -1 where the label is known, 0 elsewhere, ``[R, nodes]``."""
    both = 2.0 * labels - 1
    return np.asarray(torch.zeros_like(both).scatter(1, known, torch.gather(both, 1, known)).cpu().numpy(), np.float64)


def propagation(links: Tensor, labels: Tensor, known: Tensor, keep: float) -> Tensor:
    """Return which nodes label propagation gets right, ``[R, nodes]``: 0 or 1, one half where it does not know."""
    told = signs(labels, known)
    graphs = links.cpu().numpy().astype(np.float64)
    return right(np.stack([spread(graph, row, keep) for graph, row in zip(graphs, told, strict=True)]), labels)


def averaged(links: Tensor, labels: Tensor, known: Tensor, features: Tensor) -> Tensor:
    """Return which nodes logistic regression gets right from features averaged over the graph, ``[R, nodes]``, 0 or 1.

    The mean that a graph network takes in each layer is taken twice beforehand, and nothing else is left of the network
    (Wu et al. 2019, eq. 8). Features are ``[R, nodes, inputs]``; it learns from the known nodes, ``[R, K]``.
    """
    table = normalised(links)
    smooth = (table @ (table @ features)).cpu().numpy()
    scores = [
        LogisticRegression().fit(x[nodes], label[nodes]).decision_function(x)
        for x, label, nodes in zip(smooth, labels.cpu().numpy(), known.cpu().numpy(), strict=True)
    ]
    return right(np.stack(scores), labels)


def right(scores: Numbers, labels: Tensor) -> Tensor:
    """Return 1 where a score has the sign of its label, 0 where the other, one half where it is 0, ``[R, nodes]``."""
    sides = torch.from_numpy(np.sign(scores)).to(labels.device) * (2 * labels - 1)
    return ((1 + sides) / 2).float()


def unknown(found: Tensor, known: Tensor) -> list[float]:
    """Return each replica's share of right answers among the nodes whose labels were not known."""
    weight = torch.ones_like(found, dtype=torch.float64).scatter(1, known, 0.0)
    return [float(share) for share in (found * weight).sum(1) / weight.sum(1)]
