import torch

from lecture.models.activations import Sigmoid
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.scores import evaluate, scores


def test_each_column_is_the_measure_and_the_set_that_it_names():
    seeds = Seeds((0, 1, 2), torch.device("cpu"))
    model = mlp(seeds.stream("weights"), depth=1, width=8, activation=Sigmoid)
    sets = {name: (seeds.stream(name).normal(20, 40), seeds.stream(name).integers(20, below=10)) for name in "ab"}
    found = scores(model, sets["a"], sets["b"])
    assert list(found) == ["train_loss", "train_accuracy", "test_loss", "test_accuracy"]
    for name, data in (("train", sets["a"]), ("test", sets["b"])):
        loss, accuracy = evaluate(model, *data)
        assert found[f"{name}_loss"] == loss.tolist()
        assert found[f"{name}_accuracy"] == accuracy.tolist()
