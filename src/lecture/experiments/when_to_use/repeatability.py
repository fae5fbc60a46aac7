"""C23: the same training on the same data, again and again: whether the answers agree, and know how sure to be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar

import numpy as np
import pandas as pd
import torch
from sklearn.base import ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.frozen import FrozenEstimator
from torch import Tensor

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.experiments.saturation import rivals
from lecture.experiments.sizes import Passes
from lecture.models.calibration import brier_score, calibration_error, reliability, temperatures
from lecture.models.cnn import cnn
from lecture.training.fit import fit
from lecture.training.loss import cross_entropy

LEAST = 1e-3
"""The least probability a forest gives: a class that none of its trees votes for gets 0, which has no logarithm."""


@dataclass(frozen=True, kw_only=True)
class Repeatability(Passes, Experiment):
    """Train four methods several times on one set, then once on another set of the same size, and compare the answers.

    A seed is a set of data of its own (MNIST-1D without end), so intervals over seeds speak of independent
    repetitions. The runs on it share the data; their start and the order of the examples differ, or the seed of the
    forest. For the two methods without randomness the second run sees the examples in reverse order. ``other`` is the
    run on the other set.

    Probabilities are a method's own, of the forest the share of votes; a support vector machine has none and gets
    Platt's sigmoids, fitted to the validation examples, one a class (Platt 1999; Zadrozny and Elkan 2002). The same
    examples fit the temperatures. An ensemble's probability is its members' mean (Lakshminarayanan et al. 2017).

    The classical methods have the settings of :mod:`lecture.experiments.saturation.rivals`, and the forest as many
    trees as scikit-learn gives it by default. (A first run had 40, for speed, and two such forests disagreed as often
    as two networks. More votes are calmer, of trees as of networks.) The network's learning rate is the better in
    accuracy of 0.01 and 0.02 on seed 1000, and it trains until nearly all training examples are right. That decides how
    sure it is of itself: in the pilot, 1,000 steps got 95 % of 2,000 training examples right and 93 % of 4,000, and the
    calibration error was a fifth with the larger set.

    The first network of each set is trained once more, by itself, from the same seed: ``network, same seed``.

    Attributes:
        runs: Networks on each set; the first and the second half are an ensemble each.
        validation: Examples that fit temperatures and sigmoids.
        test: Test examples.
        channels: Of each of the network's three convolutions.
        rate: Learning rate of Adam at the start; it falls to 0.
        trees: Of the forest.
    """

    seeds: int = 5
    runs: int = 10
    examples: int = 2000
    validation: int = 1000
    test: int = 2000
    channels: int = 16
    steps: int = 700
    batch: int = 50
    rate: float = 0.02
    trees: int = 100

    presets: ClassVar = {
        "smoke": {
            "seeds": 2, "runs": 4, "examples": 60, "validation": 100, "test": 60, "channels": 2, "steps": 4, "trees": 2,
        },
        "full": {"seeds": 20, "examples": 4000, "test": 10_000, "channels": 25, "steps": 6000, "trees": 500},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 70.0
    size: ClassVar[str] = (
        "{examples} signals of MNIST-1D, {runs} networks of three convolutions of {channels} channels, {steps} steps = "
        "{passes} passes; forests of {trees} trees"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a tidy table: columns seed, method, quantity, at, value.

        ``at`` is the run, or the bin of the reliability diagram, or 0. Of each run: ``accuracy``, ``confidence``
        (mean), ``temperature``; ``calibration_error``, ``brier`` (score) and ``log_loss`` (nats), also after dividing
        by the temperature, with ``_scaled``. ``disagreement`` is the share of test examples on which two runs give
        different answers, mean over all pairs; ``disagreement_other`` the same with the run on the other set;
        ``bin_share``, ``bin_confidence`` and ``bin_accuracy`` are means over the runs, also with ``_scaled``.
        """
        return pd.concat([self._one(seed, device) for seed in self.seed_range()], ignore_index=True)

    def _one(self, seed: int, device: torch.device) -> pd.DataFrame:
        """Return the rows of one seed."""
        sizes = [self.examples, self.examples, self.validation, self.test]
        x, y = mnist1d.generate(sum(sizes), seed)
        here, other, seen, unseen = zip(torch.split(x, sizes), torch.split(y, sizes), strict=True)
        sets = {"here": here, "other": other, "seen": seen, "unseen": unseen}
        rows: list[dict[str, Any]] = []
        for method, answers in (
            ("logistic", _classical(sets, [rivals.logistic()] * 3, order=-1)),
            ("SVM", _classical(sets, [rivals.svm()] * 3, order=-1)),
            ("forest", _classical(sets, [rivals.forest(self.trees, 1000 * seed + run) for run in range(3)])),
            ("network", self._network(sets, seed, device, self.runs)),
        ):
            rows += _rows(method, answers, self.validation, seen[1], unseen[1])
            if method == "network":
                # Not the logarithm of the mean: a class that all members rule out would get minus infinity.
                teams = torch.stack([half.logsumexp(0) for half in answers[:-1].chunk(2)]).log_softmax(2)
                rows += _rows("ensemble", teams, self.validation, seen[1], unseen[1], other=False)
                again = self._network(sets, seed, device, runs=1)
                repeated = torch.stack([answers[0], again[0]]).argmax(2)[:, self.validation :]
                differ = _disagreement([tuple(repeated)]).item()
                rows.append({"method": "network, same seed", "quantity": "disagreement", "at": 0, "value": differ})
        return pd.DataFrame(rows).assign(seed=seed)[["seed", "method", "quantity", "at", "value"]]

    def _network(self, sets: Mapping[str, tuple[Tensor, Tensor]], seed: int, device: torch.device, runs: int) -> Tensor:
        """Return the log-probabilities of ``runs`` networks and of one more, on the other set."""
        seeds = self.grid(device, [1000 * seed + run for run in range(runs + 1)]).seeds
        x, y = seeds.stack(lambda seed: sets["other" if seed == seeds.values[-1] else "here"])
        model = cnn(seeds.stream("weights"), channels=self.channels)
        fit(model, x, y, seeds, batch=self.batch, steps=self.steps, rate=self.rate)
        new = torch.cat([sets["seen"][0], sets["unseen"][0]]).to(device)
        with torch.no_grad():
            parts = [model.eval()(part.expand(len(seeds), *part.shape)) for part in torch.split(new, 500)]
        return torch.cat(parts, 1).log_softmax(2).cpu()


