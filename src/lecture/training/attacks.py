"""Changes of an image that no pixel notices much: random ones, and those that follow the gradient of the loss.

All stay within ``epsilon`` of the image in every pixel (the maximum norm) and within [0, 1], as an image must. Models
map images ``[R, B, ...]`` to ``[R, B, classes]``; labels are ``[R, B]``.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from lecture.seeds import Stream
from lecture.training.loss import cross_entropy


def random_signs(x: Tensor, epsilon: float, stream: Stream) -> Tensor:
    """Return images ``[R, B, ...]`` with ``epsilon`` added to or taken from each pixel, by the toss of a coin."""
    coins = stream.integers(*x.shape[1:], below=2)
    return (x + epsilon * (2 * coins - 1)).clamp(0, 1)


def fgsm(model: nn.Module, x: Tensor, y: Tensor, epsilon: float) -> Tensor:
    """Return one step of ``epsilon`` along the gradient's signs: the fast method of Goodfellow et al. (2015, eq. 1).

    For a linear model of two classes it is the worst there is.
    """
    with _frozen(model):
        return (x + epsilon * _gradient(model, x, y).sign()).clamp(0, 1)


def pgd(model: nn.Module, x: Tensor, y: Tensor, epsilon: float, stream: Stream, *, steps: int, stride: float) -> Tensor:
    """Return where many small steps lead that are put back into the allowed box each time (Madry et al. 2018, eq. 2.2).

    The start is drawn uniformly in the box; ``stride`` is the length of a step in units of ``epsilon``.
    """
    low, high = (x - epsilon).clamp(min=0), (x + epsilon).clamp(max=1)
    changed = (x + stream.uniform(*x.shape[1:], low=-epsilon, high=epsilon)).clamp(low, high)
    with _frozen(model):
        for _ in range(steps):
            changed = (changed + stride * epsilon * _gradient(model, changed, y).sign()).clamp(low, high)
    return changed


@torch.no_grad()
def linear_accuracy(weight: Tensor, bias: Tensor, x: Tensor, y: Tensor, epsilon: float) -> Tensor:
    """Return a linear model's accuracy under the worst of all allowed changes, ``[R]``, without searching for it.

    Class j overtakes the true class y by the greatest amount when every pixel moves, as far as it may, in the direction
    in which ``w_j - w_y`` points. An image ``[R, B, pixels]`` counts as right only if no class overtakes so. Weights
    are ``[R, pixels, classes]``, biases ``[R, 1, classes]``.
    """
    down, up = (x - epsilon).clamp(min=0), (x + epsilon).clamp(max=1)
    own = y[..., None]
    right = torch.ones_like(y, dtype=torch.bool)
    for rival in range(weight.shape[2]):
        lead = weight[:, None, :, rival] - weight.mT.gather(1, own.expand(-1, -1, weight.shape[1]))
        most = (torch.where(lead > 0, up, down) * lead).sum(2) + bias[:, :, rival] - bias[:, 0].gather(1, y)
        right &= (most < 0) | (y == rival)
    return right.float().mean(1)


@contextmanager
def _frozen(model: nn.Module) -> Iterator[None]:
    """Ask for no gradients of the weights meanwhile: half of the work of the backward pass."""
    wanted = [parameter for parameter in model.parameters() if parameter.requires_grad]
    for parameter in wanted:
        parameter.requires_grad_(False)
    try:
        yield
    finally:
        for parameter in wanted:
            parameter.requires_grad_(True)


def _gradient(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    """Return the loss's derivative by each pixel, up to a positive factor."""
    x = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(cross_entropy(model(x), y).sum(), x)
    return gradient
