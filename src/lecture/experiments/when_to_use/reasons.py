"""Which columns decided? The answers of trees, linear models and networks whose training rows were drawn again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import ClassVar, NamedTuple

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier
from torch import nn

from lecture.data import tables
from lecture.data.tables import Floats, Labels
from lecture.experiments.experiment import Experiment
from lecture.models.initialisers import he
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.fit import fit
from lecture.training.optimisers import Adam
from lecture.training.solved import replicas_of

Split = tuple[list[tuple[Floats, Labels]], list[tuple[Floats, Labels]]]
Named = NDArray[np.bool_]
"""Which columns are named for each test row, ``[n, d]``."""
QUESTIONS = 3
"""Depth of the tree, and columns that the others name for each row."""
ALIKE = 0.8
"""Columns whose correlation is as large on average, in either direction, are one group."""


class Told(NamedTuple):
    """What one model says.

    Attributes:
        answers: For each test row, ``[n]``.
        named: The columns it names as its reasons, ``[n, d]``.
        answer: Answers rows ``[m, d]``.
    """

    answers: Labels
    named: Named
    answer: Callable[[Floats], Labels]


@dataclass(frozen=True, kw_only=True)
class Reasons(Experiment):
    """Tells for each tumour which columns decided, and asks how much of that another training set would repeat.

    Each seed keeps a fifth of the rows for testing and draws ``draws`` bootstrap samples from the rest. A tree of depth
    3 names the columns on the row's path, at most three; a linear model and a network name three each: those
    with the largest contribution, weight or gradient times input. The network also names those of the largest gradient,
    as saliency maps of images do. ``network, same rows`` are networks that differ in their start and order alone.

    Whether the named columns carry the answer is tested by taking them away, or all others (Petsiuk et al. 2018, for
    pixels): they get the values of a training row drawn at random. As a bar, as many columns drawn at random go.

    Nothing was tuned for these questions: the network is the one of ``when_to_use.tabular`` before its search, without
    dropout.

    Attributes:
        table: Name in :mod:`lecture.data.tables`, with two classes.
        strangers: Training rows that lend their values, one after another.
        draws: Bootstrap samples, and networks on the same rows.
        steps: Steps of a network.
        width: Hidden units in each of its two layers.
        rate: Learning rate of Adam at the start; it falls to zero along a cosine.
        decay: Decoupled weight decay.
    """

    seeds: int = 10
    table: str = "cancer"
    strangers: int = 10
    draws: int = 4
    steps: int = 120
    width: int = 64
    rate: float = 1e-2
    decay: float = 1.0

    presets: ClassVar = {"smoke": {"seeds": 2, "draws": 2, "steps": 20, "width": 8}, "full": {"seeds": 50, "draws": 10}}
    core_seconds: ClassVar[float] = 2.5
    size: ClassVar[str] = (
        "{draws} samples of the table '{table}', a network of two hidden layers of {width} units, {steps} steps"
    )

    def data_digest(self) -> str:
        """Return what identifies the table."""
        return tables.digest((self.table,))

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return rows of seed, model, quantity and value, means over all pairs of training sets, or over all sets.

        ``shared`` is the overlap of the columns named for a row, ``shared_groups`` that of their groups; ``agreement``
        the share of rows with the same answer, ``error`` the share of wrong ones. ``deletion`` is the share of answers
        that change without the named columns, ``deletion_random`` without as many others, ``insertion`` the share that
        stays with the named columns alone.
        """
        rows = []
        splits = [self._split(seed) for seed in self.seed_range()]
        networks = self._networks(splits, device)
        for seed, (draws, ((x, _), (x_test, y_test))), found in zip(self.seed_range(), splits, networks, strict=True):
            trees = [DecisionTreeClassifier(max_depth=QUESTIONS, random_state=0).fit(*draw) for draw in draws]
            lines = [LogisticRegression(max_iter=500).fit(*draw) for draw in draws]
            models = {
                "tree": [Told(tree.predict(x_test), path_columns(tree, x_test), tree.predict) for tree in trees],
                "linear": [
                    Told(line.predict(x_test), largest(np.abs(line.coef_ * x_test)), line.predict) for line in lines
                ],
                **found,
            }
            groups = alike(x)
            random = np.random.default_rng([seed, 5])
            strangers = x[random.integers(len(x), size=self.strangers)]
            for model, told in models.items():
                quantities = compare(told, y_test, groups) | tested(told, x_test, strangers, random)
                rows += [(seed, model, quantity, value) for quantity, value in quantities.items()]
        return pd.DataFrame(rows, columns=["seed", "model", "quantity", "value"])

    def _split(self, seed: int) -> Split:
        """Return the bootstrap samples, then the rows they come from and the rows to test on."""
        table = tables.load(self.table)
        n = len(table.y)
        (x, y), (x_test, y_test) = table.split((n - n // 5, n // 5), seed)
        scale = StandardScaler().fit(x)
        x, x_test = scale.transform(x), scale.transform(x_test)
        drawn = np.random.default_rng([seed, 4]).integers(len(y), size=(self.draws, len(y)))
        return [(x[draw], y[draw]) for draw in drawn], [(x, y), (x_test, y_test)]

    def _networks(self, splits: Sequence[Split], device: torch.device) -> list[dict[str, list[Told]]]:
        """Return for each seed the networks' answers and reasons, by the way in which they give them."""
        sets = [rows for draws, (whole, _) in splits for rows in (*draws, *[whole] * self.draws)]
        tests = [test[0] for draws, (_, test) in splits for _ in range(2 * self.draws)]
        x, x_test = (torch.stack([torch.from_numpy(part).float() for part in parts]).to(device)
                     for parts in ([rows for rows, _ in sets], tests))  # fmt: skip
        y = torch.stack([torch.from_numpy(labels) for _, labels in sets]).to(device)
        members = tuple(1000 * seed + member for seed in self.seed_range() for member in range(2 * self.draws))
        seeds = Seeds(members, device)
        weights, inputs = seeds.stream("weights"), x.shape[2]
        network = mlp(weights, depth=2, width=self.width, activation=nn.ReLU, init=he, inputs=inputs, classes=2)
        adam = partial(Adam, weight_decay=self.decay)
        fit(network, x, y, seeds, batch=64, steps=self.steps, rate=self.rate, optimiser=adam)
        network.eval()
        x_test.requires_grad_()
        logits = network(x_test)
        (gradient,) = torch.autograd.grad((logits[..., 1] - logits[..., 0]).sum(), x_test)
        answers = logits.argmax(-1).cpu().numpy()
        ways = (gradient * x_test).detach(), gradient
        asked = [partial(replies, replicas_of(network, torch.arange(len(members)) == r)) for r in range(len(members))]
        by_contribution, by_slope = (
            [Told(*one) for one in zip(answers, map(largest, way.abs().cpu().numpy()), asked, strict=True)]
            for way in ways
        )
        starts = range(0, len(members), 2 * self.draws)
        drawn, same = ([slice(start + i, start + i + self.draws) for start in starts] for i in (0, self.draws))
        return [
            {
                "network": by_contribution[own],
                "network, gradient": by_slope[own],
                "network, same rows": by_contribution[other],
            }
            for own, other in zip(drawn, same, strict=True)
        ]


def path_columns(tree: DecisionTreeClassifier, x: Floats) -> Named:
    """Return which columns the tree asks about on each row's way to its leaf."""
    visited = tree.decision_path(x).toarray().astype(bool)
    asked = tree.tree_.feature[:, None] == np.arange(x.shape[1])  # a leaf has a negative number
    return np.asarray(visited @ asked)


def largest(scores: Floats) -> Named:
    """Return where each row has its three largest scores."""
    ranks = np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1)
    return np.asarray(ranks < QUESTIONS)


def replies(network: nn.Module, rows: Floats) -> Labels:
    """Return what a network, the only replica of its kind, answers to rows ``[m, d]``."""
    weight = next(network.parameters())
    with torch.no_grad():
        logits = network(torch.from_numpy(rows).to(weight)[None])
    return np.asarray(logits[0].argmax(-1).cpu().numpy())


def alike(x: Floats) -> Labels:
    """Return the group of each column, ``[d]``, from 1: columns that say much the same are one group."""
    distance = 1 - np.abs(np.corrcoef(x.T))
    tree = linkage(squareform(distance, checks=False), method="average")
    return np.asarray(fcluster(tree, 1 - ALIKE, criterion="distance"))


def compare(told: Sequence[Told], y: Labels, groups: Labels) -> dict[str, float]:
    """Return how much two models share of their reasons and of their answers, mean over pairs, and their error.

    The overlap of two sets of columns is twice their common ones over the sum of their sizes (Dice 1945).
    """
    members = np.unique(groups)[None] == groups[:, None]
    found: dict[str, list[float]] = {"shared": [], "shared_groups": [], "agreement": []}
    for one, other in combinations(told, 2):
        found["shared"].append(overlap(one.named, other.named))
        found["shared_groups"].append(overlap(one.named @ members, other.named @ members))
        found["agreement"].append(float(np.mean(one.answers == other.answers)))
    error = float(np.mean([one.answers != y for one in told]))
    return {quantity: float(np.mean(values)) for quantity, values in found.items()} | {"error": error}


def overlap(named: Named, others: Named) -> float:
    """Return how much two models' reasons ``[n, d]`` have in common, a share, mean over the rows."""
    sizes = named.sum(1) + others.sum(1)
    return float(np.mean(2 * (named & others).sum(1) / np.maximum(sizes, 1)))


def tested(told: Sequence[Told], x: Floats, strangers: Floats, random: np.random.Generator) -> dict[str, float]:
    """Return how often answers to rows ``[n, d]`` change without some columns, mean over models and strangers."""
    found: dict[str, list[float]] = {"deletion": [], "deletion_random": [], "insertion": []}
    for one in told:
        shuffled = random.permuted(one.named, axis=1)
        for stranger in strangers:
            for quantity, gone in (("deletion", one.named), ("deletion_random", shuffled), ("insertion", ~one.named)):
                changed = one.answer(np.where(gone, stranger, x)) != one.answers
                found[quantity].append(float(np.mean(changed)))
    means = {quantity: float(np.mean(values)) for quantity, values in found.items()}
    return means | {"insertion": 1 - means["insertion"]}
