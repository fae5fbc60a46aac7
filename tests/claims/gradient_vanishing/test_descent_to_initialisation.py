"""Predicates of C08 to C11: each verdict can be reached, and the numbers quoted are those of the table."""

from math import log

import numpy as np
import pandas as pd
import pytest

from lecture import devices
from lecture.claims.claim import Verdict
from lecture.claims.gradient_vanishing import c08_descent, c09_sigmoid, c10_vanishing, c11_initialisation


def smoke_tables(claim):
    return [experiment.preset("smoke").run(devices.pick("cpu")) for experiment in claim.experiments]


def values(finding):
    return {measurement.key: measurement.interval.value for measurement in finding.measurements}


@pytest.fixture(scope="module")
def descent():
    return smoke_tables(c08_descent.CLAIM)


@pytest.fixture(scope="module")
def vanishing():
    """Records of C10 at the smoke preset, with losses as if shallow networks had learned and deep ones had not."""
    norms, training = smoke_tables(c10_vanishing.CLAIM)
    training["train_loss"] = np.where(training["depth"] == 16, log(10), 1.0) + 1e-3 * training["seed"]
    return norms, training


@pytest.fixture(scope="module")
def networks():
    """Records of C11 at the smoke preset, with losses as if start and normalisation decided."""
    training, jacobians, outputs = smoke_tables(c11_initialisation.CLAIM)
    learns = (training["init"] == "He") | (training["norm"] == "batch")
    training["train_loss"] = np.where(learns, 1.0, log(10)) + 1e-3 * training["seed"]
    return training, jacobians, outputs


class TestDescent:
    def test_a_ravine_that_costs_ten_times_the_steps_earns_a_caveat(self, descent):
        around, paths, sizes = descent
        assert c08_descent.judge(around, paths, sizes).verdict is Verdict.CAVEAT
        cheap = sizes.assign(needed=sizes["needed"].where(sizes["surface"] == "bowl", 5.0))
        finding = c08_descent.judge(around, paths, cheap)
        assert finding.verdict is Verdict.HOLDS
        assert finding.opposite == 0
        assert values(finding)["ratio"] == 5

    def test_it_fails_where_looking_around_misses_the_gradient(self, descent):
        around, paths, sizes = descent
        assert c08_descent.judge(around.assign(error=around["error"] + 2), paths, sizes).verdict is Verdict.FAILS

    def test_it_fails_where_the_bowl_is_not_easy(self, descent):
        around, paths, sizes = descent
        lost = paths.assign(distance=paths["distance"].where(paths["surface"] != "bowl", 1.0))
        finding = c08_descent.judge(around, lost, sizes)
        assert finding.verdict is Verdict.FAILS
        assert values(finding)["arrived_bowl"] == 0


class TestSigmoid:
    def table(self, at_8, at_10):
        rows = [
            (name, x, slope)
            for name in ("float64", "float32")
            for x, slope in ((-90.0, 0.0), (0.0, 0.25), (8.0, at_8), (10.0, at_10), (90.0, 0.0))
        ]
        return pd.DataFrame(rows, columns=["format", "x", "slope"])

    @pytest.mark.parametrize(
        ("at_8", "at_10", "verdict"),
        [(3e-4, 5e-5, Verdict.CAVEAT), (0.0, 0.0, Verdict.HOLDS), (0.1, 5e-5, Verdict.FAILS)],
    )
    def test_zero_holds_small_is_a_caveat_large_fails(self, at_8, at_10, verdict):
        assert c09_sigmoid.judge(self.table(at_8, at_10)).verdict is verdict

    def test_numbers_are_those_of_the_table(self):
        found = values(c09_sigmoid.judge(self.table(2e-3, 1e-3)))
        assert found["share_8"] == pytest.approx(125)
        assert found["zero_right_float32"] == 90
        assert found["zero_left_float32"] == -90


class TestVanishing:
    def test_it_holds_where_gradients_vanish_and_training_stalls(self, vanishing):
        finding = c10_vanishing.judge(*vanishing)
        assert finding.verdict is Verdict.HOLDS
        assert finding.opposite == 0
        assert finding.measurements[0].key == c10_vanishing.HEADLINE
        assert values(finding)["train_xavier_16"] == pytest.approx(log(10) + 5e-4)

    def test_it_fails_where_deep_networks_learn(self, vanishing):
        norms, training = vanishing
        learned = training.assign(train_loss=training["train_loss"].where(training["depth"] != 16, 2.0))
        assert c10_vanishing.judge(norms, learned).verdict is Verdict.FAILS

    def test_it_fails_where_the_shallow_ones_stall_too(self, vanishing):
        norms, training = vanishing
        stalled = training.assign(train_loss=log(10) + 1e-3 * training["seed"])
        assert c10_vanishing.judge(norms, stalled).verdict is Verdict.FAILS

    def test_it_fails_where_the_gradient_arrives(self, vanishing):
        norms, training = vanishing
        assert c10_vanishing.judge(norms.assign(error=1.0 + norms["seed"]), training).verdict is Verdict.FAILS

    def test_factor_is_the_root_of_what_is_left(self, vanishing):
        found = values(c10_vanishing.judge(*vanishing))
        assert found["factor_sigmoid_xavier"] ** 16 == pytest.approx(found["left_sigmoid_xavier"])
        assert found["left_sigmoid_xavier"] < found["bound_sigmoid_xavier"]


class TestInitialisation:
    def test_it_holds_where_start_and_normalisation_decide(self, networks):
        finding = c11_initialisation.judge(*networks)
        assert finding.verdict is Verdict.HOLDS
        assert finding.opposite == 0
        assert finding.measurements[0].key == "accuracy_relu_he"

    @pytest.mark.parametrize("same", [1.0, log(10)])
    def test_it_fails_where_the_start_makes_no_difference(self, networks, same):
        training, jacobians, outputs = networks
        relu = (training["activation"] == "ReLU") & (training["norm"] == "none")
        alike = training.assign(train_loss=training["train_loss"].where(~relu, same + 1e-3 * training["seed"]))
        assert c11_initialisation.judge(alike, jacobians, outputs).verdict is Verdict.FAILS

    def test_it_fails_where_normalisation_makes_no_difference(self, networks):
        training, jacobians, outputs = networks
        sigmoid = training["activation"] == "sigmoid"
        alike = training.assign(train_loss=training["train_loss"].where(~sigmoid, log(10) + 1e-3 * training["seed"]))
        assert c11_initialisation.judge(alike, jacobians, outputs).verdict is Verdict.FAILS


@pytest.mark.parametrize("module", [c08_descent, c09_sigmoid, c10_vanishing, c11_initialisation])
def test_card_draws_only_what_is_measured(module, request):
    finding = module.CLAIM.find(*smoke_tables(module.CLAIM))
    assert set(finding.scale) <= set(values(finding))
