import pytest
import torch

from lecture.data.graphs import blocks, degrees, features, karate_club
from lecture.seeds import Stream


def test_the_club_has_34_members_78_friendships_and_two_halves():
    links, sides = karate_club()
    assert links.shape == (34, 34)
    assert torch.equal(links, links.T)
    assert set(links.unique().tolist()) == {0.0, 1.0}
    assert links.sum() / 2 == 78
    assert sides.sum() == 17
    assert (sides[0], sides[33]) == (0, 1)  # the instructor and the administrator
    assert sides[8] == 0  # the member whom Zachary's own method got wrong


@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0, 3.0])
def test_degrees_have_the_strength_asked_for(strength):
    inside, across = degrees(strength, 5.0)
    assert (inside + across) / 2 == pytest.approx(5)
    assert (inside - across) ** 2 / (2 * (inside + across)) == pytest.approx(strength)


def test_a_strength_beyond_two_separate_blocks_is_refused():
    assert degrees(5.0, 5.0) == pytest.approx((10, 0))
    with pytest.raises(ValueError, match="between 0 and 5"):
        degrees(5.1, 5.0)


def test_random_graphs_have_the_links_asked_for_and_belong_to_their_seed():
    links, labels = blocks(Stream(range(4), "graph"), 400, 2.0, 5.0)
    assert torch.equal(links, links.mT)
    assert links.diagonal(dim1=1, dim2=2).sum() == 0
    same = labels[:, :, None] == labels[:, None]
    inside, across = degrees(2.0, 5.0)
    assert (links * same).sum() / 1600 == pytest.approx(inside / 2, rel=0.1)
    assert (links * ~same).sum() / 1600 == pytest.approx(across / 2, rel=0.1)
    alone = blocks(Stream([2], "graph"), 400, 2.0, 5.0)[0]
    assert torch.equal(alone[0], links[2])
    assert not torch.equal(links[0], links[1])


def test_features_lean_by_the_signal_along_one_direction_of_each_graph():
    labels = (torch.arange(4000) // 2000).expand(2, -1)
    x = features(Stream((0, 1), "features"), labels, 8, 1.5)
    means = [x[labels == 1].view(2, -1, 8).mean(1), x[labels == 0].view(2, -1, 8).mean(1)]
    half = (means[0] - means[1]) / 2
    torch.testing.assert_close(half.norm(dim=1), torch.full((2,), 1.5), atol=0.1, rtol=0)
    assert (x.view(2, 2, 2000, 8).var(2) - 1).abs().max() < 0.15
    assert abs(torch.nn.functional.cosine_similarity(half[0], half[1], dim=0)) < 0.95
