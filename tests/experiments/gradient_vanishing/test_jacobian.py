import pytest
import torch
from torch import nn

from lecture import devices
from lecture.experiments.gradient_vanishing.jacobian import Jacobian, jacobian
from lecture.models.initialisers import orthogonal
from lecture.models.mlp import mlp
from lecture.seeds import Seeds

SEEDS = Seeds((0, 1), torch.device("cpu"))


def test_jacobian_is_that_of_torch():
    model = mlp(SEEDS.stream("weights"), depth=4, width=6, activation=nn.Tanh).double()
    x = SEEDS.stream("x").normal(3, 40).double()
    found = jacobian(model, x)
    hidden = model[:2](x).detach()
    for r in range(2):
        for b in range(3):
            # Replicas share nothing, so the other one may see anything.
            def above(h, r=r):
                return model[2:-1](h.expand(2, 1, 6))[r, 0]

            expected = torch.autograd.functional.jacobian(above, hidden[r, b])
            torch.testing.assert_close(found[r, b], expected)


@pytest.mark.parametrize("shape", [(6, 6), (9, 4), (4, 9)])
def test_orthogonal_has_orthonormal_rows_or_columns(shape):
    q = orthogonal(SEEDS.stream("weights"), *shape, shape)
    assert q.shape == (2, *shape)
    gram = q.mT @ q if shape[0] >= shape[1] else q @ q.mT
    torch.testing.assert_close(gram, torch.eye(min(shape)).expand_as(gram), atol=1e-5, rtol=0)


def test_orthogonal_comes_nearest_to_isometry():
    table = Jacobian.preset("smoke").run(devices.pick("cpu")).query("depth == 16")
    spread = table.groupby(["activation", "init"])["value"].agg(lambda v: v.max() / v.median())
    assert spread.idxmin() == ("tanh", "orthogonal")
