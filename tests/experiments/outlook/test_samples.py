import torch

from lecture.data import digits
from lecture.experiments.outlook.generative import Samples

CPU = torch.device("cpu")


def test_the_pictures_shown_are_the_first_of_each_class():
    settings = Samples(images=120, levels=4, width=16, steps=5, each=2, looks=3)
    table = settings.run(CPU)
    assert set(table["source"]) == {"real", "one Gaussian", "mixture", "network", "step 0", "step 2", "step 4"}
    assert set(table.groupby(["source", "number"]).size()) == {64}
    assert set(table.groupby("source")["number"].max()) == {19}
    *_, kept, labels = digits.load().split(120, 120, 0)
    shown = table[(table["source"] == "real") & (table["number"] == 13)]["value"].tolist()
    assert shown == kept[labels == 3][1].flatten().tolist()
    last, network = (table[table["source"] == name]["value"].tolist() for name in ("step 4", "network"))
    assert last == network
