"""From which images the contests draw: the book from its own digits, the ``full`` preset from all that are here."""

import pytest
import torch
from tests import handwriting

from lecture.data import fashion_mnist, files, mnist, whole_mnist
from lecture.experiments.history import real_images
from lecture.experiments.history.pipeline import Pipeline

CACHED = (real_images.source, real_images.images, whole_mnist.load)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A machine without Fashion-MNIST, and its ``LECTURE_DATA``."""
    monkeypatch.setattr(fashion_mnist, "here", lambda: False)
    monkeypatch.setattr(files, "downloads", lambda: tmp_path / "downloads")
    monkeypatch.setenv("LECTURE_DATA", str(tmp_path))
    for one in CACHED:
        one.cache_clear()
    yield tmp_path
    for one in CACHED:
        one.cache_clear()


def test_without_the_whole_of_mnist_every_preset_has_five_thousand_digits():
    for preset in ("smoke", "book", "full"):
        assert Pipeline.preset(preset).data_digest() == mnist.load().digest()


def test_where_it_is_the_book_draws_as_before_and_full_from_all(folder, monkeypatch):
    before = real_images.images(5000)
    handwriting.files(folder, monkeypatch)
    real_images.source.cache_clear()
    real_images.images.cache_clear()
    for preset in ("smoke", "book"):
        assert Pipeline.preset(preset).data_digest() == mnist.load().digest()
    assert torch.equal(real_images.images(5000).x, before.x)
    assert Pipeline.preset("book").images == "MNIST 5k"
    full = Pipeline.preset("full")
    assert full.images == "MNIST"
    assert full.data_digest() == whole_mnist.load().digest()
    assert torch.equal(real_images.images(full.pool).x, whole_mnist.load().x)
