"""Trees against networks on real tables: as many trials for one side as for the other, and what a rotation changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, ClassVar

import numpy as np
import pandas as pd
import torch
from scipy.stats import ortho_group
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from lecture.data import tables
from lecture.data.tables import FROM_R, Floats, Labels
from lecture.experiments.experiment import Experiment
from lecture.experiments.when_to_use.table_networks import Run, Settings, train

Parts = Sequence[tuple[Floats, Labels]]
QUESTIONS = 3
"""Depth of the small tree: at most so many questions lead to an answer."""


@dataclass(frozen=True, kw_only=True)
class Tabular(Experiment):
    """Gradient boosting and a fully connected network search their settings with equal means, then meet the test rows.

    Each seed splits a table anew: 60 % to learn from, 20 % to choose by, 20 % to test on. Both sides get the same
    number of trials; the first is a default, the others are drawn at random for each seed. In each trial both stop
    where the loss on the rows kept for choosing is lowest, and the trial with the lowest such loss is taken. Beside
    them: logistic regression with as many values of C, and a tree of three questions that has nothing to choose.

    The chosen boosting and the chosen network then learn once more from the same rows, rotated at random: each new
    column is a mixture of all old ones (Grinsztajn et al. 2022, section 5.4).

    The network's default, the ranges of its search, its width, its steps and the scaling of the columns were set on
    seeds 1000 to 1002 by the loss on the rows kept for choosing; Gaussian quantiles instead of a shift and a scale were
    no better. Boosting's default is scikit-learn's. Seeds split one table, so intervals speak of splits and starts, not
    of fresh data.

    Attributes:
        tables: Names in :mod:`lecture.data.tables`.
        most: Rows used at most, of all three parts together.
        trials: Settings tried by each side.
        rounds: Rounds of boosting at most.
        steps: Steps of a network that learns from 500 rows or fewer; they grow with the square root of the rows.
        batch: Rows a step.
        width: Units of a hidden layer.
    """

    seeds: int = 10
    tables: tuple[str, ...] = ("doctor", "affairs", "vote", "cancer", "diabetes", "cars", *FROM_R)
    most: int = 8_000
    trials: int = 4
    rounds: int = 50
    steps: int = 120
    batch: int = 64
    width: int = 64

    presets: ClassVar = {
        "smoke": {"seeds": 2, "tables": ("diabetes", "cars"), "trials": 2, "rounds": 5, "steps": 20, "width": 8},
        "full": {"seeds": 20, "most": 20_000, "trials": 30, "rounds": 300, "steps": 1000, "width": 128},
    }
    core_seconds: ClassVar[float] = 125.0
    size: ClassVar[str] = (
        "tables of at most {most} rows ({tables}), {trials} trials a side: boosting of at most {rounds} rounds, "
        "networks of one or two hidden layers of {width} units, {steps} steps of {batch} and more"
    )

    def data_digest(self) -> str:
        """Return what identifies the tables."""
        return tables.digest(self.tables)

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each table, seed, method and form of the columns, rotated or not.

        ``error`` is the share of wrong test rows, ``n`` the number of rows learned from.
        """
        found = []
        for name in self.tables:
            parts = [self.parts(name, seed) for seed in self.seed_range()]
            turned = [rotated(split, seed) for split, seed in zip(parts, self.seed_range(), strict=True)]
            networks = self._networks(parts, turned, device)
            for seed, split, turn, errors in zip(self.seed_range(), parts, turned, networks, strict=True):
                errors = errors | self._boosting(split, turn, seed) | self._others(split)
                found += [(name, seed, len(split[0][1]), *way, error) for way, error in errors.items()]
        return pd.DataFrame(found, columns=["table", "seed", "n", "method", "rotated", "error"])

    def parts(self, name: str, seed: int) -> Parts:
        """Return rows to learn from, to choose by and to test on; columns have mean 0 and variance 1 in the first."""
        table = tables.load(name)
        n = min(len(table.y), self.most)
        parts = table.split((n - 2 * (n // 5), n // 5, n // 5), seed)
        scale = StandardScaler().fit(parts[0][0])
        return [(scale.transform(x), y) for x, y in parts]

    def _boosting(self, parts: Parts, turned: Parts, seed: int) -> dict[tuple[str, bool], float]:
        trials = [boosting_trial(seed, trial) for trial in range(self.trials)]
        found = [boosted(parts, trial, self.rounds) for trial in trials]
        chosen = int(np.argmin([loss for loss, _ in found]))
        return {
            ("boosting", False): found[chosen][1],
            ("boosting, untuned", False): found[0][1],
            ("boosting", True): boosted(turned, trials[chosen], self.rounds)[1],
        }

    def _networks(
        self, parts: Sequence[Parts], turned: Sequence[Parts], device: torch.device
    ) -> list[dict[tuple[str, bool], float]]:
        """Return the networks' errors, one dictionary a seed."""
        steps = round(self.steps * max(1.0, len(parts[0][0][1]) / 500) ** 0.5)
        runs = [
            [Run(1000 * seed + trial, network_trial(seed, trial), split) for trial in range(self.trials)]
            for seed, split in zip(self.seed_range(), parts, strict=True)
        ]

        def fitted(some: Sequence[Run]) -> list[tuple[float, float]]:
            return train(some, width=self.width, batch=self.batch, steps=steps, device=device)

        losses, errors = np.reshape(fitted([run for row in runs for run in row]), (len(runs), -1, 2)).transpose(2, 0, 1)
        chosen = losses.argmin(1)
        again = fitted([replace(row[trial], parts=turn) for row, trial, turn in zip(runs, chosen, turned, strict=True)])
        return [
            {("network", False): row[trial], ("network, untuned", False): row[0], ("network", True): error}
            for row, trial, (_, error) in zip(errors, chosen, again, strict=True)
        ]

    def _others(self, parts: Parts) -> dict[tuple[str, bool], float]:
        learned, (x_kept, y_kept), tested = parts
        fits = [LogisticRegression(C=c, max_iter=500).fit(*learned) for c in np.geomspace(0.01, 10, self.trials)]
        linear = min(fits, key=lambda model: loss(model.predict_proba(x_kept), y_kept))
        tree = DecisionTreeClassifier(max_depth=QUESTIONS, random_state=0).fit(*learned)
        return {("linear", False): 1 - linear.score(*tested), ("small tree", False): 1 - tree.score(*tested)}


def network_trial(seed: int, trial: int) -> Settings:
    """Return what a network tries: the default first, then settings that belong to the seed."""
    if trial == 0:
        return Settings(depth=2, rate=1e-2, decay=1.0, dropout=0.3)
    draw = np.random.default_rng([seed, trial, 1])
    return Settings(
        depth=(2, 1)[trial % 2],  # as many of each
        rate=float(10 ** draw.uniform(-2.7, -1.7)),
        decay=float(10 ** draw.uniform(-2, 0.5)),
        dropout=float(draw.uniform(0, 0.5)),
    )


def boosting_trial(seed: int, trial: int) -> dict[str, Any]:
    """Return what boosting tries: the default first, then settings that belong to the seed."""
    if trial == 0:  # scikit-learn's own default
        return {"learning_rate": 0.1, "max_leaf_nodes": 31, "min_samples_leaf": 20, "l2_regularization": 0.0}
    draw = np.random.default_rng([seed, trial, 2])
    return {
        "learning_rate": float(10 ** draw.uniform(-1.3, -0.5)),
        "max_leaf_nodes": int(draw.integers(3, 32)),
        "min_samples_leaf": round(10 ** draw.uniform(0.5, 1.7)),
        "l2_regularization": float(10 ** draw.uniform(-2, 1)),
    }


def boosted(parts: Parts, trial: dict[str, Any], rounds: int) -> tuple[float, float]:
    """Return the lowest loss on the rows kept for choosing, and the test error of the same round."""
    (x, y), (x_kept, y_kept), (x_test, y_test) = parts
    model = HistGradientBoostingClassifier(max_iter=rounds, max_bins=63, early_stopping=False, random_state=0, **trial)
    model.fit(x, y)
    losses = [loss(p, y_kept) for p in model.staged_predict_proba(x_kept)]
    best = int(np.argmin(losses))
    predicted = next(islice(model.staged_predict(x_test), best, None))
    return losses[best], float(np.mean(predicted != y_test))


def loss(probabilities: Floats, y: Labels) -> float:
    """Return the mean cross-entropy, nats; scikit-learn's own checks its input for longer than it takes to compute."""
    right = np.take_along_axis(probabilities, y[:, None], 1)
    return float(-np.log(right.clip(1e-12)).mean())


def rotated(parts: Parts, seed: int) -> Parts:
    """Return the same rows, each multiplied by one random rotation that belongs to the seed (Haar measure)."""
    turn = ortho_group.rvs(parts[0][0].shape[1], random_state=np.random.default_rng([seed, 3]))
    return [(x @ turn, y) for x, y in parts]
