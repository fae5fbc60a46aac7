"""AlexNet's own training on a page: its errors beside the paper's where the store has them, and else what to do."""

from dataclasses import replace

import pandas as pd
import torch

from lecture.data import imagenet
from lecture.experiments.history.imagenet_alexnet import ImagenetAlexnet
from lecture.publishing import gathering, judging
from lecture.records import folder, store
from lecture.records.key import circumstances, key
from lecture.records.record import Record, encode

CPU = torch.device("cpu")
PAGE = "# Eight points\n\n```{alexnet-trained}\nNobody has.\n```\n"
TABLE = pd.DataFrame(
    {"seed": 0, "epoch": [89, 90, 90], "views": [1, 1, 10], "train_loss": 2.5, "top_1": [0.5, 0.45, 0.4321],
     "top_5": [0.3, 0.25, 0.2049], "classes": 1000, "train_images": 1_281_167, "test_images": 50_000}
)  # fmt: skip


def keep(**changes):
    """Store the table as if it had been computed here."""
    experiment = ImagenetAlexnet.preset("full")
    known = key(experiment, CPU) | circumstances(experiment, TABLE, CPU, 1, 1.0) | changes
    folder.write(store.path_of(experiment, CPU), encode(Record(TABLE, known)))


def test_with_a_record_its_errors_are_told_and_without_one_nothing(cache, monkeypatch):
    monkeypatch.delenv("LECTURE_DATA", raising=False)
    assert not judging.alexnet()
    keep(data="some folder on another machine")
    told = judging.alexnet()
    assert "90 passes over 1,281,167 photographs of 1,000 classes. Of 50,000 that it had not seen" in told
    assert "it gets 43.2 % wrong with one guess and 20.5 % with five. The paper's had 40.7 % and 18.2 %" in told


def test_a_record_of_other_photographs_than_are_here_is_not_shown(cache, monkeypatch):
    keep(data="some folder")
    monkeypatch.setattr(imagenet.Published, "digest", lambda self: "another folder")
    assert not judging.alexnet()


def test_the_body_stands_until_there_is_something_to_tell(build, evidence):
    assert "<p>Nobody has.</p>" in build(index=PAGE).page()
    page = build(replace(evidence(), alexnet="We trained one.")).page()
    assert "<p>We trained one.</p>" in page
    assert "Nobody has" not in page


def test_the_record_may_come_later(cache):
    files = judging.record_files()
    before = gathering._state(files)
    assert gathering._state(files) == before
    keep()
    assert gathering._state(files) != before
