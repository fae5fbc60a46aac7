"""Records that travel: export, import and reproduce, from the command line."""

import json

import pytest
from tests.cli.test_commands import _toys, call  # noqa: F401 - fixtures
from tests.toys import Toy

from lecture import devices
from lecture.data import cifar10, files, whole_mnist
from lecture.experiments import foresight, registry
from lecture.experiments.gradient_vanishing.cifar_race import CifarRace
from lecture.experiments.history import imagenet_alexnet
from lecture.experiments.history.imagenet_alexnet import ImagenetAlexnet
from lecture.experiments.when_to_use.mnist_digits import MnistDigits
from lecture.records import folder, read, store
from lecture.records.record import Record, encode


@pytest.fixture
def archive(call, tmp_path):  # noqa: F811
    """Return an archive of the toys' records, computed here."""
    file = tmp_path / "records.zip"
    assert call("run")[0] == 0
    assert call("export", str(file))[0] == 0
    return file


def test_there_and_back(call, archive):  # noqa: F811
    assert call("clean", "--yes")[0] == 0
    status, _, said = call("import", str(archive))
    assert (status, said) == (0, "2 taken\n")
    assert "fresh" in call("status")[1]
    assert call("import", str(archive))[2] == "2 already here\n"


def test_an_export_of_a_claim_holds_what_it_needs(call, tmp_path):  # noqa: F811
    read(Toy())
    status, _, said = call("export", str(tmp_path / "c09.zip"), "--claims", "c09")
    assert status == 0
    assert said.startswith("1 records, ")


def test_an_export_refuses_while_something_is_missing(call, tmp_path):  # noqa: F811
    status, _, said = call("export", str(tmp_path / "x.zip"))
    assert status == 2
    assert "no fresh records of toys.other, toys.toy: 'lecture run' computes them" in said
    assert not (tmp_path / "x.zip").exists()


def test_the_same_machine_computes_the_same(call, archive):  # noqa: F811
    status, out, _ = call("reproduce", str(archive), "C09", "--json")
    (part,) = json.loads(out)
    assert status == 0
    assert (part["part"], part["sameness"], part["there"], part["here"]) == ("C09.a", "identical", "holds", "holds")
    assert part["measured_there"] == part["measured_here"] != ""
    kept = json.loads((folder.cache() / "reproduced.json").read_text())
    assert kept["source"] == "records.zip"
    assert [one["part"] for one in kept["parts"]] == ["C09.a"]
    assert not list((folder.cache() / "again").glob("*/*.parquet")), "what was computed for the comparison is gone"


def test_without_an_archive_the_own_records_are_the_measure(call, archive):  # noqa: F811
    status, out, _ = call("reproduce", "c09")
    assert status == 0
    assert "identical" in out


@pytest.mark.parametrize(("shift", "sameness", "status"), [(1e-6, "within the interval", 0), (-100.0, "differs", 1)])
def test_other_numbers_are_told(call, cache, shift, sameness, status):  # noqa: F811
    table = read(Toy())
    path = store.path_of(Toy(), devices.pick())
    known = store.state(Toy()).record.provenance
    path.write_bytes(encode(Record(table.assign(value=table["value"] - shift), known)))
    found, out, said = call("reproduce", "C09", "--json")
    assert (json.loads(out)[0]["sameness"], found) == (sameness, status)
    assert ("other verdicts: C09.a" in said) == (status == 1)


def test_an_archive_with_another_verdict_fails(call, archive):  # noqa: F811
    """The weekly workflow depends on it: it compares a run with the archive of another one."""
    path = store.path_of(Toy(), devices.pick())
    known = store.state(Toy()).record
    path.write_bytes(encode(Record(known.table.assign(value=known.table["value"] + 100.0), known.provenance)))
    assert call("export", str(archive))[0] == 0
    status, out, said = call("reproduce", str(archive), "C09")
    assert status == 1
    assert "differs" in out
    assert said.splitlines()[-1] == "lecture: other verdicts: C09.a"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["import", "none.zip"], "there is no file none.zip"),
        (["reproduce", "none.zip"], "there is no file none.zip"),
        (["reproduce", "a.zip", "b.zip"], "one archive at a time, not a.zip and b.zip"),
        (["reproduce", "C31"], "unknown claim 'C31'"),
        (["reproduce", "C09"], "nothing to compare with: no records of these claims"),
        (["run", "--shard", "3/2"], "--shard 3/2: write for example 2/8"),
        (["run", "--shard", "half"], "--shard half: write for example 2/8"),
        (["run", "--scheduler", "tcp://127.0.0.1:1"], "no Dask scheduler answers at tcp://127.0.0.1:1"),
    ],
)
def test_what_cannot_be_is_one_line(call, arguments, complaint):  # noqa: F811
    status, _, said = call(*arguments)
    assert status == 2
    assert complaint in said.splitlines()[-1]
    assert "Traceback" not in said


def test_shares_together_are_everything_and_overlap_nowhere(call):  # noqa: F811
    found = [call("run", "--shard", f"{k}/2", "--dry-run")[1] for k in (1, 2)]
    assert ["toys.other" in out for out in found].count(True) == 1
    assert ["toys.toy" in out for out in found].count(True) == 1


@pytest.mark.parametrize(
    ("experiment", "memory", "data"),
    [
        (CifarRace, "2.5 GB", f"cifar10, from {cifar10.SOURCE}"),
        (MnistDigits, "1.4 GB", f"whole_mnist, from {whole_mnist.SOURCE}"),
    ],
)
def test_a_dry_run_says_how_long_how_large_and_on_what_data(call, monkeypatch, tmp_path, experiment, memory, data):  # noqa: F811
    monkeypatch.setattr(registry, "experiments", lambda: {experiment.name(): experiment})
    monkeypatch.setattr(registry, "defined_in", lambda module: (experiment,))
    monkeypatch.setattr(files, "downloads", lambda: tmp_path)
    monkeypatch.setattr(foresight, "_step", lambda model, recipe, device: (0.001, 10**9))
    status, out, said = call("run", "--dry-run", "--preset", "full")
    assert status == 0
    for words in (experiment.name(), "a few steps", memory, data):
        assert words in out
    assert said.startswith("1 to compute, 0 up to date, about ")
    assert not folder.records()


def test_a_dry_run_says_that_imagenet_must_be_fetched_by_hand(call, monkeypatch):  # noqa: F811
    monkeypatch.delenv("LECTURE_DATA", raising=False)
    monkeypatch.setattr(registry, "experiments", lambda: {ImagenetAlexnet.name(): ImagenetAlexnet})
    monkeypatch.setattr(registry, "defined_in", lambda module: (ImagenetAlexnet,))
    monkeypatch.setattr(foresight, "_step", lambda model, training, device: (0.001, 10**9))
    monkeypatch.setattr(imagenet_alexnet.pictures, "seconds_a_picture", lambda: 0.0001)
    status, out, said = call("run", "--dry-run", "--preset", "full")
    assert status == 0
    for words in ("history.imagenet_alexnet", "a few steps", "1.2 GB", "imagenet, from image-net.org by hand"):
        assert words in out
    assert said.startswith("1 to compute, 0 up to date, about ")
    assert not folder.records()


def test_a_dry_run_computes_nothing(call):  # noqa: F811
    status, out, said = call("run", "--dry-run")
    assert status == 0
    assert "generated" in out
    assert said.startswith("2 to compute, 0 up to date, about ")
    assert not folder.records()
