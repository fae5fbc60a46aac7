import torch

from lecture.experiments.history.hidden_layer import HiddenLayer

CPU = torch.device("cpu")


def test_a_hidden_layer_learns_xor():
    table = HiddenLayer(seeds=3, steps=300, every=300).run(CPU)
    start, end = (table[table["step"] == step] for step in (0, 300))
    assert end["loss"].mean() < 0.5 * start["loss"].mean()
    assert (end["right"] == 4).any()
    assert ((end["right"] == 4) >= (end["loss"] < 0.25)).all()  # one wrong answer costs at least a quarter
