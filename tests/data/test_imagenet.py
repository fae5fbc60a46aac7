"""ImageNet in a folder: what is listed, what is read, and each thing that may be wrong with it, in one line."""

import io
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from tests import pictures as made_up

from lecture.data import imagenet
from lecture.data import pictures as reading
from lecture.data.imagenet import here, load, published
from lecture.data.literature.image_sets import ILSVRC_2012
from lecture.data.pictures import SIDE, SQUARE, Way, batches, cut, middle, read, ten_views
from lecture.errors import LectureError
from lecture.records import key


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A folder with a tiny ImageNet, which LECTURE_DATA names."""
    monkeypatch.setenv("LECTURE_DATA", str(tmp_path))
    monkeypatch.setattr(reading, "workers", lambda: 0)
    imagenet._listed.cache_clear()
    yield made_up.write(tmp_path)
    imagenet._listed.cache_clear()


def one_line(message, act):
    with pytest.raises(LectureError, match=message) as caught:
        act()
    assert "\n" not in str(caught.value)


def squares():
    return torch.arange(2 * 3 * SQUARE * SQUARE, dtype=torch.int32).view(2, 3, SQUARE, SQUARE)


def test_it_is_listed_by_class(root):
    found = load()
    assert here()
    assert found.classes == made_up.CLASSES
    assert found.train.y.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert found.val.y.tolist() == [0, 0, 1, 1, 2, 2]
    assert found.val.path(2) == root / "val" / "n02102040" / "n02102040_0.JPEG"
    assert found.train.bytes.tolist() == [found.train.path(i).stat().st_size for i in range(12)]


def test_the_folder_imagenet_is_not_needed(root, monkeypatch):
    before = load().digest()
    monkeypatch.setenv("LECTURE_DATA", str(root))
    assert load().digest() == before == published().digest()


def test_files_of_another_kind_do_not_count(root):
    before = load().digest()
    (root / "train" / "n01440764" / "readme.txt").write_text("")
    (root / "train" / "n01440764" / "._n01440764_0.JPEG").write_text("")
    (root / "train" / ".cache").mkdir()
    imagenet._listed.cache_clear()
    assert load().digest() == before


@pytest.mark.parametrize("part", ["train", "val"])
def test_the_digest_notices_another_name_or_size(root, part):
    before, file = load().digest(), root / part / "n02102040" / "n02102040_1.JPEG"
    file.rename(file.with_stem("other"))
    imagenet._listed.cache_clear()
    assert (renamed := load().digest()) != before
    file.with_stem("other").write_bytes(b"")
    imagenet._listed.cache_clear()
    assert load().digest() not in (before, renamed)


def test_the_whole_is_as_large_as_published():
    assert ILSVRC_2012.images == imagenet.TRAIN


def test_where_it_is_not_nothing_can_be_computed_and_records_can_be_looked_at(monkeypatch, tmp_path):
    monkeypatch.delenv("LECTURE_DATA", raising=False)
    one_line("LECTURE_DATA names no folder: it needs imagenet/train/<class>/", load)
    monkeypatch.setenv("LECTURE_DATA", str(tmp_path))
    one_line(f"{tmp_path} has no ImageNet: it needs", load)
    assert not here()
    assert published().digest() is None
    stored = dict.fromkeys(key._KEY, "same") | {"format": key.FORMAT, "data": "a digest"}
    assert key.difference(stored, stored | {"data": None}) == ""
    assert key.difference(stored, stored | {"data": "another"}) == "data changed"


@pytest.mark.parametrize(
    ("harm", "complaint"),
    [
        (lambda root: shutil.rmtree(root / "val"), r"cannot list .*val \(No such file or directory\): ImageNet needs"),
        (lambda root: shutil.rmtree(root / "val" / "n02102040"), "n02102040 is only in train"),
        (lambda root: shutil.rmtree(root / "train" / "n02102040"), "n02102040 is only in val"),
        (
            lambda root: [file.unlink() for file in (root / "train" / "n02102040").iterdir()],
            "n02102040 has no pictures",
        ),
        (
            lambda root: [shutil.rmtree(root / "val" / name) for name in made_up.CLASSES],
            "val has no folders: ImageNet needs one for each class",
        ),
        (
            lambda root: (root / "val" / "n02102040" / "gone.jpg").symlink_to(root / "nowhere"),
            r"cannot list .*gone.jpg \(No such file",
        ),
    ],
    ids=["no val", "class not in val", "class not in train", "empty class", "val without classes", "dangling link"],
)
def test_what_is_wrong_with_the_folder_is_one_line(root, harm, complaint):
    harm(root)
    one_line(complaint, load)


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.parametrize("workers", [0, 2])
@pytest.mark.parametrize(
    "damage",
    [lambda whole: whole[: len(whole) // 2], lambda whole: b"", lambda whole: b"no picture", lambda whole: whole[:30]],
    ids=["truncated", "empty", "something else", "a head alone"],
)
def test_a_broken_picture_is_named_in_one_line(root, monkeypatch, workers, damage):
    monkeypatch.setattr(reading, "workers", lambda: workers)
    path = load().train.path(7)
    path.write_bytes(damage(path.read_bytes()))
    one_line(rf"cannot read the picture {path} \(.+\): replace it", lambda: list(batches(load().train, range(12), 4)))


def test_the_middle_square_is_taken_whatever_the_shape(tmp_path):
    pixels = np.zeros((300, 600, 3), np.uint8)
    pixels[:, 150:450] = (200, 100, 50)
    Image.fromarray(pixels).save(tmp_path / "wide.png")
    Image.fromarray(pixels.transpose(1, 0, 2)).save(tmp_path / "tall.png")
    for name in ("wide", "tall"):
        found = read(tmp_path / f"{name}.png")
        assert found.shape == (3, SQUARE, SQUARE)
        assert found.dtype == torch.uint8
        assert torch.equal(found[:, 128, 128], torch.tensor([200, 100, 50], dtype=torch.uint8))
        inner = found[:, 4:-4, 4:-4]
        assert torch.equal(inner, inner[:, :1, :1].expand_as(inner))


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_grey_and_printed_photographs_get_three_colours(mode):
    """ImageNet has some of each."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 90, 90)).convert(mode).save(file, "JPEG")
    assert (read(file).int() - 90).abs().max() < 4


