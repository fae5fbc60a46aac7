import torch

from lecture.experiments.outlook.representation_map import RepresentationMap

CPU = torch.device("cpu")


def test_the_map_has_each_image_once_a_layer_within_the_unit_square():
    settings = RepresentationMap(images=120, test=30, shown=16, steps=2)
    places = settings.run(CPU)
    assert places.groupby("layer")["image"].apply(list).tolist() == [list(range(16))] * 2
    assert places[["x", "y"]].min().tolist() == [0, 0]
    assert places[["x", "y"]].max().tolist() == [1, 1]
