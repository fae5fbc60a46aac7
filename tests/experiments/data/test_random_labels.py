from dataclasses import replace

import pandas as pd
import pytest
import torch

from lecture.experiments.data.random_labels import RandomLabels, noise_like, redrawn
from lecture.seeds import Seeds

CPU = torch.device("cpu")
TINY = RandomLabels(seeds=2, shares=(0.0, 0.5, 1.0), examples=40, test=100, width=60, batch=20, steps=120, look=40)


@pytest.fixture(scope="module")
def table():
    return TINY.run(CPU)


def test_each_setting_is_looked_at_from_the_start_to_the_end(table):
    assert table.groupby(["inputs", "share", "seed"])["step"].apply(list).map(tuple).unique().tolist() == [
        (0, 40, 80, 120)
    ]
    assert set(zip(table["inputs"], table["share"], strict=True)) == {
        ("signals", 0.0), ("signals", 0.5), ("signals", 1.0), ("noise", 1.0),
    }  # fmt: skip


def test_it_learns_everything_by_heart(table):
    end = table[table["step"] == 120].groupby(["inputs", "share"])[["train_accuracy", "test_accuracy"]].mean()
    assert (end["train_accuracy"] > 0.95).all()
    assert end.loc[("signals", 1.0), "test_accuracy"] < 0.15 < end.loc[("signals", 0.0), "test_accuracy"]


def test_a_setting_alone_gives_what_it_gives_among_others(table):
    alone = replace(TINY, shares=(1.0,)).run(CPU).query("inputs == 'signals'")
    among = table[(table["inputs"] == "signals") & (table["share"] == 1.0)]
    pd.testing.assert_frame_equal(alone.reset_index(drop=True), among.reset_index(drop=True), check_exact=True)


def test_the_share_of_labels_drawn_anew_is_the_one_asked_for():
    seeds = Seeds((0, 1, 2), CPU)
    labels = torch.zeros(3, 20000, dtype=torch.int64)
    found = redrawn(labels, torch.tensor([0.0, 0.5, 1.0]), seeds)
    changed = (found != labels).float().mean(1)  # one in ten draws the true class again
    torch.testing.assert_close(changed, torch.tensor([0.0, 0.45, 0.9]), rtol=0, atol=0.01)
    assert found.unique().tolist() == list(range(10))


def test_noise_has_the_mean_and_spread_of_the_signals():
    x = 3 * torch.randn(2, 500, 40) + torch.tensor([1.0, -2.0])[:, None, None]
    noise = noise_like(x, Seeds((0, 1), CPU))
    torch.testing.assert_close(noise.mean((1, 2)), x.mean((1, 2)), rtol=0, atol=0.1)
    torch.testing.assert_close(noise.std((1, 2)), x.std((1, 2)), rtol=0.03, atol=0)
