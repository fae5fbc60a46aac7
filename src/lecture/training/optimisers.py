"""SGD and Adam over R replicas in one flat buffer ``[R, P]``.

Every parameter and its gradient is a view into the buffer, padded to 16 numbers, so that an update is a few passes over
contiguous memory and seed r gets, bit for bit, the numbers it gets when it trains alone.
"""

from math import prod

import torch
from torch import Tensor, nn

PADDING = 16  # floats: a whole number of vector registers, so that no replica's numbers share one with another's


class Flat:
    """All parameters of a model, and their gradients, as two tensors ``[R, P]``."""

    def __init__(self, model: nn.Module) -> None:
        parameters = list(model.parameters())
        replicas = parameters[0].shape[0]
        sizes = [-(-prod(p.shape[1:]) // PADDING) * PADDING for p in parameters]
        self.values = parameters[0].new_zeros(replicas, sum(sizes))
        self.gradients = torch.zeros_like(self.values)
        start = 0
        for parameter, size in zip(parameters, sizes, strict=True):
            used = slice(start, start + prod(parameter.shape[1:]))
            self.values[:, used] = parameter.data.flatten(1)
            parameter.data = self.values[:, used].view(parameter.shape)
            parameter.grad = self.gradients[:, used].view(parameter.shape)
            start += size

    def gradient_norm(self) -> Tensor:
        """Return the Euclidean norm of each replica's whole gradient, ``[R]``."""
        return self.gradients.norm(dim=1)

    def clip_(self, norm: float) -> None:
        """Scale each replica's gradient down to at most ``norm`` (Pascanu et al. 2013, algorithm 1)."""
        self.gradients.mul_((norm / self.gradient_norm().clamp_min(norm))[:, None])


class SGD:
    """Gradient descent with momentum, each replica with its own learning rate if wanted.

    Args:
        model: Its parameters are moved into one flat buffer.
        lr: Learning rate, a number or ``[R]``.
        momentum: Share of the last step that is kept.
        weight_decay: Added to the gradient as ``weight_decay * parameter``.
    """

    def __init__(
        self, model: nn.Module, lr: float | Tensor, momentum: float = 0.0, weight_decay: float = 0.0
    ) -> None:
        self.flat = Flat(model)
        self.lr = lr[:, None] if isinstance(lr, Tensor) else lr
        self.momentum, self.weight_decay = momentum, weight_decay
        self.velocity = torch.zeros_like(self.flat.values)

    @torch.no_grad()
    def step(self) -> None:
        """Update the parameters from their gradients, then set the gradients to zero."""
        if self.weight_decay:
            self.flat.gradients.add_(self.flat.values, alpha=self.weight_decay)
        self.velocity.mul_(self.momentum).add_(self.flat.gradients)
        self.flat.values.sub_(self.velocity * self.lr)
        self.flat.gradients.zero_()


class Adam:
    """Adam (Kingma and Ba 2015, algorithm 1), decoupled weight decay (Loshchilov and Hutter 2019) if wanted.

    Args:
        model: Its parameters are moved into one flat buffer.
        lr: Learning rate, a number or ``[R]``.
        betas: Decay of the two running means.
        eps: Added to the root of the second.
        weight_decay: Shrinks the parameters by ``lr * weight_decay`` a step.
    """

    def __init__(
        self,
        model: nn.Module,
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        self.flat = Flat(model)
        self.lr = lr[:, None] if isinstance(lr, Tensor) else lr
        self.betas, self.eps, self.weight_decay = betas, eps, weight_decay
        self.mean = torch.zeros_like(self.flat.values)
        self.square = torch.zeros_like(self.flat.values)
        self.steps = 0

    @torch.no_grad()
    def step(self) -> None:
        """Update the parameters from their gradients, then set the gradients to zero."""
        self.steps += 1
        g = self.flat.gradients
        self.mean.lerp_(g, 1 - self.betas[0])
        self.square.mul_(self.betas[1]).addcmul_(g, g, value=1 - self.betas[1])
        if self.weight_decay:
            self.flat.values.sub_(self.flat.values * self.lr * self.weight_decay)
        root = (self.square / (1 - self.betas[1] ** self.steps)).sqrt_().add_(self.eps)
        self.flat.values.sub_(self.mean / root * (self.lr / (1 - self.betas[0] ** self.steps)))
        g.zero_()
