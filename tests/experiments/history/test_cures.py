import pytest
import torch

from lecture.data.images import Images
from lecture.experiments.history import cures
from lecture.experiments.history.cures import ASIDE, CURES, INPUTS, SHRINK, BoundedSGD, Cure, Cures
from lecture.seeds import Seeds

CPU = torch.device("cpu")
TINY = Cures(seeds=3, examples=40, test=60, width=12, batch=20, steps=60, look=20)


def fake(n=ASIDE + 400):
    """Images that can be told apart: three blobs, and a number of their own in a corner."""
    generator = torch.Generator().manual_seed(0)
    y = torch.arange(n) % 3
    x = 0.1 * torch.rand(n, 28, 28, generator=generator)
    for label in range(3):
        x[y == label, 8 + 4 * label : 12 + 4 * label, 10:18] += 0.7
    x[:, 0, 0] = torch.arange(n) / n
    return Images("fake", x, y)


@pytest.fixture(autouse=True)
def _no_real_images(monkeypatch):
    monkeypatch.setattr(cures.mnist, "load", fake)


@pytest.fixture(scope="module")
def table():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cures.mnist, "load", fake)
        return TINY.run(CPU)


def test_every_cure_has_every_seed_and_its_own_number_of_images(table):
    assert table.groupby("cure")["seed"].apply(list).to_dict() == {name: [0, 1, 2] for name in CURES}
    found = table.groupby("cure")["examples"].first()
    assert found["8x data"] == found["dropout, 8x data"] == 8 * found["nothing"]


def test_the_network_overfits_and_the_cures_are_different(table):
    train = table.groupby("cure")["train_accuracy"].mean()
    assert train["nothing"] == 1
    few = table[(table["seed"] == 0) & (table["examples"] == TINY.examples)]
    assert few["test_loss"].nunique() == len(few) == 7


def test_no_image_is_both_trained_on_and_tested_on_and_none_set_aside_is_tested_on():
    x, _, x_test, _ = TINY._images(Seeds((0, 1), CPU))
    aside = {round(v, 6) for v in fake().split(400, ASIDE, seed=0)[2][:, 0, 0].tolist()}
    for trained, tested in zip(x[:, :, 0, 0], x_test[:, :, 0, 0], strict=True):
        tests = {round(v, 6) for v in tested.tolist()}
        assert not tests & {round(v, 6) for v in trained.tolist()}
        assert not tests & aside
        assert not {round(v, 6) for v in trained[: 400 - 60].tolist()} & aside  # only eight times the data has them


def test_early_stopping_returns_the_scores_of_the_best_look():
    losses, tests = [[3.0, 1.0], [2.0, 2.0], [2.5, 0.5]], iter([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]])
    found = cures.at_lowest(map(torch.tensor, losses), lambda: {"test_accuracy": next(tests)})
    assert found["test_accuracy"].tolist() == [0.3, 0.6]


def test_dropout_switches_off_its_share_of_inputs_and_units():
    model = TINY._network(Cure(rate=0.1, dropout=0.5, input_dropout=0.2), Seeds((0,), CPU))
    model.train()
    thinned, _, (_, units) = model[0], model[1], model[2]
    assert (thinned(torch.ones(1, 200, INPUTS)) == 0).float().mean() == pytest.approx(0.2, abs=0.01)
    assert (units(torch.ones(1, 500, 12)) == 0).float().mean() == pytest.approx(0.5, abs=0.03)
    model.eval()
    assert torch.equal(thinned(torch.ones(1, 2, INPUTS)), torch.ones(1, 2, INPUTS))


def test_the_network_sees_the_means_of_squares():
    x = torch.rand(2, 5, 28, 28, generator=torch.Generator().manual_seed(0))
    squares = SHRINK(x)
    torch.testing.assert_close(squares[1, 3, 14 + 2], x[1, 3, 2:4, 4:6].mean())


def test_weights_into_a_unit_are_cut_back_to_a_length_and_shorter_ones_stay():
    model = TINY._network(Cure(rate=0.1), Seeds((0, 1), CPU))
    weights = [p for p in model.parameters() if p.shape[1] > 1]
    before = [p.detach().clone() for p in model.parameters()]
    BoundedSGD(model, 0.1, longest=1.2, momentum=0.9, weight_decay=0.0).step()  # without gradients nothing else moves
    for old, new in zip(before, model.parameters(), strict=True):
        length = old.norm(dim=1, keepdim=True)
        bounded = (length > 1.2) & (old.shape[1] > 1)
        torch.testing.assert_close(new.data, torch.where(bounded, old * 1.2 / length, old))
    assert any((p.norm(dim=1) > 1.19).any() for p in weights)
    assert all((p.norm(dim=1) < 1.2001).all() for p in weights)
