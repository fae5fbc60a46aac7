import inspect

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lecture.models import autodiff
from lecture.models.autodiff import Number, backward, exp, forward, tanh, wengert_list

BINARY = {
    "plus": lambda a, b: a + b,
    "minus": lambda a, b: a - b,
    "times": lambda a, b: a * b,
    "over": lambda a, b: a / (b * b + 1.5),
}
UNARY = {
    "tanh": (tanh, torch.tanh),
    "exp of tanh": (lambda a: exp(tanh(a)), lambda a: torch.exp(torch.tanh(a))),
    "square": (lambda a: a**2, lambda a: a**2),
    "negative": (lambda a: -a, lambda a: -a),
    "shift": (lambda a: 0.5 + 2.0 * a, lambda a: 0.5 + 2.0 * a),
}
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(sorted(BINARY)), st.integers(0, 99), st.integers(0, 99)),
        st.tuples(st.sampled_from(sorted(UNARY)), st.integers(0, 99)),
    ),
    min_size=1,
    max_size=8,
)
INPUTS = st.lists(st.floats(-1, 1, allow_subnormal=False), min_size=3, max_size=3)


def program(inputs, steps, mode):
    """Run a random program: each step combines two numbers that are already there, or changes one."""
    numbers = list(inputs)
    for name, *where in steps:
        a, *rest = (numbers[i % len(numbers)] for i in where)
        numbers.append(BINARY[name](a, *rest) if name in BINARY else UNARY[name][mode](a))
    return numbers[-1] + sum(inputs[1:], inputs[0])  # every input matters


def torch_gradient(values, steps):
    inputs = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in values]
    result = program(inputs, steps, 1)
    return result.item(), [g.item() for g in torch.autograd.grad(result, inputs)]


@given(INPUTS, STEPS)
def test_random_programs_agree_with_torch(values, steps):
    inputs = [Number(v) for v in values]
    result = program(inputs, steps, 0)
    value, expected = torch_gradient(values, steps)
    gradient = backward(result)

    assert result.value == pytest.approx(value, rel=1e-12, abs=1e-12)
    assert [gradient[x] for x in inputs] == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(INPUTS, STEPS)
def test_both_directions_agree(values, steps):
    inputs = [Number(v) for v in values]
    result = program(inputs, steps, 0)
    gradient = backward(result)

    assert [forward(result, x) for x in inputs] == pytest.approx([gradient[x] for x in inputs], rel=1e-9, abs=1e-9)


def test_finite_differences():
    def f(x, y):
        return tanh(x * y) / (x**2 + exp(y))

    x, y, h = Number(0.7), Number(-0.3), 1e-6
    by_x = (f(Number(0.7 + h), y).value - f(Number(0.7 - h), y).value) / (2 * h)
    assert backward(f(x, y))[x] == pytest.approx(by_x, rel=1e-8)


def test_a_number_used_twice_gets_both_shares():
    x = Number(3.0)
    square = x * x
    assert backward(square * square)[x] == 4 * 3.0**3
    assert len(wengert_list(square * square)) == 3


def test_each_number_stands_after_its_parents():
    x = Number(1.0)
    order = wengert_list((x + 1.0) * tanh(x) - x)
    place = {number: i for i, number in enumerate(order)}
    assert all(place[parent] < place[n] for n in order for parent, _ in n.parents)


def test_a_long_chain_needs_no_recursion():
    x = result = Number(1.0)
    for _ in range(5000):
        result = result + 1e-3
    assert backward(result)[x] == 1


def test_arrays_are_many_numbers_at_once():
    values = np.array([0.1, -0.4, 2.0])
    x = Number(values)
    slopes = backward(tanh(x * 3.0))[x]
    alone = [backward(tanh(y * 3.0))[y] for y in map(Number, values)]
    np.testing.assert_array_equal(slopes, alone)


class Counted(float):
    """A float that counts its multiplications."""

    times = 0

    def __mul__(self, other):
        Counted.times += 1
        return Counted(float(self) * float(other))

    __rmul__ = __mul__


def test_one_pass_multiplies_once_for_each_local_derivative():
    x, y = Number(0.5), Number(-1.0)
    result = (x + y) * x
    for number in wengert_list(result):
        number.parents = tuple((parent, Counted(slope)) for parent, slope in number.parents)
    edges = sum(len(number.parents) for number in wengert_list(result))
    for walk in (lambda: backward(result), lambda: forward(result, x)):
        Counted.times = 0
        walk()
        assert Counted.times == edges == 4


def test_it_is_a_page_of_code():
    assert len(inspect.getsource(autodiff).splitlines()) < 110
