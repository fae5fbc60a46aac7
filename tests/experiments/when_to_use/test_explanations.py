"""What trees, linear models and networks name as their reasons: networks on images, everybody on a table."""

import numpy as np
import pytest
import torch
from scipy.stats import spearmanr
from sklearn.tree import DecisionTreeClassifier
from torch import nn

from lecture import devices
from lecture.experiments.when_to_use.reasons import Reasons, compare, largest, path_columns, top_questions
from lecture.experiments.when_to_use.saliency import SEEN, Saliency, correlation, saliency
from lecture.models.image_network import image_network
from lecture.models.layers import Linear
from lecture.seeds import Stream

CPU = torch.device("cpu")
TINY = {Reasons: Reasons.preset("smoke"), Saliency: Saliency.preset("smoke")}


@pytest.fixture(scope="module")
def tables():
    devices.prepare()
    return {experiment: settings.run(CPU) for experiment, settings in TINY.items()}


def test_every_seed_has_its_numbers_and_pictures(tables):
    table = tables[Saliency]
    assert (table[table["number"] < 0].groupby("quantity").size() == 2).all()
    pixels = table[table["number"] >= 0].groupby(["quantity", "seed"]).size()
    assert set(pixels["image"]) == {SEEN**2}
    assert set(pixels["map"]) == {(TINY[Saliency].members + 2) * SEEN**2}
    assert (tables[Reasons].groupby(["model", "quantity"]).size() == 2).all()
    assert tables[Reasons].query("quantity != 'error'")["value"].between(0, 1).all()


def test_a_linear_networks_map_is_its_weights():
    network = nn.Sequential(nn.Flatten(2), Linear(28 * 28, 10, Stream([0], "weights")))
    answers = torch.tensor([[3, 7]])
    maps = saliency(network, torch.zeros(1, 2, 28, 28), answers)
    weights = network[1].weight[0].detach().view(28, 28, 10)[:SEEN, :SEEN].abs()
    torch.testing.assert_close(maps[0], weights.permute(2, 0, 1)[answers[0]])


def test_the_last_rows_and_columns_of_pixels_reach_no_answer():
    network = image_network(Stream([0], "weights"), channels=(8, 16))
    x = torch.rand(1, 1, 28, 28)
    changed = x.clone()
    changed[..., SEEN:, :] = changed[..., SEEN:] = 5.0
    assert torch.equal(network(x), network(changed))
    changed[..., SEEN - 1, SEEN - 1] = 5.0
    assert not torch.equal(network(x), network(changed))


def test_the_correlation_is_spearmans_with_ties():
    generator = torch.Generator().manual_seed(0)
    a, b = (torch.randint(0, 4, (3, 5, 5), generator=generator).double() for _ in range(2))
    expected = np.mean([spearmanr(x.flatten(), y.flatten()).statistic for x, y in zip(a, b, strict=True)])
    assert correlation(a, b) == pytest.approx(expected)
    assert correlation(a, a) == pytest.approx(1)
    assert correlation(a, -a) == pytest.approx(-1)


def test_the_columns_of_a_path():
    x = np.array([[0.0, 0, 0, 9], [0, 1, 0, 9], [1, 0, 0, 9], [1, 0, 1, 9]] * 5)
    y = np.array([0, 1, 1, 0] * 5)  # column 0 asks first or second; column 3 never
    tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(x, y)
    assert tree.score(x, y) == 1
    named = path_columns(tree, x[:4])
    for row, columns in zip(x[:4], named, strict=True):
        moved = row.copy()
        moved[~columns] = 5.0  # what no question asks about changes nothing
        assert tree.predict([moved]) == tree.predict([row])
    assert not named[:, 3].any()
    assert top_questions(tree)[0] == tree.tree_.feature[0]


def test_the_three_largest():
    assert largest(np.array([[1.0, 5, 2, 4, 3]])).tolist() == [[False, True, False, True, True]]


def test_overlap_agreement_and_error():
    yes = np.array([True, True, False, False])
    told = [(np.array([0, 1]), np.stack([yes, yes])), (np.array([0, 0]), np.stack([yes, ~yes]))]
    assert compare(told, np.array([0, 1])) == {"shared": 0.5, "agreement": 0.5, "error": 0.25}
