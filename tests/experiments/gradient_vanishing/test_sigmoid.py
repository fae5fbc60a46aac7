import math

import numpy as np
import pytest
import torch

from lecture import devices
from lecture.experiments.gradient_vanishing.sigmoid import BITS, FAR, Sigmoid, first_zero, slope

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def table():
    return Sigmoid.preset("smoke").run(devices.pick("cpu"))


def test_float64_agrees_with_the_closed_form(table):
    exact = table[(table["format"] == "float64") & (table["x"].abs() <= 10)]
    e = np.exp(-exact["x"].abs())
    np.testing.assert_allclose(exact["slope"], e / (1 + e) ** 2, rtol=1e-11)


@pytest.mark.parametrize(("dtype", "digits"), [(torch.float64, 53), (torch.float32, 24)])
def test_slope_vanishes_where_one_plus_exp_rounds_to_one(dtype, digits):
    last, first = first_zero(1, dtype, CPU).double()
    assert first.item() == pytest.approx(digits * math.log(2), rel=1e-6)
    assert last < first


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
@pytest.mark.parametrize("side", [1, -1])
def test_bisection_finds_what_trying_every_number_finds(dtype, side):
    far = int(torch.tensor([FAR], dtype=dtype).view(BITS[dtype]))
    every = torch.arange(far + 1, dtype=torch.int16).view(dtype)
    zero = slope(side * every) == 0
    first = int(zero.nonzero()[0])
    assert zero[first:].all()
    assert first_zero(side, dtype, CPU).tolist() == every[first - 1 : first + 1].tolist()


def test_records_hold_the_two_neighbours(table):
    for name, numbers in table.groupby("format"):
        dtype = getattr(torch, str(name))
        last = torch.tensor(numbers.loc[(numbers["x"] > 0) & (numbers["slope"] > 0), "x"].max(), dtype=dtype)
        first = torch.tensor(numbers.loc[(numbers["x"] > 0) & (numbers["slope"] == 0), "x"].min(), dtype=dtype)
        bits = BITS[dtype]
        assert first.view(bits) - last.view(bits) == 1
