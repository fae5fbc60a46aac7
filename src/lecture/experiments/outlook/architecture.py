"""A table of architectures: every network of a small space, trained once for each seed, for searches to look up."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import product
from math import nan
from typing import ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.experiments.sizes import Passes
from lecture.models.cnn import cnn
from lecture.models.design import Design, network, space
from lecture.seeds import Seeds, Stream
from lecture.training.fit import checkpoints
from lecture.training.scores import evaluate

DEFAULT, SEARCHED = "default", "searched"
PAPERS = Design(3, 25, 3, "stride", False)  # what the paper's network is called in the language of the space
ANOTHER = 100_000  # from one start of a seed to its next

Replica = tuple[Design, int, int]  # design, start, seed


@dataclass(frozen=True, kw_only=True)
class Architecture(Passes, Experiment):
    """Trains every design of :mod:`lecture.models.design`, and the network of the MNIST-1D paper, in the same way.

    A search that asks for a design reads its row instead of training it, as in NAS-Bench-101 (Ying et al. 2019). Each
    seed has data, starts and orders of its own, and so its own table: what two tables tell is independent. The default
    is trained from several starts: as many as a search trains networks, so that luck is offered to both.

    Five tables, the first plan, did not tell evolution from chance: seeds 0 to 4 and 100 to 104 gave different
    verdicts. So there are eight, as many as the budget of computing allows, whatever they say.

    The learning rate was chosen for the paper's network, the default, on validation data of pilot seeds (1000 to
    1004), of 0.003, 0.01, 0.02 and 0.03.

    Attributes:
        validation: Signals by which a search chooses.
        test: Signals on which the choice is then judged.
        rate: Adam's learning rate at the start; it falls to zero along half a cosine.
        starts: Of the default, for each seed.
        looks: Shares of the training after which the validation signals are looked at, as ``(1, of)``.
    """

    seeds: int = 8
    examples: int = 4000
    validation: int = 1000
    test: int = 1500
    rate: float = 0.02
    batch: int = 32
    steps: int = 180
    starts: int = 8
    looks: tuple[int, ...] = (9, 3, 1)

    presets: ClassVar = {
        "smoke": {"seeds": 2, "examples": 40, "validation": 20, "test": 20, "batch": 4, "steps": 9, "starts": 2},
        "full": {"seeds": 10, "examples": 10_000, "steps": 3600},
    }
    core_seconds: ClassVar[float] = 40.0
    size: ClassVar[str] = (
        "{designs} designs, {examples} signals of MNIST-1D, {steps} steps = {passes} passes; the default from {starts} "
        "starts"
    )

    @property
    def designs(self) -> int:
        """Designs in the space."""
        return len(space())

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``design``, its choices, ``seed``, ``start``, ``steps`` so far, and what was reached and spent.

        ``design`` is ``"default"`` for the paper's network and else ``"searched"``. ``validation`` and ``test`` are
        accuracies, the latter at the end alone; ``multiply_adds`` are those of one signal's forward pass.
        """
        own = self.seeds_on(device).stack(partial(split, self.examples, self.validation + self.test))
        tables, n = [], self.validation
        for name, replicas, model in self._models(device):
            rows = [
                asdict(design) | {"design": name, "seed": seed, "start": start, "multiply_adds": design.multiply_adds()}
                for design, start, seed in replicas
            ]
            place = torch.tensor([seed - self.first_seed for _, _, seed in replicas], device=device)
            seeds = Seeds(tuple(seed + ANOTHER * start for _, start, seed in replicas), device)
            x, y, *new = (part[place] for part in own)
            seen, unseen = ([part[:, some] for part in new] for some in (slice(n), slice(n, None)))
            trained, ends = model(seeds.stream("weights")), [self.steps // look for look in self.looks]
            for end in checkpoints(trained, x, y, seeds, at=ends, batch=self.batch, steps=self.steps, rate=self.rate):
                accuracies = evaluate(trained, seen[0], seen[1]).accuracy.tolist()
                table = pd.DataFrame(rows).assign(steps=end, validation=accuracies, test=nan)
                if end == self.steps:
                    table["test"] = evaluate(trained, unseen[0], unseen[1]).accuracy.tolist()
                tables.append(table)
        return pd.concat(tables, ignore_index=True)

    def _models(self, device: torch.device) -> Iterator[tuple[str, list[Replica], Callable[[Stream], nn.Module]]]:
        """Yield networks of equal shape: a name, each replica's design, start and seed, and how to make them."""
        yield DEFAULT, list(product([PAPERS], range(self.starts), self.seed_range())), cnn
        for design in space():
            if not design.shortcut:
                both = list(product((design, replace(design, shortcut=True)), [0], self.seed_range()))
                shortcut = torch.tensor([float(d.shortcut) for d, _, _ in both], device=device)
                yield SEARCHED, both, partial(network, design=design, shortcut=shortcut)
