"""A small denoising diffusion model (Ho, Jain and Abbeel 2020): noise is taken away until a picture is left.

The network is asked for the clean picture. The paper asks for the noise, and names this as the other way (its section
3.2). On so few pixels, most of them blank, the pictures came out better so in pilots.
"""

from collections.abc import Iterable, Iterator
from math import pi

import torch
from torch import Tensor, nn

from lecture.models.initialisers import he
from lecture.models.layers import Linear
from lecture.seeds import Stream

WAVES = (0.25, 0.5, 1.0, 2.0)
"""Periods in which the network is told how noisy its input is, a sine and a cosine each."""


class Denoiser(nn.Module):
    """R networks that guess the clean picture from a noisy one, its class and how noisy it is.

    Attributes:
        kept: ``[levels]``, the share of the variance that is still picture at each level of noise (the paper's
            cumulative alpha), along a quarter of a cosine as in Nichol and Dhariwal (2021).
    """

    kept: Tensor
    when: Tensor

    def __init__(
        self, stream: Stream, *, levels: int, depth: int, width: int, pixels: int = 64, classes: int = 10
    ) -> None:
        super().__init__()
        self.pixels, self.classes = pixels, classes
        share = torch.linspace(0.02, 0.98, levels, device=stream.device)
        self.register_buffer("kept", torch.cos(share * pi / 2) ** 2)
        angles = 2 * pi * torch.arange(levels, device=stream.device)[:, None] / levels
        waves = torch.tensor(WAVES, device=stream.device)
        self.register_buffer("when", torch.cat((torch.sin(angles * waves), torch.cos(angles * waves)), 1))
        layers: list[nn.Module] = []
        for fan_in in [pixels + classes + 2 * len(WAVES)] + [width] * (depth - 1):
            layers += [Linear(fan_in, width, stream, he), nn.SiLU()]
        self.network = nn.Sequential(*layers, Linear(width, pixels, stream))

    def forward(self, told: Tensor) -> Tensor:
        """Return clean pictures ``[R, B, pixels]`` for what :meth:`tell` put together."""
        found: Tensor = self.network(told)
        return found

    def tell(self, noisy: Tensor, level: Tensor, labels: Tensor) -> Tensor:
        """Return pictures ``[R, B, pixels]``, classes and levels ``[R, B]`` as one input of the network."""
        label = nn.functional.one_hot(labels, self.classes).to(noisy.dtype)
        return torch.cat((noisy, label, self.when[level]), 2)

    def noised(self, batches: Iterable[tuple[Tensor, Tensor]], stream: Stream) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield, for pictures between -1 and 1 and their labels, the network's input and what it should give out."""
        for x, y in batches:
            level = stream.integers(x.shape[1], below=len(self.kept))
            kept = self.kept[level][..., None]
            noise = stream.normal(*x.shape[1:])
            yield self.tell(kept.sqrt() * x + (1 - kept).sqrt() * noise, level, y), x

    @torch.no_grad()
    def sample(self, labels: Tensor, stream: Stream) -> Iterator[Tensor]:
        """Yield pure noise, then what is left after each step (the paper's algorithm 2); the last are the samples.

        Labels ``[R, B]`` say which class each picture is to be of.
        """
        x = stream.normal(labels.shape[1], self.pixels)
        yield x
        for step in reversed(range(len(self.kept))):
            clean = self(self.tell(x, torch.full_like(labels, step), labels)).clamp(-1, 1)
            kept, before = self.kept[step], self.kept[step - 1] if step else self.kept.new_ones(())
            ratio = kept / before
            mean = (before.sqrt() * (1 - ratio) * clean + ratio.sqrt() * (1 - before) * x) / (1 - kept)  # eq. 7
            spread = ((1 - before) / (1 - kept) * (1 - ratio)).sqrt()
            x = mean + spread * stream.normal(labels.shape[1], self.pixels) if step else mean
            yield x


def squared_error(found: Tensor, wanted: Tensor) -> Tensor:
    """Return the mean squared error of each replica, ``[R]``."""
    return (found - wanted).square().mean((1, 2))
