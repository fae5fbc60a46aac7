import torch

from lecture.experiments.outlook.recall_transformer import RecallTransformer

CPU = torch.device("cpu")


def test_a_short_sequence_is_soon_remembered():
    table = RecallTransformer.preset("smoke", lengths=(3,), steps=200).run(CPU)
    assert table["accuracy"].max() > 0.9
