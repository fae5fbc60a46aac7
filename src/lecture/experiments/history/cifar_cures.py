"""C07 at a larger scale: a convolutional network that overfits the photographs of CIFAR-10, and the cures for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.experiments.cifar import CifarTraining
from lecture.experiments.one_network import aside, drawn, with_pilots
from lecture.models.convnet import convnet
from lecture.training.checkpoint import once
from lecture.training.single import Recipe, Set, Training, constant, cosine, fit, generator, mirrored_and_shifted, score


@dataclass(frozen=True, kw_only=True)
class Cure:
    """What is done against overfitting.

    Attributes:
        dropout: Probability with which a unit of a full layer is switched off.
        weight_decay: Added to the gradient as ``weight_decay * weight``.
        augmented: Whether the photographs are mirrored and shifted by up to four pixels at random.
        normalised: Whether hidden layers are normalised.
        stop_early: Whether a fifth of the photographs is kept back to tell when to stop.
        times: How many times as many photographs.
    """

    dropout: float = 0.0
    weight_decay: float = 0.0
    augmented: bool = False
    normalised: bool = False
    stop_early: bool = False
    times: int = 1


CURES: Mapping[str, tuple[Cure, ...]] = {
    "nothing": (Cure(),),
    "dropout": tuple(Cure(dropout=p) for p in (0.25, 0.5, 0.75)),
    "weight decay": tuple(Cure(weight_decay=w) for w in (0.0005, 0.002, 0.008)),
    "batch norm": (Cure(normalised=True),),
    "early stopping": (Cure(stop_early=True),),
    "augmentation": (Cure(augmented=True),),
    "dropout + augmentation": (Cure(dropout=0.5, augmented=True),),
    "4x data": (Cure(times=4),),
    "8x data": (Cure(times=8),),
    "dropout, 8x data": tuple(Cure(dropout=p, times=8) for p in (0.25, 0.5)),
    "weight decay, 8x data": tuple(Cure(weight_decay=w, times=8) for w in (0.0005, 0.002)),
    "augmentation, 8x data": (Cure(augmented=True, times=8),),
}
"""Each cure with the strengths that are on offer."""


@dataclass(frozen=True, kw_only=True)
class CifarCures(CifarTraining):
    """Trains one network on an eighth of CIFAR-10, as it is and with each cure, and on all of it; steps are equal.

    The network is that of Srivastava et al. (2014, appendix B) in its proportions; dropout is where AlexNet has it, in
    the full layers. Every cure is offered the same learning rates, and its strengths: pilot seeds choose by photographs
    that are set aside from the training set. Each seed draws its own training photographs; all are tested on the
    official test set. The table is that of ``history.cures``, and both predicates of C07 judge it. They correct for
    seeds that share test images by a factor which is too large here, so they leave more open than they must.

    Attributes:
        examples: Training photographs without more data.
        maps: Feature maps of the convolutions.
        units: Units of the full layers between them and the output.
        steps: Steps of each training run; the rate falls to zero along half a cosine (not with early stopping, which
            does not know when it will end).
        rates: Learning rates on offer.
        pilots: Pilot seeds that choose rate and strength.
        look: Steps between two looks at the photographs that early stopping keeps back.
    """

    examples: int = 6250
    maps: tuple[int, ...] = (96, 128, 256)
    units: tuple[int, ...] = (2048, 2048)
    steps: int = 40_000
    rates: tuple[float, ...] = (0.003, 0.01, 0.03)
    pilots: int = 1
    look: int = 400

    cures: ClassVar[Mapping[str, tuple[Cure, ...]]] = CURES
    in_place_of: ClassVar[str] = "history.cures"
    few_steps: ClassVar = {
        "seeds": 2, "examples": 10, "maps": (4, 4, 4), "units": (8, 8), "steps": 4, "batch": 4, "rates": (0.01,),
        "look": 2,
    }  # fmt: skip
    size: ClassVar[str] = (
        "convolutions of {maps} maps, full layers of {units} units, {steps} steps of {batch}, {examples} to 50,000 "
        "photographs of CIFAR-10"
    )
    core_seconds: ClassVar[float] = 1e7

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each cure and seed.

        Columns are ``cure``, ``examples``, ``rate``, ``dropout``, ``weight_decay``, ``seed``, and, on photographs as
        they are, with nothing switched off, ``train_loss``, ``train_accuracy``, ``test_loss``, ``test_accuracy``.
        """
        train, test = self.data(device)
        rows: list[dict[str, Any]] = []
        for name in self.cures:
            n, (training, cure) = self._examples(name), self._chosen(name, train)
            told = {"cure": name, "examples": n, "rate": training.recipe.rate, "dropout": cure.dropout}
            for seed in self.seed_range():
                found = self._treated(training, cure.stop_early, seed, drawn(train, n, seed), test)
                rows.append({**told, "weight_decay": cure.weight_decay, "seed": seed, **found})
        return pd.DataFrame(rows)

    def trainings(self) -> Iterator[Training]:
        """Yield the pilots of each cure, and its reported runs with the first of what is on offer."""
        for name in self.cures:
            yield from with_pilots(list(self._candidates(name)), self.pilots)

    def _examples(self, name: str) -> int:
        return self.examples * self.cures[name][0].times

    def _candidates(self, name: str) -> dict[Training, Cure]:
        """Return each strength at each rate, a training each."""
        n = self._examples(name)
        found = {}
        for cure in self.cures[name]:
            looks = self.steps // self.look if cure.stop_early else 1
            for rate in self.rates:
                recipe = Recipe(
                    rate=rate, steps=self.steps, batch=self.batch, momentum=self.momentum,
                    weight_decay=cure.weight_decay, augment=mirrored_and_shifted if cure.augmented else None,
                    schedule=constant if cure.stop_early else cosine,
                )  # fmt: skip
                told = f"{name}, {cure.dropout:g}, {cure.weight_decay:g}, at {rate:g}"
                training = Training(told, partial(self._network, cure), recipe, self.seeds, looks * (n + 10_000))
                found[training] = cure
        return found

    def _chosen(self, name: str, data: Set) -> tuple[Training, Cure]:
        """Return the rate and the strength of a cure that pilots choose."""
        cures, (learn, judge) = self._candidates(name), aside(data)
        few, stop_early = learn.first(self._examples(name)), self.cures[name][0].stop_early

        def error(training: Training, seed: int) -> float:
            return 1 - self._treated(training, stop_early, seed, few, judge)["test_accuracy"]

        chosen = self.best(list(cures), self.pilots, error)
        return chosen, cures[chosen]

    def _network(self, cure: Cure, seed: int) -> nn.Module:
        dropout = (cure.dropout, generator(seed, "dropout")) if cure.dropout else None
        return convnet(
            generator(seed, "weights"), maps=self.maps, units=self.units, normalised=cure.normalised, dropout=dropout
        )

    def _treated(self, training: Training, stop_early: bool, seed: int, train: Set, test: Set) -> dict[str, float]:
        """Train once and return the four scores: at the end, or where early stopping stops."""
        kept, name = len(train.y) // 5 if stop_early else 0, f"{training.name}, seed {seed}"
        back, train = train.first(kept), Set(train.x[kept:], train.y[kept:])

        def look(model: nn.Module) -> tuple[float, ...]:
            return (score(model, back).loss if kept else 0.0, *score(model, train), *score(model, test))

        def compute() -> list[dict[str, float]]:
            model = training.network(seed).to(train.x.device)
            every = self.look if stop_early else self.steps
            found = fit(name, model, train, training.recipe, seed, every=every, look=look)
            _, _, train_loss, train_error, test_loss, test_error = min(found, key=lambda row: row[1])
            accuracy = {"train_accuracy": 1 - train_error, "test_accuracy": 1 - test_error}
            return [{"train_loss": train_loss, "test_loss": test_loss, **accuracy}]

        return once(name, compute)[0]
