import torch

from lecture.experiments.history.alexnet import Alexnet

CPU = torch.device("cpu")


def test_alexnet_takes_a_step_downhill():
    table = Alexnet(narrow=16, classes=10).run(CPU)
    assert (table["loss_after"] < table["loss"]).all()
    learned = table[table["parameters"] > 0]
    assert (learned["gradient"] > 0).all()
    assert learned.groupby("layout").size().to_dict() == {"one tower": 8, "two towers": 8}
    assert (table[table["parameters"] == 0]["multiply_adds"] == 0).all()
