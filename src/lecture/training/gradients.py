"""The length of each replica's gradient, and what to do when it is too long."""

import torch
from torch import Tensor, nn


def length(gradient: Tensor) -> Tensor:
    """Return the Euclidean norm of each replica's gradient, ``[R, ...]`` to ``[R]``, however small it is.

    The usual sum of squares gives 0 as soon as the squares underflow, in float32 below about 1e-19. Dividing by the
    largest entry first gives the right norm down to the smallest numbers there are.
    """
    flat = gradient.flatten(1)
    largest = flat.abs().amax(1)
    scaled = flat / largest.clamp_min(torch.finfo(flat.dtype).tiny)[:, None]
    return largest * scaled.square().sum(1).sqrt()


@torch.no_grad()
def gradient_norm(model: nn.Module) -> Tensor:
    """Return the Euclidean norm of each replica's gradient over all parameters, ``[R]``."""
    gradients = [p.grad.flatten(1) for p in model.parameters() if p.grad is not None]
    squares = gradients[0].new_zeros(len(gradients[0]))
    for gradient in gradients:  # one after another: summed as one tensor, a replica alone is added in another order
        squares = squares + (gradient * gradient).sum(1)
    return squares.sqrt()


@torch.no_grad()
def clip_gradients(model: nn.Module, norm: float) -> Tensor:
    """Scale gradients down to at most ``norm`` (Pascanu et al. 2013, algorithm 1); return the norms before, ``[R]``."""
    before = gradient_norm(model)
    factor = norm / before.clamp_min(norm)
    for parameter in model.parameters():
        if parameter.grad is not None:
            parameter.grad.mul_(factor.view(-1, *[1] * (parameter.dim() - 1)))
    return before


class FirstGradients:
    """Keeps the norms of some parameters' gradients, ``[R]`` each, before the first update; pass it as ``on_step``."""

    def __init__(self, *parameters: nn.Parameter) -> None:
        self.parameters = parameters
        self.norms: list[Tensor] = []

    def __call__(self, step: int, losses: Tensor) -> None:
        """Look, at step 0 only."""
        if step == 0:
            self.norms = [length(parameter.grad) for parameter in self.parameters if parameter.grad is not None]
