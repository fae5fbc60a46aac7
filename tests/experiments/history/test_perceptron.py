import torch

from lecture.experiments.history.perceptron import Perceptron

CPU = torch.device("cpu")


def test_the_perceptron_settles_within_its_bound_or_never():
    table = Perceptron(seeds=3).run(CPU)
    last = table[table["pass"] == table["pass"].max()].set_index("gate")
    assert (last.loc[["AND", "OR"], "mistakes"] <= last.loc[["AND", "OR"], "bound"]).all()
    assert (last.loc[["AND", "OR"], "mistakes_now"] == 0).all()
    assert (last.loc["XOR", "mistakes_now"] > 0).all()
    added = table.groupby(["gate", "seed"])["mistakes_now"].cumsum()
    assert (added == table["mistakes"]).all()
