import torch

from lecture.experiments.saturation.scaling_classical import ScalingClassical, ScalingTrees

CPU = torch.device("cpu")


def test_each_method_stops_at_its_largest_size():
    table = ScalingClassical.preset("smoke", most_svm=200).run(CPU)
    assert table.groupby("method")["n"].max().to_dict() == {"logistic": 400, "neighbours": 400, "SVM": 200}
    table = ScalingTrees.preset("smoke", most_boosting=100, seeds=1).run(CPU)
    assert table.groupby("method")["n"].max().to_dict() == {"forest": 400, "boosting": 100}
    assert table["error"].between(0, 1).all()
