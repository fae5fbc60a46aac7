"""A decent model is timed, and what it computes and how long it is are counted."""

import ast
import inspect

import torch

from lecture.experiments.saturation.decent_model import DecentModel, classify, count, lines

CPU = torch.device("cpu")


def test_a_decent_model_is_timed_and_its_accuracy_is_its_own_seed_s():
    before = torch.random.get_rng_state()
    two = DecentModel.preset("smoke").run(CPU)
    assert torch.equal(torch.random.get_rng_state(), before)
    one = DecentModel.preset("smoke", seeds=1, first_seed=1).run(CPU)
    assert one["accuracy"].item() == two["accuracy"][1]
    assert (two["seconds"] > 0).all()


def test_operations_of_a_decent_model_are_those_of_its_layers():
    first, later = 18 * 5 * 25, 8 * 75 * 25 + 200 * 10  # multiply-adds of one example, forward
    assert count(7) == 2 * (7 * 100 * (2 * first + 3 * later) + 1000 * (first + later))


def test_lines_of_code_are_counted_without_the_docstring():
    source = inspect.getsource(classify).splitlines()
    documented = ast.parse(inspect.getsource(classify)).body[0].body[0]
    assert lines() == len(source) - (documented.end_lineno - documented.lineno + 1)
