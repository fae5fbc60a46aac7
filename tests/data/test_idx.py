"""MNIST and Fashion-MNIST: found in each place and packing, told apart, refused in one line where they are damaged."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from tests import handwriting

from lecture.data import fashion_mnist, files, idx, whole_mnist
from lecture.errors import LectureError

SETS = {"MNIST": whole_mnist, "Fashion-MNIST": fashion_mnist}
LABELS = "train-labels-idx1-ubyte"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine without the sets and without network, and its ``LECTURE_DATA``."""

    def no_network(*args: object, **kwargs: object) -> str:
        raise ConnectionError("no route to host")

    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr(files.pooch, "retrieve", no_network)
    monkeypatch.setattr(files, "downloads", lambda: tmp_path / "downloads")
    monkeypatch.setattr(fashion_mnist, "SET", replace(fashion_mnist.SET, also=(tmp_path / "debian",)))
    monkeypatch.setenv("LECTURE_DATA", str(folder))
    for one in SETS.values():
        one.load.cache_clear()
    yield folder
    for one in SETS.values():
        one.load.cache_clear()


@pytest.fixture(params=SETS)
def data(request: pytest.FixtureRequest) -> ModuleType:
    return SETS[request.param]


def same(data: ModuleType, seed: int = 0) -> bool:
    """Tell whether both parts are loaded as they were made up, pixel by pixel."""
    for part in ("train", "t10k"):
        x, y = handwriting.digits(part, seed)
        found = data.load(part)
        if not (np.array_equal((found.x * 255).round().numpy(), x) and found.y.tolist() == y.tolist()):
            return False
    return True


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "unpacked"])
@pytest.mark.parametrize("below", [True, False], ids=["in its folder", "in LECTURE_DATA itself"])
def test_its_files_are_read(data, machine, monkeypatch, packed, below):
    handwriting.files(machine / data.SET.folder if below else machine, monkeypatch, data.SET.name, packed=packed)
    assert data.here()
    assert same(data)
    assert data.load().name == data.SET.name


def test_what_was_downloaded_is_read(data, machine, monkeypatch):
    monkeypatch.delenv("LECTURE_DATA")
    handwriting.files(machine.parent / "downloads" / data.SET.folder, monkeypatch, data.SET.name)
    assert same(data)


def test_debian_brings_fashion_mnist(machine, monkeypatch):
    handwriting.files(machine.parent / "debian", monkeypatch, "Fashion-MNIST")
    assert same(fashion_mnist)


def test_without_files_and_network_the_way_out_is_told_in_one_line(data):
    assert not data.here()
    way_out = rf"{data.SET.name} is not on this machine and cannot be downloaded \(ConnectionError\): .*LECTURE_DATA"
    with pytest.raises(LectureError, match=way_out) as caught:
        data.load()
    assert "\n" not in str(caught.value)


def test_one_missing_file_is_not_here(data, machine, monkeypatch):
    handwriting.files(machine, monkeypatch, data.SET.name)
    (machine / f"{LABELS}.gz").unlink()
    assert not data.here()
    with pytest.raises(LectureError, match="cannot be downloaded"):
        data.load()


def shortened(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def flipped(whole: bytes) -> bytes:
    """Return a file with a bad byte in the middle of what is packed."""
    middle = len(whole) // 2
    return whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :]


@pytest.mark.parametrize(
    ("packed", "damage", "complaint"),
    [
        (True, shortened, r"cannot read .*train-labels-idx1-ubyte\.gz"),
        (True, flipped, r"train-labels-idx1-ubyte\.gz"),
        (True, lambda whole: b"", r"train-labels-idx1-ubyte\.gz"),
        (True, lambda whole: b"<html>", r"cannot read .*train-labels-idx1-ubyte\.gz"),
        (True, lambda whole: gzip.compress(b"something else"), "is not the published file of"),
        (False, shortened, "train-labels-idx1-ubyte is not the published file of"),
        (False, flipped, "train-labels-idx1-ubyte is not the published file of"),
    ],
    ids=["cut short", "a byte wrong", "empty", "another format", "other content", "cut, unpacked", "a byte, unpacked"],
)
def test_a_damaged_file_is_refused_by_name_in_one_line(data, machine, monkeypatch, packed, damage, complaint):
    handwriting.files(machine, monkeypatch, data.SET.name, packed=packed)
    path = machine / (f"{LABELS}.gz" if packed else LABELS)
    path.write_bytes(damage(path.read_bytes()))
    assert data.here(), "a damaged file is not taken for none"
    with pytest.raises(LectureError, match=complaint) as caught:
        data.load()
    assert "\n" not in str(caught.value)


