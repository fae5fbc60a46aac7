"""C18 at full scale: error against the number of digits, to all 60,000 of MNIST, on its own 10,000 test digits.

Published errors are told for these numbers of digits and for this test set (:data:`lecture.data.literature.
when_it_pays.DIGITS`). No predicate judges the table: that of C18 asks for its classical rivals on the same digits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data import whole_mnist
from lecture.experiments.one_network import OneNetwork, drawn, growing, with_pilots
from lecture.models.digit_network import digit_network
from lecture.seeds import Stream
from lecture.training.distortions import affine
from lecture.training.single import Recipe, Set, Training, cosine, generator

METHODS = ("network", "network, distortions")
"""From the digits alone; each digit distorted anew whenever it comes."""


@dataclass(frozen=True, kw_only=True)
class MnistDigits(OneNetwork):
    """The network of ``when_to_use.distorted_digits``, wider, on ever more digits, as they are and distorted.

    Numbers of digits are those for which Bruna and Mallat (2013, table 4) report errors. The distortions are those of
    ``when_to_use.distorted_digits``. A pilot seed chooses each rate by digits that are set aside. Widths, rates on
    offer and steps (125 passes over all digits) were set by common sense: nothing has been tried at this scale.

    Attributes:
        sizes: Training digits; a larger set contains the smaller one.
        channels: Channels of the two convolutions.
        width: Units of the hidden linear layer.
        rates: Learning rates on offer; they fall to zero along half a cosine.
        least_steps: Steps at 300 digits; they grow with the cube root of the number of digits.
        turn: Largest rotation and slant, radians.
        stretch: Largest change of width and height, a share.
        reach: Largest shift, pixels.
        pilots: Pilot seeds that choose the rate.
    """

    sizes: tuple[int, ...] = (300, 1000, 2000, 5000, 10_000, 20_000, 40_000, 60_000)
    channels: tuple[int, int] = (32, 64)
    width: int = 256
    rates: tuple[float, ...] = (0.01, 0.03, 0.1)
    least_steps: int = 10_000
    turn: float = 0.2
    stretch: float = 0.15
    reach: float = 2.0
    pilots: int = 1

    sources: ClassVar[tuple[Callable[[], Any], ...]] = (whole_mnist.published,)
    held: ClassVar[int] = 2 * whole_mnist.BYTES
    """Bytes of data on the device: all digits, and those that a seed draws."""
    few_steps: ClassVar = {
        "seeds": 2, "sizes": (10, 30), "channels": (2, 4), "width": 8, "rates": (0.01, 0.03), "least_steps": 8,
        "batch": 4,
    }  # fmt: skip
    size: ClassVar[str] = (
        "{sizes} digits of MNIST, two convolutions of {channels} channels, {all_steps} steps of {batch}"
    )
    core_seconds: ClassVar[float] = 3e5

    @property
    def all_steps(self) -> tuple[int, ...]:
        """The steps for each size."""
        return tuple(map(self._steps, self.sizes))

    def data(self, device: torch.device) -> tuple[Set, Set]:
        """Return the training and the test set on the device, ``[n, 1, 28, 28]`` from 0 to 1: paper is 0."""
        train, test = (
            Set(part.x[:, None].to(device), part.y.to(device)) for part in map(whole_mnist.load, ("train", "t10k"))
        )
        return train, test

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, size and seed: columns seed, method, n, rate, error (a share)."""
        train, test = self.data(device)
        rows = []
        for (method, n), candidates in self._all().items():
            chosen = self.best_for(n, candidates, self.pilots, train)
            for seed in self.seed_range():
                (found,) = self.scored(chosen, seed, drawn(train, n, seed), test)
                rows.append((seed, method, n, chosen.recipe.rate, found.error))
        return pd.DataFrame(rows, columns=["seed", "method", "n", "rate", "error"])

    def trainings(self) -> Iterator[Training]:
        """Yield the pilots of each method and size, and its reported runs with the first of what is on offer."""
        for candidates in self._all().values():
            yield from with_pilots(candidates, self.pilots)

    def distorted(self, x: Tensor, draw: torch.Generator) -> Tensor:
        """Return digits ``[B, 1, 28, 28]``, each turned, slanted, stretched and moved by draws of its own."""
        batch, stream = x.squeeze(1)[None], _Drawn(draw, x.device)
        ((moved, _),) = affine([(batch, batch)], stream, turn=self.turn, stretch=self.stretch, reach=self.reach)
        return moved[0, :, None]

    def _steps(self, n: int) -> int:
        return growing(self.least_steps, n, 300)

    def _all(self) -> dict[tuple[str, int], list[Training]]:
        """Return a training at each rate, for each method and size."""
        found = {}
        for method, augment in zip(METHODS, (None, self.distorted), strict=True):
            for n in self.sizes:
                recipes = [
                    Recipe(
                        rate=rate, steps=self._steps(n), batch=self.batch, momentum=self.momentum, augment=augment,
                        schedule=cosine,
                    )
                    for rate in self.rates
                ]  # fmt: skip
                found[method, n] = [
                    Training(
                        f"{method}, {n} digits, at {r.rate:g}", self._network, r, self.seeds, 10_000,
                        side=whole_mnist.SIDE, colours=1,
                    )
                    for r in recipes
                ]  # fmt: skip
        return found

    def _network(self, seed: int) -> nn.Module:
        return digit_network(generator(seed, "weights"), channels=self.channels, width=self.width)


class _Drawn(Stream):
    """Numbers from a training's own generator, which its checkpoint keeps."""

    def __init__(self, draw: torch.Generator, device: torch.device) -> None:
        self.device, self.generators = device, [draw]
