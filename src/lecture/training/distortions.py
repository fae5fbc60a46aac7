"""Distortions at random: what changes in a digit from one hand, or one printer, to the next, and leaves it that digit.

A pixel of the new image is looked up at a moved place of the old one; then strokes are made thicker or thinner, edges
sharper or softer, and noise is added. Moves are affine plus smooth waves, which stand in for the random fields of
Simard, Steinkraus and Platt (2003, section 2).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import pi

import torch
from torch import Tensor, nn

from lecture.seeds import Stream

MIDDLE = 0.4  # of the darkest ink, after the blur: here a stroke keeps about its width


@dataclass(frozen=True)
class Distortion:
    """How much of everything: each draw is uniform up to these numbers, in both directions, unless said otherwise.

    Attributes:
        turn: Rotation, radians.
        slant: Shear, a share of the height.
        size: Change of width and of height, each a share.
        place: Shift in both directions, a share of half the image.
        bend: Standard deviation of each of the waves that move pixels, a share of half the image.
        weight: Change of the threshold that decides what is ink: thin and thick strokes.
        sharp: How much narrower than the softest an edge can be, a share.
        noise: Standard deviation of what is added to each pixel, at most.
    """

    turn: float = 0.25
    slant: float = 0.4
    size: float = 0.2
    place: float = 0.14
    bend: float = 0.06
    weight: float = 0.2
    sharp: float = 0.75
    noise: float = 0.1


def distorted(
    batches: Iterable[tuple[Tensor, Tensor]], how: Distortion, stream: Stream
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the same batches, each image ``[R, B, side, side]``, from 0 to 1, distorted anew each time it comes."""
    for x, y in batches:
        yield distort(x, how, stream), y


def distort(x: Tensor, how: Distortion, stream: Stream) -> Tensor:
    """Return images ``[R, B, side, side]``, each distorted by draws of its own."""
    replicas, size, side, _ = x.shape
    moved = places(stream, size, how, side).view(replicas * size, side, side, 2)
    found = nn.functional.grid_sample(x.reshape(-1, 1, side, side), moved, align_corners=False)
    ink = blurred(found).view(x.shape)
    ink = ink / ink.amax((2, 3), keepdim=True).clamp_min(1e-3)
    level, edge, grain = (stream.uniform(size, 1, 1) for _ in range(3))
    level = MIDDLE + how.weight * (2 * level - 1)
    edge = 2 * level * (1 - how.sharp * edge)  # the softest edge that leaves paper without ink at 0
    noise = how.noise * grain * stream.normal(size, side, side)
    return (0.5 + (ink - level) / edge + noise).clamp(0, 1)


def places(stream: Stream, size: int, how: Distortion, side: int) -> Tensor:
    """Return where each pixel of each image is looked up, ``[R, size, side * side, 2]``, -1 to 1 from edge to edge."""
    basis = waves(side, stream.device)
    turn, slant, wide, high = (2 * stream.uniform(size) - 1 for _ in range(4))
    turn, slant = how.turn * turn, how.slant * slant
    wide, high = (1 + how.size * share for share in (wide, high))
    across = torch.stack((wide * turn.cos(), wide * (turn.sin() + slant)), 2)
    down = torch.stack((-high * turn.sin(), high * turn.cos()), 2)
    shift = how.place * (2 * stream.uniform(size, 2, 1) - 1)
    bend = stream.normal(size, 2, len(basis) - 3, std=how.bend)
    weights = torch.cat((torch.stack((across, down), 2), shift, bend), 3)  # [R, size, 2, functions]
    replicas = len(weights)
    moved = weights.flatten(1, 2) @ basis.expand(replicas, *basis.shape)
    return moved.view(replicas, size, 2, -1).transpose(2, 3)


def waves(side: int, device: torch.device) -> Tensor:
    """Return the functions that moves are made of, ``[functions, side * side]``: x, y, 1, and smooth waves of both."""
    line = (2 * torch.arange(side, device=device) + 1) / side - 1
    y, x = torch.meshgrid(line, line, indexing="ij")
    (sx, cx), (sy, cy) = ((torch.sin(pi * v), torch.cos(pi * v)) for v in (x, y))
    return torch.stack((x, y, torch.ones_like(x), sx, cx, sy, cy, sx * sy, cx * cy)).flatten(1)


def blurred(x: Tensor) -> Tensor:
    """Return images ``[n, 1, side, side]`` smoothed by a quarter, a half, a quarter in both directions."""
    for axis in (2, 3):
        before, after = x.roll(1, axis), x.roll(-1, axis)  # what wraps around is paper, or a large digit's faint edge
        x = 0.25 * before + 0.5 * x + 0.25 * after
    return x


def affine(
    batches: Iterable[tuple[Tensor, Tensor]], stream: Stream, *, turn: float, stretch: float, reach: float
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the same batches, each square image ``[R, B, side, side]`` under an affine map of its own and nothing else.

    It turns by up to ``turn`` radians, with a slant of up to as much on top, changes height and width by up to the
    share ``stretch``, and shifts by up to ``reach`` pixels. What moves in from outside is 0.
    """
    for x, y in batches:
        replicas, size, side, _ = x.shape
        angle, slant, wide, high, right, down = stream.uniform(size, 6, low=-1, high=1).unbind(-1)
        cos, sin = torch.cos(turn * angle), torch.sin(turn * angle)
        wide, high = 1 + stretch * wide, 1 + stretch * high
        first = torch.stack((cos * wide, turn * slant - sin * high, 2 * reach / side * right), -1)
        second = torch.stack((sin * wide, cos * high, 2 * reach / side * down), -1)
        maps = torch.stack((first, second), -2).flatten(0, 1)
        where = nn.functional.affine_grid(maps, [replicas * size, 1, side, side], align_corners=False)
        moved = nn.functional.grid_sample(x.reshape(-1, 1, side, side), where, align_corners=False)
        yield moved.view(x.shape), y


def shifted(batches: Iterable[tuple[Tensor, Tensor]], reach: int, stream: Stream) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the same batches, each image moved by up to ``reach`` pixels down or up and right or left at random.

    A digit one pixel further to the left is the same digit. All whole numbers of pixels are equally likely for each
    image of ``[R, B, height, width]``; what moves in from outside is 0.
    """
    for x, y in batches:
        replicas, size, height, width = x.shape
        moves = stream.integers(2, size, below=2 * reach + 1)
        down, right = (moves[:, i, :, None] + torch.arange(n, device=x.device) for i, n in enumerate((height, width)))
        wide = width + 2 * reach
        place = (down * wide)[..., None] + right[:, :, None]
        padded = nn.functional.pad(x, (reach,) * 4).flatten(2)
        yield padded.gather(2, place.flatten(2)).view(replicas, size, height, width), y
