"""C25: error against the number of examples where the digit may lie anywhere on a long strip."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.experiments.saturation import rivals
from lecture.experiments.saturation.annealed_cnn import cube_root_steps, trained
from lecture.seeds import Seeds
from lecture.training.loop import evaluate


@dataclass(frozen=True, kw_only=True)
class TranslationHeavy(Experiment):
    """Three classical methods that know nothing of neighbouring points, and a network that is built on them.

    The task is chosen against the classical methods, and is to be called so wherever it is shown: a strip twice as
    long, and a digit that may lie anywhere on it. Settings were chosen at 3,000 examples on seeds 1000 and up:
    neighbours of 1, 5, 9 and 15; gamma of 0.00625 to 0.05 at C = 10; the network's rate of 0.01 and 0.02.

    Attributes:
        seeds: Independent data, starts and orders.
        sizes: Training examples.
        test: Test examples of each seed.
        tested: How many of them the classical methods are asked.
        most_logistic: Largest training set of logistic regression.
        most_svm: Support vector machine.
        channels: Channels of the network.
        batch: Examples a step.
        rate: Learning rate of Adam at the start; it falls to 0.
        least_steps: Steps at 100 examples; they grow with the cube root of the number of examples.
    """

    seeds: int = 5
    sizes: tuple[int, ...] = (1000, 3000, 10_000, 30_000)
    test: int = 5000
    tested: int = 2000
    most_logistic: int = 10_000
    most_svm: int = 3000
    channels: int = 32
    batch: int = 50
    rate: float = 0.02
    least_steps: int = 180

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "sizes": (100, 200, 300), "test": 200, "least_steps": 3, "channels": 4},
        "full": {
            "seeds": 10,
            "sizes": (1000, 3000, 10_000, 30_000, 100_000),
            "test": 20_000,
            "most_logistic": 100_000,
            "most_svm": 30_000,
        },
    }
    core_seconds: ClassVar[float] = 35.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, size and seed: columns seed, method, n, error (a share)."""
        most = max(self.sizes)
        methods = {
            "logistic": (self.most_logistic, rivals.logistic()),
            "neighbours": (most, rivals.neighbours()),
            "SVM": (self.most_svm, rivals.svm()),
        }
        examples = most, self.test, self.tested
        tables = [
            rivals.errors_by_size(methods, self.sizes, examples, seed, mnist1d.TRANSLATION_HEAVY)
            for seed in self.seed_range()
        ]
        return pd.concat([*tables, self._network(Seeds(tuple(self.seed_range()), device))], ignore_index=True)

    def _network(self, seeds: Seeds) -> pd.DataFrame:
        settings = mnist1d.TRANSLATION_HEAVY
        sets = [mnist1d.split(max(self.sizes), self.test, seed, settings=settings) for seed in seeds.values]
        x, y, x_test, y_test = (torch.stack(parts).to(seeds.device) for parts in zip(*sets, strict=True))
        tables = []
        for n in self.sizes:
            model = trained(
                x[:, :n],
                y[:, :n],
                seeds,
                channels=self.channels,
                batch=self.batch,
                steps=cube_root_steps(self.least_steps, n),
                rate=self.rate,
            )
            error = 1 - evaluate(model, x_test, y_test)[1].double().cpu().numpy()
            tables.append(pd.DataFrame({"seed": seeds.values, "method": "CNN", "n": n, "error": error}))
        return pd.concat(tables)
