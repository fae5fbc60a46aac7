"""An archive brings records back as they were, notices damage anywhere, and refuses what other code computed."""

import contextlib
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.toys import Other, Toy

from lecture import devices
from lecture.errors import LectureError
from lecture.records import archive, folder, read, store
from lecture.records.record import Record, encode

TOYS = {toy.name(): toy for toy in (Toy, Other)}


def find(name):
    if name not in TOYS:
        raise LectureError(f"unknown experiment {name!r}")
    return TOYS[name]


def place(experiment):
    return store.path_of(experiment, devices.pick())


@pytest.fixture
def packed(cache, tmp_path):
    """Return an archive of two records, computed here."""
    for experiment in (Toy(), Other()):
        read(experiment)
    file = tmp_path / "records.zip"
    archive.save(file, archive.pack([place(Toy()), place(Other())]))
    return file


def test_records_come_back_as_they_were(packed):
    before = {experiment.name(): place(experiment).read_bytes() for experiment in (Toy(), Other())}
    folder.remove(folder.records())
    assert archive.take(packed, find)["taken"] == ["toys.other", "toys.toy"]
    assert {experiment.name(): place(experiment).read_bytes() for experiment in (Toy(), Other())} == before
    assert archive.take(packed, find)["already here"] == ["toys.other", "toys.toy"]


def test_the_same_records_give_the_same_bytes_and_any_program_can_read_them(packed):
    assert archive.pack([place(Other()), place(Toy())]) == packed.read_bytes()
    with zipfile.ZipFile(packed) as found:
        listed = json.loads(found.read("records.json"))["records"]
        assert [entry["experiment"] for entry in listed] == ["toys.other", "toys.toy"]
        assert "lecture import" in found.read("README.txt").decode()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_flipped_byte_or_a_missing_end_is_noticed_and_nothing_is_taken(data, packed_bytes, tmp_path_factory):
    at = data.draw(st.integers(0, len(packed_bytes) - 1))
    cut = data.draw(st.booleans())
    spoilt = packed_bytes[:at] if cut else packed_bytes[:at] + bytes([packed_bytes[at] ^ 0xFF]) + packed_bytes[at + 1 :]
    file = tmp_path_factory.mktemp("spoilt") / "records.zip"
    file.write_bytes(spoilt)
    with contextlib.suppress(LectureError):  # some bytes of a zip file mean nothing, such as who made it: then all is
        found = archive.unpack(file)  # as it was
        assert {name: content for name, (content, _) in found.items()} == contents(packed_bytes)


@pytest.fixture(scope="module")
def packed_bytes(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LECTURE_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("LECTURE_PRESET", "smoke")
        read(Toy.preset("smoke"))
        return archive.pack([place(Toy.preset("smoke"))])


def contents(data):
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return {name: found.read(name) for name in found.namelist() if name.endswith(".parquet")}


def respelt(file, change):
    """Write the first record of an archive anew, with its provenance changed."""
    found = {name: record for name, (_, record) in archive.unpack(file).items()}
    name = min(found)
    change(found[name].provenance)
    for name, record in found.items():
        (folder.cache() / name).write_bytes(encode(Record(record.table, record.provenance)))
    archive.save(file, archive.pack(folder.records()))
    folder.remove(folder.records())


@pytest.mark.parametrize(
    ("part", "value", "fate"),
    [
        ("source", "other", "of other code"),
        ("settings", {"rows": 4}, "of other code"),
        ("experiment", "toys.gone", "of other code"),
        ("versions", {"torch": "1.0"}, "stale"),
        ("data", "other", "stale"),
    ],
)
def test_what_does_not_fit_is_told_and_the_rest_taken(packed, part, value, fate):
    respelt(packed, lambda provenance: provenance.update({part: value}))
    fates = archive.take(packed, find)
    assert fates["taken"] == ["toys.toy"]
    assert len(fates[fate]) == 1
    assert (len(folder.records()) == 2) == (fate == "stale")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04"])
def test_what_is_no_archive_is_refused_in_a_line(tmp_path, content, cache):
    file = tmp_path / "x.zip"
    file.write_bytes(content)
    with pytest.raises(LectureError, match=r"x\.zip is no archive of records"):
        archive.unpack(file)
    with pytest.raises(LectureError, match=r"there is no file .*y\.zip"):
        archive.unpack(tmp_path / "y.zip")


def test_an_archive_cannot_write_outside_the_store(packed, tmp_path):
    (data, _) = next(iter(archive.unpack(packed).values()))
    with zipfile.ZipFile(packed, "w") as evil:
        name = "../../evil/book-cpu.parquet"
        entry = {"file": name, "sha256": archive.sha256(data).hexdigest()}
        evil.writestr(archive.LIST, json.dumps({"format": archive.FORMAT, "records": [entry]}))
        evil.writestr(name, data)
    with pytest.raises(LectureError, match="damaged"):
        archive.take(packed, find)


def test_a_place_that_cannot_be_written_to_is_named(tmp_path):
    with pytest.raises(LectureError, match="cannot be written"):
        archive.save(tmp_path / "none" / "x.zip", b"")


def test_nothing_to_pack_is_said(cache):
    with pytest.raises(LectureError, match="no records to pack"):
        archive.pack([])
