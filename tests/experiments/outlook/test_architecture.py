import torch

from lecture.experiments.outlook.architecture import DEFAULT, SEARCHED, Architecture
from lecture.models.design import space

CPU = torch.device("cpu")


def test_the_table_holds_every_design_and_the_default():
    settings = Architecture.preset("smoke")
    table = settings.run(CPU)
    last = table[table["steps"] == settings.steps]

    assert (last[last["design"] == SEARCHED].groupby("seed").size() == len(space())).all()
    assert (last[last["design"] == DEFAULT].groupby("seed").size() == settings.starts).all()
    assert last["test"].notna().all()
    assert table.loc[table["steps"] < settings.steps, "test"].isna().all()
