import numpy as np
import pytest
import torch

from lecture import devices
from lecture.experiments.when_to_use.table_networks import Run, Settings, train

CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def _prepared():
    devices.prepare()


def circle(n, seed):
    x = np.random.default_rng(seed).normal(size=(n, 2))
    return x, (np.linalg.norm(x, axis=1) > 1.18).astype(np.int64)


def test_a_network_learns_a_circle():
    parts = [circle(400, 0), circle(200, 1), circle(400, 2)]
    settings = Settings(depth=1, rate=1e-2, decay=0.01, dropout=0.0)
    ((found, error),) = train([Run(0, settings, parts)], width=32, batch=64, steps=200, device=CPU)
    assert error < 0.06
    assert found < 0.3


def test_runs_of_different_depth_come_back_in_their_order():
    parts = [circle(100, 0), circle(50, 1), circle(50, 2)]
    runs = [Run(depth, Settings(depth, 1e-2, 0.1, 0.2), parts) for depth in (2, 1, 2)]
    together = train(runs, width=8, batch=32, steps=20, device=CPU)
    alone = [train([run], width=8, batch=32, steps=20, device=CPU)[0] for run in runs]
    assert together == alone
