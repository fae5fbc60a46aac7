"""Lengths of gradients that may be too small to be squared."""

import torch
from torch import Tensor


def length(gradient: Tensor) -> Tensor:
    """Return the Euclidean norm of each replica's gradient, ``[R, ...]`` to ``[R]``.

    The usual sum of squares gives 0 as soon as the squares underflow, in float32 below about 1e-19. Dividing by the
    largest entry first gives the right norm down to the smallest numbers there are.
    """
    flat = gradient.flatten(1)
    largest = flat.abs().amax(1)
    scaled = flat / largest.clamp_min(torch.finfo(flat.dtype).tiny)[:, None]
    return largest * scaled.square().sum(1).sqrt()
