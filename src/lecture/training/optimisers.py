"""SGD and Adam for R replicas: all parameters lie in one flat buffer, so that a step is a few passes over memory.

Seed r gets, bit for bit, the numbers it gets when it trains alone. That takes care: a vector unit handles the last few
numbers of a buffer apart and may round them differently, so the buffer ends on a whole number of vectors.
"""

from copy import copy

import torch
from torch import Tensor, nn

ALIGNMENT = 16  # floats: one vector register, one cache line
WHOLE = 1024  # floats: the buffer's length is a multiple, so that up to 16 threads get whole vectors


class Flat:
    """The parameters of a model as views into one buffer ``[N]``, and their gradients as views into another.

    Backpropagation adds to gradients that are there already, so it writes into the buffer, and nothing is copied.

    Attributes:
        values: All parameters, ``[N]``.
        gradients: Their gradients after :meth:`collect`, ``[N]``; whoever has used them sets them back to zero.
    """

    def __init__(self, model: nn.Module) -> None:
        self.parameters = list(model.parameters())
        self.replicas = self.parameters[0].shape[0]
        starts = [0]
        for parameter in self.parameters:
            starts.append(starts[-1] + -(-parameter.numel() // ALIGNMENT) * ALIGNMENT)
        self.starts = starts[:-1]
        self.values = self.parameters[0].new_zeros(-(-starts[-1] // WHOLE) * WHOLE)
        self.gradients = torch.zeros_like(self.values)
        self.blocks = self.views(self.gradients)
        for parameter, block, gradient in zip(self.parameters, self.views(self.values), self.blocks, strict=True):
            parameter.data = block.copy_(parameter.detach())
            parameter.grad = gradient

    def views(self, buffer: Tensor) -> list[Tensor]:
        """Return the part of a buffer that belongs to each parameter, in the parameter's shape."""
        return [
            buffer[start : start + parameter.numel()].view(parameter.shape)
            for start, parameter in zip(self.starts, self.parameters, strict=True)
        ]

    def collect(self) -> Tensor:
        """Return the buffer of gradients; what lies elsewhere, as after ``zero_grad``, is brought back into it."""
        for parameter, block in zip(self.parameters, self.blocks, strict=True):
            if parameter.grad is None:
                block.zero_()
            elif parameter.grad is not block:
                block.copy_(parameter.grad)
            parameter.grad = block
        return self.gradients

    def descend(self, direction: Tensor, rate: float | Tensor, factor: float) -> None:
        """Subtract ``factor * rate * direction`` from all parameters, in one pass over memory."""
        if isinstance(rate, Tensor):
            self.values.addcmul_(direction, rate, value=-factor)
        else:
            self.values.sub_(direction, alpha=rate * factor)

    def spread(self, numbers: float | Tensor) -> float | Tensor:
        """Return a number as it is, and one number a replica, ``[R]``, as a buffer ``[N]``."""
        if not isinstance(numbers, Tensor):
            return numbers
        buffer = torch.zeros_like(self.values)
        for block in self.views(buffer):
            block.copy_(numbers.view(-1, *[1] * (block.dim() - 1)))
        return buffer

    def taken(self, numbers: float | Tensor, flat: "Flat", rows: Tensor) -> float | Tensor:
        """Return a number as it is, and of a buffer of ``flat`` the part that belongs to the replicas ``rows``."""
        if not isinstance(numbers, Tensor):
            return numbers
        buffer = torch.zeros_like(self.values)
        for block, whole in zip(self.views(buffer), flat.views(numbers), strict=True):
            block.copy_(whole[rows])
        return buffer


class SGD:
    """Gradient descent with momentum, the share of the last step that is kept.

    Its rate and the decay, which adds ``weight_decay * parameter`` to the gradient, are numbers or one a replica,
    ``[R]``.

    Attributes:
        lr: Learning rate, spread over the buffer if there is one a replica.
        schedule: Factor on it, for :func:`lecture.training.fit.cosine` to lower: a number, since a new buffer of rates
            at each step would cost as much as the update.
    """

    def __init__(
        self,
        model: nn.Module,
        lr: float | Tensor,
        momentum: float = 0.0,
        weight_decay: float | Tensor = 0.0,
    ) -> None:
        self.flat = Flat(model)
        self.lr, self.weight_decay = self.flat.spread(lr), self.flat.spread(weight_decay)
        self.schedule = 1.0
        self.momentum = momentum
        self.velocity = torch.zeros_like(self.flat.values)

    @torch.no_grad()
    def step(self) -> None:
        """Update the parameters from their gradients, which are then zero."""
        gradients = self.flat.collect()
        if isinstance(self.weight_decay, Tensor) or self.weight_decay:
            gradients += self.flat.values * self.weight_decay
        self.velocity.mul_(self.momentum).add_(gradients)
        self.flat.descend(self.velocity, self.lr, self.schedule)
        gradients.zero_()


class Adam:
    """Adam (Kingma and Ba 2015, algorithm 1), with decoupled weight decay if wanted (Loshchilov and Hutter 2019).

    Its rate and the decay, which shrinks parameters by ``lr * weight_decay`` a step, are numbers or one a replica,
    ``[R]``; ``lr`` and ``schedule`` are as in :class:`SGD`.
    """

    def __init__(
        self,
        model: nn.Module,
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float | Tensor = 0.0,
    ) -> None:
        self.flat = Flat(model)
        self.lr, self.weight_decay = self.flat.spread(lr), self.flat.spread(weight_decay)
        self.schedule = 1.0
        self.betas, self.eps = betas, eps
        self.mean = torch.zeros_like(self.flat.values)
        self.square = torch.zeros_like(self.flat.values)
        self.steps = 0
        self.counter = torch.zeros((), device=self.flat.values.device)  # the same, where the fused update looks for it

    @torch.no_grad()
    def step(self) -> None:
        """Update the parameters from their gradients, which are then zero."""
        self.steps += 1
        self.counter += 1
        gradients, values = self.flat.collect(), self.flat.values
        if isinstance(self.lr, Tensor) or isinstance(self.weight_decay, Tensor):
            self._step_with_a_rate_each(gradients, values)
        else:
            torch._fused_adamw_(  # what torch.optim.AdamW(fused=True) calls: one pass over memory instead of six
                [values],
                [gradients],
                [self.mean],
                [self.square],
                [],
                [self.counter],
                lr=self.lr * self.schedule,
                beta1=self.betas[0],
                beta2=self.betas[1],
                weight_decay=self.weight_decay,
                eps=self.eps,
                amsgrad=False,
                maximize=False,
            )
        gradients.zero_()

    def keep(self, model: nn.Module, rows: Tensor) -> "Adam":
        """Return an optimiser for ``model``, the replicas ``rows`` of this one's, that goes on where this one is."""
        kept = copy(self)
        kept.flat = Flat(model)
        for name in ("lr", "weight_decay", "mean", "square"):
            setattr(kept, name, kept.flat.taken(getattr(self, name), self.flat, rows))
        kept.counter = self.counter.clone()
        return kept

    def _step_with_a_rate_each(self, gradients: Tensor, values: Tensor) -> None:
        if isinstance(self.weight_decay, Tensor) or self.weight_decay:
            values *= 1 - self.lr * (self.schedule * self.weight_decay)
        self.mean.lerp_(gradients, 1 - self.betas[0])
        self.square.mul_(self.betas[1]).addcmul_(gradients, gradients, value=1 - self.betas[1])
        # Both corrections of the start go into the rate (the paper's note at the end of section 2), and the root into
        # the gradients' buffer, which is free by now.
        second = (1 - self.betas[1] ** self.steps) ** 0.5
        root = torch.sqrt(self.square, out=gradients).add_(self.eps * second)
        factor = self.schedule * second / (1 - self.betas[0] ** self.steps)
        self.flat.descend(torch.div(self.mean, root, out=root), self.lr, factor)
