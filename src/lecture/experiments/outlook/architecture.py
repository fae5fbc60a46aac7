"""A table of architectures: every network of a small space, trained once for each seed, for searches to look up."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from math import nan
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.models.cnn import cnn
from lecture.models.design import Design, network, space
from lecture.seeds import Seeds
from lecture.training.annealing import cosine
from lecture.training.batches import minibatches
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import Adam

DEFAULT, SEARCHED = "default", "searched"
PAPERS = Design(3, 25, 3, "stride", False)  # what the paper's network is called in the language of the space
ANOTHER = 100_000  # from one start of a seed to its next

Replica = tuple[Design, int, int]  # design, start, seed


@dataclass(frozen=True, kw_only=True)
class Architecture(Experiment):
    """Trains every design of :mod:`lecture.models.design`, and the network of the MNIST-1D paper, in the same way.

    A search that asks for a design reads its row instead of training it, as in NAS-Bench-101 (Ying et al. 2019). Each
    seed has data, starts and orders of its own, and so its own table: what two tables tell is independent. The default
    is trained from several starts: as many as a search trains networks, so that luck is offered to both.

    Five tables, the first plan, did not tell evolution from chance: seeds 0 to 4 and 100 to 104 gave different
    verdicts. So there are eight, as many as the budget of computing allows, whatever they say.

    The learning rate was chosen for the paper's network, the default, on validation data of pilot seeds (1000 to
    1004), of 0.003, 0.01, 0.02 and 0.03.

    Attributes:
        examples: Training signals, of MNIST-1D.
        validation: Signals by which a search chooses.
        test: Signals on which the choice is then judged.
        rate: Adam's learning rate at the start; it falls to zero along half a cosine.
        batch: Signals a step.
        steps: Steps of each training run.
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
    core_seconds: ClassVar[float] = 25.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``design``, its choices, ``seed``, ``start``, ``steps`` so far, and what was reached and spent.

        ``design`` is ``"default"`` for the paper's network and else ``"searched"``. ``validation`` and ``test`` are
        accuracies, the latter at the end alone; ``multiply_adds`` is one signal's way through the network.
        """
        drawn = [split(self.examples, self.validation + self.test, seed) for seed in self.seed_range()]
        own = [torch.stack(parts).to(device) for parts in zip(*drawn, strict=True)]
        tables = []
        for name, replicas, model in self._models(device):
            rows = [
                asdict(design) | {"design": name, "seed": seed, "start": start, "multiply_adds": design.multiply_adds()}
                for design, start, seed in replicas
            ]
            place = torch.tensor([seed - self.first_seed for _, _, seed in replicas], device=device)
            seeds = Seeds(tuple(seed + ANOTHER * start for _, start, seed in replicas), device)
            for steps, validation, test in self._trained(model(seeds), seeds, *(part[place] for part in own)):
                tables.append(pd.DataFrame(rows).assign(steps=steps, validation=validation, test=test))
        return pd.concat(tables, ignore_index=True)

    def _models(self, device: torch.device) -> Iterator[tuple[str, list[Replica], Callable[[Seeds], nn.Module]]]:
        """Yield networks of equal shape: a name, each replica's design, start and seed, and how to make them."""
        several = [(PAPERS, start, seed) for start in range(self.starts) for seed in self.seed_range()]
        yield DEFAULT, several, lambda seeds: cnn(seeds.stream("weights"))
        for design in space():
            if not design.shortcut:
                both = [(replace(design, shortcut=s), 0, seed) for s in (False, True) for seed in self.seed_range()]
                shortcut = torch.tensor([float(d.shortcut) for d, _, _ in both], device=device)

                def build(seeds: Seeds, design: Design = design, shortcut: Tensor = shortcut) -> nn.Module:
                    return network(seeds.stream("weights"), design, shortcut)

                yield SEARCHED, both, build

    def _trained(
        self, model: nn.Module, seeds: Seeds, x: Tensor, y: Tensor, x_new: Tensor, y_new: Tensor
    ) -> Iterator[tuple[int, list[float], list[float]]]:
        """Train, and yield the steps so far with the accuracies ``[R]`` on validation and test signals."""
        optimiser = Adam(model, self.rate)
        lower = cosine(optimiser, self.steps)
        batches = minibatches(x, y, self.batch, self.steps, seeds.stream("order"))
        n, start = self.validation, 0
        for look in self.looks:
            end = self.steps // look

            def on_step(step: int, losses: Tensor, start: int = start) -> None:
                lower(start + step, losses)

            train(model, optimiser, islice(batches, end - start), on_step=on_step)
            start = end
            validation = evaluate(model, x_new[:, :n], y_new[:, :n])[1].tolist()
            test = evaluate(model, x_new[:, n:], y_new[:, n:])[1].tolist() if end == self.steps else [nan] * len(seeds)
            yield end, validation, test
