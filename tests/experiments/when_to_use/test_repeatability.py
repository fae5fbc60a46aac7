import pytest
import torch
from sklearn.metrics import brier_score_loss, log_loss

from lecture.experiments.when_to_use.repeatability import Repeatability, _rows

TINY = Repeatability.preset("smoke")
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def table():
    return TINY.run(CPU)


def test_methods_without_randomness_answer_alike_and_the_network_does_not(table):
    differ = table[table["quantity"] == "disagreement"].groupby("method")["value"].max()
    assert differ[["logistic", "SVM"]].max() == 0
    assert differ[["network", "forest"]].min() > 0
    assert differ["network, same seed"] == 0


def test_every_network_counts_and_the_ensembles_are_two(table):
    runs = table[table["quantity"] == "accuracy"].groupby(["method", "seed"]).size()
    assert (runs["network"] == TINY.runs).all()
    assert (runs["ensemble"] == 2).all()


def test_the_scores_are_those_of_scikit_learn():
    random = torch.Generator().manual_seed(0)
    logs = torch.randn(3, 12, 4, generator=random).log_softmax(2)
    y = torch.arange(10) % 4
    rows = _rows("network", logs, 2, torch.tensor([0, 1]), y)
    chances = logs[0, 2:].double().exp().numpy()
    chances /= chances.sum(1, keepdims=True)
    assert known(rows, "log_loss")[0] == pytest.approx(log_loss(y, chances), rel=1e-5)
    assert known(rows, "brier")[0] == pytest.approx(brier_score_loss(y, chances, scale_by_half=False), rel=1e-5)


def known(rows, quantity):
    return [row["value"] for row in rows if row["quantity"] == quantity]


def test_the_quantities_by_hand():
    answers = torch.tensor([[0, 0, 1, 1], [0, 0, 1, 0], [1, 0, 1, 1]])  # the first two are for validation
    logits = 3.0 * torch.nn.functional.one_hot(answers, 3).float()
    y = torch.tensor([1, 1])
    rows = _rows("network", logits.log_softmax(2), 2, torch.tensor([0, 1]), y)
    assert known(rows, "accuracy") == [1.0, 0.5]
    assert known(rows, "disagreement") == [0.5]
    assert known(rows, "disagreement_other") == [0.25]  # the last agrees with the first run and half with the second
    assert sum(known(rows, "bin_share")) == pytest.approx(1)
    assert known(rows, "confidence")[0] == pytest.approx(logits[0].softmax(1).max().item())


def test_no_class_is_ruled_out_for_good(monkeypatch):
    """Where all members give a class less than the least number there is, their mean still has a logarithm."""
    certain = 200.0 * torch.nn.functional.one_hot(torch.arange(160) % 10, 10).float().expand(5, -1, -1)
    monkeypatch.setattr(Repeatability, "_network", lambda *given, **named: certain.log_softmax(2))
    table = Repeatability.preset("smoke", seeds=1).run(CPU)
    assert table["value"].notna().all()
