import torch

from lecture.experiments.saturation.translation_heavy import TranslationHeavy

CPU = torch.device("cpu")


def test_the_hard_strip_is_asked_of_every_method_at_every_size():
    table = TranslationHeavy.preset("smoke").run(CPU)
    assert (table.groupby(["method", "n"]).size() == 2).all()
    assert set(table["method"]) == {"logistic", "neighbours", "SVM", "kernel", "CNN"}
