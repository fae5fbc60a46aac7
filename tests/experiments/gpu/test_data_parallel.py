import pytest
import torch
from torch.nn.functional import batch_norm

from lecture.experiments.gpu.data_parallel import BatchNorm, DataParallel, Dropout

CPU = torch.device("cpu")
TINY = DataParallel.preset("smoke")


@pytest.fixture(scope="module")
def difference():
    """Two processes, really started."""
    table = TINY.run(CPU)
    assert len(table) == 5 * 2 * TINY.seeds
    return table.groupby(["variant", "format"]).difference.max()


@pytest.mark.parametrize("variant", ["plain", "batch normalisation, whole batch", "dropout, same lots"])
def test_the_averaged_step_is_the_step_of_one_process_to_rounding(difference, variant):
    assert difference[variant, "float32"] < 1e-5
    assert difference[variant, "float64"] < 1e-13


@pytest.mark.parametrize("variant", ["batch normalisation, own half", "dropout, own lots"])
def test_what_looks_at_the_batch_or_draws_by_lot_takes_another_step(difference, variant):
    assert difference[variant, "float64"] > 0.01


def test_normalisation_is_that_of_torch():
    x = torch.randn(8, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(BatchNorm(everybody=False)(x), batch_norm(x, None, None, training=True))


def test_dropout_keeps_the_mean():
    kept = torch.tensor([[True, False]])
    assert Dropout(kept)(torch.tensor([[3.0, 3.0]])).tolist() == [[6.0, 0.0]]
