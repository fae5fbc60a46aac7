"""The length of each replica's gradient, and what to do when it is too long."""

import torch
from torch import Tensor, nn

from lecture.training.lengths import length


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
    """Scale each replica's gradient down to at most ``norm`` (Pascanu et al. 2013, algorithm 1).

    Returns:
        The norms before, ``[R]``.
    """
    before = gradient_norm(model)
    factor = norm / before.clamp_min(norm)
    for parameter in model.parameters():
        if parameter.grad is not None:
            parameter.grad.mul_(factor.view(-1, *[1] * (parameter.dim() - 1)))
    return before


class FirstGradient:
    """Keeps the norm of one parameter's gradient, ``[R]``, as it is before the first update; pass it as ``on_step``."""

    def __init__(self, parameter: nn.Parameter) -> None:
        self.parameter = parameter
        self.norm = parameter.new_zeros(parameter.shape[0])

    def __call__(self, step: int, losses: Tensor) -> None:
        """Look, at step 0 only."""
        if step == 0 and self.parameter.grad is not None:
            self.norm = length(self.parameter.grad)
