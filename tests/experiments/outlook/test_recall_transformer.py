import pytest
import torch

from lecture.experiments.gradient_vanishing.recall_lstm import RecallLSTM
from lecture.experiments.gradient_vanishing.recall_rnn import RecallRNN
from lecture.experiments.outlook.attention_map import AttentionMap
from lecture.experiments.outlook.recall_lstm_longer import RecallLSTMLonger
from lecture.experiments.outlook.recall_rnn_longer import RecallRNNLonger
from lecture.experiments.outlook.recall_transformer import RecallTransformer
from lecture.experiments.outlook.sequence_price import SequencePrice

CPU = torch.device("cpu")


@pytest.mark.parametrize("preset", ["smoke", "book"])
def test_all_networks_get_the_same_training_and_the_same_lengths(preset):
    transformer = RecallTransformer.preset(preset)
    pairs = ((RecallRNN, RecallRNNLonger), (RecallLSTM, RecallLSTMLonger))
    for shorter, longer in pairs:
        cells = shorter.preset(preset), longer.preset(preset)
        assert cells[0].lengths + cells[1].lengths == transformer.lengths
        for cell in cells:
            for setting in ("seeds", "rates", "clip", "batch", "steps", "tested"):
                assert getattr(cell, setting) == getattr(transformer, setting)
            assert cell.hidden == transformer.width


def test_a_short_sequence_is_soon_remembered():
    table = RecallTransformer.preset("smoke", lengths=(3,), steps=80, rates=(0.02,)).run(CPU)
    assert table["accuracy"].max() > 0.9


def test_the_map_shows_all_of_the_attention():
    table = AttentionMap.preset("smoke").run(CPU)
    assert sorted(table["step"].unique()) == [0, 2, 4]
    total = table.groupby(["seed", "step", "answer"])["weight"].sum()
    assert len(total) == 2 * 3 * 4
    assert (total - 1).abs().max() < 1e-5


def test_the_price_is_the_one_worked_out_by_hand():
    table = SequencePrice.preset("smoke", width=16, inner=32).run(CPU)
    counted = table.pivot(index="length", columns="network", values="multiplications")
    for n, row in counted.iterrows():
        assert row["RNN"] == n * (16 * 16 + 16 * 4)
        assert row["LSTM"] == n * (4 * 16 * 16 + 16 * 4)
        assert row["Transformer"] == n * (4 * 16 * 16 + 2 * 16 * 32 + 16 * 4) + 2 * 16 * n * n
