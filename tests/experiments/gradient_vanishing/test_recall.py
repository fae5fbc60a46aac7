import pytest

from lecture import devices
from lecture.experiments.gradient_vanishing.explosion import Explosion
from lecture.experiments.gradient_vanishing.recall import RecallGRU, RecallLSTM, RecallRNN


@pytest.mark.parametrize("experiment", [RecallRNN, RecallLSTM, RecallGRU])
def test_a_short_sequence_is_soon_remembered(experiment):
    table = experiment.preset("smoke", lengths=(3,), steps=80, rates=(0.02,)).run(devices.pick("cpu"))
    assert table.groupby("start")["accuracy"].max().gt(0.9).all()
    assert set(table["start"]) == set(experiment.preset("smoke").starts)


def test_clipping_changes_nothing_where_no_gradient_is_too_long():
    table = Explosion.preset("smoke", clip=1e6).run(devices.pick("cpu"))
    runs = table.drop(columns="clipped")
    free, clipped = (runs[table["clipped"] == kind].reset_index(drop=True) for kind in (False, True))
    assert free.equals(clipped)
    tight = Explosion.preset("smoke", clip=1e-3).run(devices.pick("cpu"))
    assert not tight[tight["clipped"]].drop(columns="clipped").reset_index(drop=True).equals(clipped)
