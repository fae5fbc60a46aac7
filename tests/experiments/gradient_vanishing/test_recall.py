import pytest

from lecture import devices
from lecture.experiments.gradient_vanishing.explosion import Explosion
from lecture.experiments.gradient_vanishing.recall import RecallGRU, RecallLSTM, RecallRNN


@pytest.mark.parametrize("experiment", [RecallRNN, RecallLSTM, RecallGRU])
def test_a_short_sequence_is_soon_remembered(experiment):
    table = experiment.preset("smoke", lengths=(3, 4), steps=400).run(devices.pick("cpu"))
    runs = table[table["length"] == 3].set_index("start")
    assert runs["accuracy"].groupby("start").max().gt(0.9).all()
    assert set(runs.index) == set(experiment.rates)
    assert (runs["updates"] >= 0).groupby("start").any().all()


def test_a_length_is_tried_only_where_a_shorter_one_was_solved():
    table = RecallRNN.preset("smoke", lengths=(3, 30), steps=5).run(devices.pick("cpu"))
    assert set(table["length"]) == {3}
    assert (table["updates"] == -1).all()


def test_clipping_changes_nothing_where_no_gradient_is_too_long():
    table = Explosion.preset("smoke", clip=1e6).run(devices.pick("cpu"))
    runs = table.drop(columns="clipped")
    free, clipped = (runs[table["clipped"] == kind].reset_index(drop=True) for kind in (False, True))
    assert free.equals(clipped)
    tight = Explosion.preset("smoke", clip=1e-3).run(devices.pick("cpu"))
    assert not tight[tight["clipped"]].drop(columns="clipped").reset_index(drop=True).equals(clipped)
