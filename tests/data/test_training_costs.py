"""The table of training costs agrees with what the sources say elsewhere."""

import pytest

from lecture.data.literature.training_costs import COSTS

BY_NAME = {cost.model: cost for cost in COSTS}


def test_costs_are_in_the_order_of_time():
    assert [cost.year for cost in COSTS] == sorted(cost.year for cost in COSTS)


def test_operations_of_gpt_3_follow_from_its_parameters_and_tokens():
    """Six operations for each of 175 billion parameters and 300 billion tokens (Brown et al. 2020, appendix D)."""
    assert BY_NAME["GPT-3"].operations == pytest.approx(6 * 175e9 * 300e9, rel=0.01)


def test_alexnet_s_operations_fit_into_six_days_of_its_two_gpus():
    """Two GTX 580 of 1.58 10^12 operations a second each, between five and six days (Krizhevsky et al. 2012)."""
    most = 2 * 1.58e12 * 6 * 86_400
    assert most / 10 < BY_NAME["AlexNet"].operations < most
