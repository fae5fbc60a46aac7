import pytest

from lecture.experiments.gradient_vanishing.recall import RecallLSTM, RecallRNN
from lecture.experiments.outlook.recall_longer import RecallLSTMLonger, RecallRNNLonger
from lecture.experiments.outlook.recall_transformer import RecallTransformer


@pytest.mark.parametrize("preset", ["smoke", "book"])
def test_all_networks_get_the_same_training_and_the_same_lengths(preset):
    transformer = RecallTransformer.preset(preset)
    pairs = ((RecallRNN, RecallRNNLonger), (RecallLSTM, RecallLSTMLonger))
    for shorter, longer in pairs:
        cells = shorter.preset(preset), longer.preset(preset)
        assert cells[0].lengths + cells[1].lengths == transformer.lengths
        for cell in cells:
            for setting in ("seeds", "clip", "batch", "steps", "bar", "window", "tested"):
                assert getattr(cell, setting) == getattr(transformer, setting)
            assert cell.hidden == transformer.width