def test_both_sets_may_lie_in_one_folder_or_either_alone(machine, monkeypatch):
    handwriting.files(machine, monkeypatch, "MNIST", seed=1)
    assert whole_mnist.here()
    assert not fashion_mnist.here(), "files of the same names are another set's"
    handwriting.files(machine / "fashion-mnist", monkeypatch, "Fashion-MNIST", seed=2)
    assert same(whole_mnist, 1)
    assert same(fashion_mnist, 2)


@pytest.mark.parametrize("known", [True, False], ids=["sum known", "sum unknown"])
def test_a_download_goes_into_the_sets_own_folder_and_is_checked(machine, monkeypatch, known):
    data = whole_mnist if known else fashion_mnist
    handwriting.files(machine.parent / "elsewhere", monkeypatch, data.SET.name)
    asked = {}

    def retrieve(url: str, known_hash: str | None, fname: str, path: Path, processor: object) -> str:
        asked[fname] = (url, known_hash, path, processor)
        return str(machine.parent / "elsewhere" / fname)

    monkeypatch.setattr(files.pooch, "retrieve", retrieve)
    assert same(data)
    assert sorted(asked) == sorted(f"{name}.gz" for name in idx.CONTENT[data.SET.name])
    digest = f"sha256:{whole_mnist.PACKED[LABELS]}" if known else None
    folder = machine.parent / "downloads" / data.SET.folder
    assert asked[f"{LABELS}.gz"] == (f"{data.SOURCE}{LABELS}.gz", digest, folder, None)


def test_a_download_of_other_content_is_refused(machine, monkeypatch):
    other = machine.parent / "page.gz"
    other.write_bytes(gzip.compress(b"<html>not found</html>"))
    monkeypatch.setattr(files.pooch, "retrieve", lambda *args, **kwargs: str(other))
    with pytest.raises(LectureError, match=r"page\.gz is not the published file of MNIST"):
        whole_mnist.load()


def test_an_array_is_what_its_header_says():
    numbers = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    head = bytes((0, 0, 8, 3)) + np.array([2, 3, 4], ">u4").tobytes()
    np.testing.assert_array_equal(idx.parsed(head + numbers.tobytes(), "a-idx3-ubyte"), numbers)
    np.testing.assert_array_equal(idx.parsed(bytes((0, 0, 8, 1, 0, 0, 0, 2, 7, 9)), "b-idx1-ubyte"), [7, 9])


@pytest.mark.parametrize(
    ("content", "name", "complaint"),
    [
        (bytes((0, 0, 8, 1, 0, 0, 0, 2, 7, 9)), "a-idx3-ubyte", "a-idx3-ubyte is no IDX file of bytes in 3 dimensions"),
        (bytes((0, 0, 9, 1, 0, 0, 0, 2, 7, 9)), "a-idx1-ubyte", "no IDX file of bytes"),  # signed
        (bytes((8, 0, 0, 1, 0, 0, 0, 2, 7, 9)), "a-idx1-ubyte", "no IDX file of bytes"),
        (bytes((0, 0, 8, 1, 0, 0)), "a-idx1-ubyte", "no IDX file of bytes"),
        (b"", "a-idx1-ubyte", "no IDX file of bytes"),
        (bytes((0, 0, 8, 1, 0, 0, 0, 3, 7, 9)), "a-idx1-ubyte", r"says that it has \[3\] bytes, and has 2"),
        (bytes((0, 0, 8, 1, 0, 0, 0, 1, 7, 9)), "a-idx1-ubyte", r"says that it has \[1\] bytes, and has 2"),
    ],
    ids=["dimensions", "type", "order", "header cut short", "empty", "too short", "too long"],
)
def test_what_is_no_such_file_is_refused(content, name, complaint):
    with pytest.raises(LectureError, match=complaint):
        idx.parsed(content, name)


def test_what_identifies_a_set_is_known_without_having_it(data, monkeypatch):
    before = data.SET.digest()
    monkeypatch.setitem(idx.CONTENT[data.SET.name], LABELS, "0" * 64)
    assert data.SET.digest() != before
    assert whole_mnist.published().digest() != fashion_mnist.SET.digest()


@pytest.mark.parametrize("name", SETS)
def test_the_published_set(name, monkeypatch):
    monkeypatch.undo()
    data = SETS[name]
    if not data.here():
        pytest.skip(f"this machine has no {name}")
    for part, count in (("train", 60000), ("t10k", 10000)):
        found = data.load(part)
        assert found.x.shape == (count, 28, 28)
        assert found.y.unique().tolist() == list(range(10))
