"""How weights start: the same rules for every layer, drawn seed by seed.

An initialiser takes a random stream, the number of inputs and outputs of one unit and a shape, and returns
``[R, *shape]``.
"""

from collections.abc import Callable
from math import sqrt

import torch
from torch import Tensor

from lecture.seeds import Stream

Initialiser = Callable[[Stream, int, int, tuple[int, ...]], Tensor]


def torch_default(stream: Stream, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Tensor:
    """Uniform within ±1/sqrt(fan_in): what ``torch.nn.Linear`` does, close to the custom of the 1990s (LeCun 1998)."""
    bound = 1 / sqrt(fan_in)
    return stream.uniform(*shape, low=-bound, high=bound)


def lecun(stream: Stream, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Tensor:
    """Gaussian with variance 1/fan_in, made for tanh (LeCun, Bottou, Orr and Müller 1998, section 4.6)."""
    return stream.normal(*shape, std=1 / sqrt(fan_in))


def xavier(stream: Stream, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Tensor:
    """Uniform with variance 2/(fan_in + fan_out) (Glorot and Bengio 2010, eq. 16)."""
    bound = sqrt(6 / (fan_in + fan_out))
    return stream.uniform(*shape, low=-bound, high=bound)


def he(stream: Stream, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Tensor:
    """Gaussian with variance 2/fan_in, made for ReLU (He et al. 2015, eq. 10)."""
    return stream.normal(*shape, std=sqrt(2 / fan_in))


def zeros(stream: Stream, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Tensor:
    """All zero: a residual branch that starts as the identity (Zhang, Dauphin and Ma 2019)."""
    return torch.zeros(len(stream.generators), *shape, device=stream.device)


def orthogonal(stream: Stream, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Tensor:
    """Orthonormal columns or rows, uniformly distributed (Saxe, McClelland and Ganguli 2014)."""
    tall = stream.normal(max(shape), min(shape))
    q, r = torch.linalg.qr(tall)
    q = q * r.diagonal(dim1=-2, dim2=-1).sign()[:, None]  # without it, QR prefers some rotations (Mezzadri 2007)
    matrix: Tensor = q if shape[0] >= shape[1] else q.mT
    return matrix


INITIALISERS: dict[str, Initialiser] = {"default": torch_default, "Xavier": xavier, "He": he, "orthogonal": orthogonal}
"""The rules by the names that records and figures give them."""
