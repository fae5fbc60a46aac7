"""AlexNet in its two layouts: two towers on two graphics cards (2012), and one tower (2014)."""

from collections import OrderedDict
from dataclasses import dataclass

from torch import nn

from lecture.seeds import Stream


@dataclass(frozen=True)
class Layout:
    """What distinguishes the two.

    Attributes:
        maps: Feature maps of each convolutional layer, over all towers.
        towers: For each of them, the parts into which it falls; a part sees only its own part of the layer below.
    """

    maps: tuple[int, int, int, int, int]
    towers: tuple[int, int, int, int, int]


TWO_TOWERS = Layout(maps=(96, 256, 384, 384, 256), towers=(1, 2, 1, 2, 2))
"""Krizhevsky, Sutskever and Hinton 2012, section 3.5 and figure 2: layers 2, 4 and 5 stay on their own card, layer 3
sees both. Layer 1 sees the image on either card."""
ONE_TOWER = Layout(maps=(64, 192, 384, 256, 256), towers=(1, 1, 1, 1, 1))
"""Krizhevsky 2014, section 5: a little narrower, since every layer sees all of the one below."""
LAYOUTS = {"two towers": TWO_TOWERS, "one tower": ONE_TOWER}


def alexnet(layout: Layout = TWO_TOWERS, classes: int = 1000, narrow: int = 1) -> nn.Sequential:
    """Return the network for images ``[B, 3, 224, 224]``; ``narrow`` divides the numbers of maps and units, for tests.

    The paper's 224 pixels do not fit: windows of 11 at steps of 4 make 55 places from 227 pixels, or from 224 with a
    border of 2 zeros, as here.
    """
    one, two, three, four, five = (maps // narrow for maps in layout.maps)
    towers, units = layout.towers, 4096 // narrow
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(3, one, 11, stride=4, padding=2, groups=towers[0]),
            relu1=nn.ReLU(),
            norm1=_local_response_norm(),
            pool1=_overlapping_pool(),
            conv2=nn.Conv2d(one, two, 5, padding=2, groups=towers[1]),
            relu2=nn.ReLU(),
            norm2=_local_response_norm(),
            pool2=_overlapping_pool(),
            conv3=nn.Conv2d(two, three, 3, padding=1, groups=towers[2]),
            relu3=nn.ReLU(),
            conv4=nn.Conv2d(three, four, 3, padding=1, groups=towers[3]),
            relu4=nn.ReLU(),
            conv5=nn.Conv2d(four, five, 3, padding=1, groups=towers[4]),
            relu5=nn.ReLU(),
            pool5=_overlapping_pool(),
            flatten=nn.Flatten(),
            full6=nn.Linear(five * 6 * 6, units),
            relu6=nn.ReLU(),
            drop6=nn.Dropout(0.5),
            full7=nn.Linear(units, units),
            relu7=nn.ReLU(),
            drop7=nn.Dropout(0.5),
            full8=nn.Linear(units, classes),
        )
    )


def start_as_published(model: nn.Sequential, stream: Stream) -> None:
    """Set the weights as section 5 of the paper does: Gaussian of spread 0.01; biases 1 in layers 2, 4 to 7, else 0."""
    for name, layer in model.named_children():
        if isinstance(layer, nn.Conv2d | nn.Linear) and layer.bias is not None:
            layer.weight.data.copy_(stream.normal(*layer.weight.shape, std=0.01)[0])
            nn.init.constant_(layer.bias, 1.0 if name in ("conv2", "conv4", "conv5", "full6", "full7") else 0.0)


def _local_response_norm() -> nn.Module:
    """Section 3.3: divide by a power of the sum of squares over five neighbouring maps."""
    return nn.LocalResponseNorm(size=5, alpha=5 * 1e-4, beta=0.75, k=2.0)  # torch divides alpha by the size


def _overlapping_pool() -> nn.Module:
    """Section 3.4: windows of three at steps of two."""
    return nn.MaxPool2d(3, stride=2)
