import torch

from lecture.experiments.outlook.attention_map import AttentionMap

CPU = torch.device("cpu")


def test_the_map_shows_all_of_the_attention():
    table = AttentionMap.preset("smoke").run(CPU)
    assert sorted(table["step"].unique()) == [0, 2, 4]
    total = table.groupby(["seed", "step", "answer"])["weight"].sum()
    assert len(total) == 2 * 3 * 4
    assert (total - 1).abs().max() < 1e-5