def test_a_square_of_the_right_size_stays_as_it_is(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 256, (SQUARE, SQUARE, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "same.png")
    assert torch.equal(read(tmp_path / "same.png"), torch.from_numpy(pixels).permute(2, 0, 1))


def test_training_sees_windows_of_it_half_of_them_mirrored():
    square = squares()[0]
    places, mirrored = set(), 0
    for index in range(400):
        part, shade = cut(square, Way(0, 0), index)
        assert part.shape == (3, SIDE, SIDE)
        assert shade.shape == (3,)
        flipped = bool(part[0, 0, 0] > part[0, 0, 1])
        whole = part.flip(2) if flipped else part
        top, left = divmod(int(whole[0, 0, 0]), SQUARE)
        assert torch.equal(whole, square[:, top : top + SIDE, left : left + SIDE])
        places.add((top, left))
        mirrored += flipped
    assert len(places) > 250
    assert 160 < mirrored < 240
    assert {min(p) for p in zip(*places, strict=True)} == {0}
    assert {max(p) for p in zip(*places, strict=True)} == {SQUARE - SIDE}


def test_seed_pass_and_place_decide_what_training_sees():
    square = squares()[0]
    first, shade = cut(square, Way(3, 5), 7)
    again, same = cut(square, Way(3, 5), 7)
    assert torch.equal(first, again)
    assert torch.equal(shade, same)
    for other in ((Way(4, 5), 7), (Way(3, 6), 7), (Way(3, 5), 8)):
        assert not torch.equal(cut(square, *other)[1], shade)


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_workers_change_nothing_and_batches_come_in_order(root, monkeypatch):
    order, found = [11, 3, 7, 0, 5, 2, 9, 1, 4, 6], {}
    for workers in (0, 2):
        monkeypatch.setattr(reading, "workers", lambda workers=workers: workers)
        found[workers] = list(batches(load().train, order, 4, Way(1, 2)))
    for one, other in zip(*found.values(), strict=True):
        assert all(torch.equal(a, b) for a, b in zip(one, other, strict=True))
    assert len(found[0]) == 2, "in training the last incomplete batch is dropped"
    assert torch.cat([batch.y for batch in found[2]]).tolist() == [order[i] // 4 for i in range(8)]
    x, shade = cut(read(load().train.path(3)), Way(1, 2), 3)
    assert torch.equal(found[2][0].x[1], x)
    assert torch.equal(found[2][0].shades[1], shade)


def test_in_testing_every_photograph_is_seen_as_it_is(root):
    found = list(batches(load().val, range(6), 4))
    assert [len(batch.y) for batch in found] == [4, 2]
    assert torch.equal(found[1].x[0], read(load().val.path(4)))
    assert not torch.cat([batch.shades for batch in found]).any()


def test_fewer_photographs_than_a_batch_are_one(root):
    (batch,) = batches(load().train, range(12), 100, Way(0, 0))
    assert len(batch.y) == 12


def test_ten_views_are_corners_and_middle_each_with_its_mirror_image():
    x = squares()
    found = list(ten_views(x))
    assert len(found) == 10
    assert {int(view[0, 0, 0, 0]) for view in found[::2]} == {0, 32, 32 * 256, 32 * 257, 16 * 257}
    for view, mirror in zip(found[::2], found[1::2], strict=True):
        assert view.shape == (2, 3, SIDE, SIDE)
        assert torch.equal(view.flip(3), mirror)
    (view,) = middle(x)
    assert torch.equal(view, found[8])


def test_reading_is_timed_for_all_workers_together(monkeypatch):
    monkeypatch.setattr(reading, "workers", lambda: 1000)
    assert 0 < reading.seconds_a_picture(2) < 0.01


def test_the_counts_are_those_of_the_folder(root):
    assert (len(load().train), len(load().val)) == (12, 6)
    assert len(replace(load().val, names=load().val.names[:1])) == 1
