import torch

from lecture.experiments.saturation.scaling_deep import ScalingDeep

CPU = torch.device("cpu")


def test_one_network_keeps_its_width_and_the_other_grows():
    table = ScalingDeep.preset("smoke").run(CPU)
    widths = table.groupby(["method", "n"])["channels"].first()
    assert widths["fixed"].tolist() == [16] * 4
    assert widths["family"].tolist() == [8, 10, 11, 12]
    assert len(table) == 2 * 2 * 4


def test_ten_times_the_examples_get_twice_the_channels():
    assert ScalingDeep(sizes=(100, 1000, 10_000, 100_000)).family == (8, 16, 32, 64)


def test_where_both_are_as_wide_they_are_the_same_network():
    table = ScalingDeep(seeds=2, sizes=(1000,), drawn=1000, test=200, least_steps=3).run(CPU)
    fixed, family = (table[table["method"] == name]["error"].tolist() for name in ("fixed", "family"))
    assert fixed == family
