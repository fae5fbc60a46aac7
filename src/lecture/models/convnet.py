"""A convolutional network for small colour photographs, in the layers of ``torch.nn``, as before residual networks.

One network: at this size it fills a GPU by itself.
"""

import torch
from torch import Tensor, nn

from lecture.models.activations import ACTIVATIONS

SIDE = 32  # pixels of a photograph
KERNEL = 5  # pixels under a window


class Dropout(nn.Module):
    """Dropout, with a generator of its own on the CPU, so that a seed drops the same units on every device.

    Args:
        p: Probability with which a unit is switched off; the others grow by 1 / (1 - p).
        generator: Draws which.
    """

    def __init__(self, p: float, generator: torch.Generator) -> None:
        super().__init__()
        self.p, self.generator = p, generator

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x`` with the survivors enlarged, in evaluation ``x`` as it is."""
        if not self.training:
            return x
        kept = torch.rand(x.shape, generator=self.generator) >= self.p
        return x * kept.to(x.device) / (1 - self.p)


def convnet(
    generator: torch.Generator,
    *,
    maps: tuple[int, ...] = (32, 32, 64),
    units: tuple[int, ...] = (),
    function: str = "ReLU",
    normalised: bool = False,
    dropout: tuple[float, torch.Generator] | None = None,
    classes: int = 10,
) -> nn.Sequential:
    """Return a network, ``[B, 3, 32, 32]`` to ``[B, classes]``.

    Convolutions over windows of 5 by 5, each followed by the activation and by the largest of each 3 by 3 at steps of
    2, which halves height and width; then full layers.

    Args:
        generator: Draws the weights, by He's rule for ReLU and by Glorot's for others; biases start at 0.
        maps: Feature maps of each convolution.
        units: Units of each full layer but the last.
        function: Name of the activation function, of :data:`~lecture.models.activations.ACTIVATIONS`.
        normalised: Whether batch normalisation comes before each activation.
        dropout: Probability with which a unit of the full layers is switched off, and what draws it: there, as in
            AlexNet, and not between the convolutions.
        classes: Numbers at the end.

    Raises:
        ValueError: More convolutions than the photograph can be halved.
    """
    side = SIDE >> len(maps)
    if not side:
        raise ValueError(f"{SIDE} pixels cannot be halved {len(maps)} times")
    layers: list[nn.Module] = []
    for inputs, outputs in zip((3, *maps), maps, strict=False):
        layers.append(nn.Conv2d(inputs, outputs, KERNEL, padding=KERNEL // 2))
        layers += [nn.BatchNorm2d(outputs)] if normalised else []
        layers += [ACTIVATIONS[function](), nn.MaxPool2d(3, 2, padding=1)]
    layers.append(nn.Flatten())
    widths = (maps[-1] * side**2, *units)
    for inputs, outputs in zip(widths, units, strict=False):
        layers.append(nn.Linear(inputs, outputs))
        layers += [nn.BatchNorm1d(outputs)] if normalised else []
        layers.append(ACTIVATIONS[function]())
        layers += [Dropout(*dropout)] if dropout else []
    layers.append(nn.Linear(widths[-1], classes))
    network = nn.Sequential(*layers)
    for layer in network:
        if isinstance(layer, nn.Conv2d | nn.Linear):
            _start(layer, function, generator)
    return network


def _start(layer: nn.Conv2d | nn.Linear, function: str, generator: torch.Generator) -> None:
    if function == "ReLU":
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu", generator=generator)
    else:
        nn.init.xavier_normal_(layer.weight, generator=generator)
    assert layer.bias is not None
    nn.init.zeros_(layer.bias)
