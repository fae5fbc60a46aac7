"""The residual networks of He et al. for CIFAR-10, in both orders of activation, and the plain ones beside them.

One network, in the layers of ``torch.nn``: at this size it fills a GPU by itself.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTHS = (16, 32, 64)
"""Channels of the three stages, each half as high and wide as the one before (He et al. 2016a, section 4.2)."""
DEEP = 200
"""Layers from which on a block is a bottleneck: three convolutions, the last four times as wide (He et al. 2016b)."""


class Block(nn.Module):
    """Two convolutions of 3 by 3, or the bottleneck of 1, 3 and 1, with or without a shortcut around them.

    Originally the activation follows the sum, so that it also acts on the shortcut; before the convolutions, it leaves
    the shortcut clear (He et al. 2016b, figure 4 a and e). Where channels grow the shortcut is filled up with zeros and
    takes every other pixel (He et al. 2016a, option A): it has no weights.

    Args:
        inputs: Channels of ``[B, inputs, height, width]``.
        outputs: Channels of what comes out.
        stride: 2 halves height and width.
        bottleneck: Whether it has three convolutions, the middle one a quarter as wide.
        shortcut: Whether what came in is added.
        before: Whether normalisation and activation come before each convolution instead of after it.
    """

    def __init__(
        self, inputs: int, outputs: int, *, stride: int, bottleneck: bool, shortcut: bool, before: bool
    ) -> None:
        super().__init__()
        inner = outputs // 4 if bottleneck else outputs
        kernels = (1, 3, 1) if bottleneck else (3, 3)
        widths = [inputs, *[inner] * (len(kernels) - 1), outputs]
        layers: list[nn.Module] = []
        for place, kernel in enumerate(kernels):
            step = stride if place == 0 else 1
            layer = nn.Conv2d(widths[place], widths[place + 1], kernel, step, kernel // 2, bias=False)
            if before:
                layers += [nn.BatchNorm2d(widths[place]), nn.ReLU(), layer]
            else:
                layers += [layer, nn.BatchNorm2d(widths[place + 1]), nn.ReLU()]
        self.branch = nn.Sequential(*(layers if before else layers[:-1]))
        self.last = nn.Identity() if before else nn.ReLU()
        self.shortcut, self.stride, self.added = shortcut, stride, outputs - inputs

    def forward(self, x: Tensor) -> Tensor:
        """Return ``[B, outputs, height / stride, width / stride]``."""
        out: Tensor = self.branch(x)
        if self.shortcut:
            kept = x[:, :, :: self.stride, :: self.stride]
            out = out + functional.pad(kept, (0, 0, 0, 0, 0, self.added))
        activated: Tensor = self.last(out)
        return activated


def resnet(
    depth: int, generator: torch.Generator, *, shortcut: bool = True, before: bool = False, classes: int = 10
) -> nn.Sequential:
    """Return a network of so many layers with weights: ``[B, 3, 32, 32]`` to ``[B, classes]``.

    Args:
        depth: 6 n + 2 (8, 20, 56, 110), or from :data:`DEEP` on 9 n + 2 (1001).
        generator: Draws the weights by He's rule.
        shortcut: Whether it is residual, or plain.
        before: Whether activations come before convolutions.
        classes: Numbers at the end.

    Raises:
        ValueError: No network of this kind has so many layers.
    """
    bottleneck = depth >= DEEP
    convolutions = 3 if bottleneck else 2
    blocks, rest = divmod(depth - 2, 3 * convolutions)
    if rest or blocks < 1:
        raise ValueError(f"such a network has {3 * convolutions} n + 2 layers, not {depth}")
    channels = WIDTHS[0]
    layers: list[nn.Module] = [nn.Conv2d(3, channels, 3, padding=1, bias=False)]
    if not before:
        layers += [nn.BatchNorm2d(channels), nn.ReLU()]
    for stage, width in enumerate(WIDTHS):
        outputs = 4 * width if bottleneck else width
        for place in range(blocks):
            stride = 2 if stage and not place else 1
            layers.append(
                Block(channels, outputs, stride=stride, bottleneck=bottleneck, shortcut=shortcut, before=before)
            )
            channels = outputs
    if before:
        layers += [nn.BatchNorm2d(channels), nn.ReLU()]
    network = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, classes))
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu", generator=generator)
        if isinstance(module, nn.Linear):
            nn.init.zeros_(module.bias)
    return network
