import torch

from lecture.experiments.saturation.scaling_classical import ScalingClassical, ScalingTrees

CPU = torch.device("cpu")


def test_only_the_support_vector_machine_stops_before_the_largest_size():
    table = ScalingClassical.preset("smoke", most_svm=200).run(CPU)
    assert table.groupby("method")["n"].max().to_dict() == {
        "logistic": 400,
        "neighbours": 400,
        "SVM": 200,
        "kernel": 400,
    }
    table = ScalingTrees.preset("smoke", seeds=1).run(CPU)
    assert set(table["method"]) == {"forest", "boosting"}
    assert table["error"].between(0, 1).all()