def _classical(sets: Mapping[str, tuple[Tensor, Tensor]], methods: Sequence[ClassifierMixin], order: int = 1) -> Tensor:
    """Return log-probabilities ``[3, n, classes]``: of a method, of the second run, and of one on the other set.

    The second run may see its examples in reverse order, -1.
    """
    x_seen, y_seen = map(np.asarray, sets["seen"])
    new = np.concatenate([x_seen, sets["unseen"][0]])
    found = []
    for method, data, step in zip(methods, ("here", "here", "other"), (1, order, 1), strict=True):
        x, y = (np.asarray(part)[::step] for part in sets[data])
        fitted = method.fit(x, y)
        if not hasattr(fitted, "predict_proba"):
            fitted = CalibratedClassifierCV(FrozenEstimator(fitted), method="sigmoid").fit(x_seen, y_seen)
        found.append(fitted.predict_proba(new))
    return torch.from_numpy(np.stack(found)).float().clamp_min(LEAST).log().log_softmax(2)


def _rows(
    method: str, answers: Tensor, validation: int, y_seen: Tensor, y: Tensor, other: bool = True
) -> list[dict[str, Any]]:
    """Return what log-probabilities ``[R, validation + test, classes]`` say; the last may be of the other set."""
    own = answers[:-1] if other else answers
    heat = temperatures(own[:, :validation], y_seen)
    test = own[:, validation:]
    scaled = (test / heat[:, None, None]).log_softmax(2)
    named = test.argmax(2)
    quantities: dict[str, Tensor] = {
        "accuracy": (named == y).float().mean(1),
        "confidence": test.exp().amax(2).mean(1),
        "temperature": heat,
        "disagreement": _disagreement(combinations(named, 2)),
    }
    if other:
        elsewhere = answers[-1, validation:].argmax(1)
        quantities["disagreement_other"] = _disagreement((each, elsewhere) for each in named)
    for suffix, probabilities in (("", test), ("_scaled", scaled)):
        diagram = reliability(probabilities, y)
        quantities[f"calibration_error{suffix}"] = calibration_error(diagram)
        quantities[f"brier{suffix}"] = brier_score(probabilities, y)
        quantities[f"log_loss{suffix}"] = cross_entropy(probabilities, y.expand(len(probabilities), -1))
        pooled = reliability(probabilities.flatten(0, 1)[None], y.repeat(len(probabilities)))[0]
        for name, bins in zip(("share", "confidence", "accuracy"), pooled, strict=True):
            quantities[f"bin_{name}{suffix}"] = bins
    return [
        {"method": method, "quantity": quantity, "at": at, "value": value}
        for quantity, values in quantities.items()
        for at, value in enumerate(values.tolist())
    ]


def _disagreement(pairs: Iterable[tuple[Tensor, ...]]) -> Tensor:
    return torch.stack([(one != other).float().mean() for one, other in pairs]).mean(0, keepdim=True)
