"""Predicates of C12 to C15: each verdict can be reached, and the numbers quoted are those of the table."""

import numpy as np
import pandas as pd
import pytest

from lecture import devices
from lecture.claims.claim import Verdict
from lecture.claims.gradient_vanishing import c12_relu, c13_remedies, c14_residual, c15_recurrent


def values(finding):
    return {measurement.key: measurement.interval.value for measurement in finding.measurements}


def smoke_tables(claim):
    return [experiment.preset("smoke").run(devices.pick("cpu")) for experiment in claim.experiments]


@pytest.mark.parametrize("module", [c12_relu, c13_remedies, c14_residual, c15_recurrent])
def test_predicates_run_through_at_the_smoke_preset(module):
    finding = module.CLAIM.find(*smoke_tables(module.CLAIM))
    keys = values(finding)
    assert set(finding.scale) <= set(keys)
    assert 0 <= finding.opposite <= 1


class TestReLU:
    STARTS = (("sigmoid", "Xavier"), ("tanh", "Xavier"), ("ReLU", "Xavier"), ("ReLU", "default"), ("ReLU", "He"))

    def activations(self, reach):
        """Records in which each function learns down to the depth in ``reach``."""
        rows = [
            {
                "activation": function, "init": start, "depth": depth, "rate": rate, "seed": seed,
                "train_accuracy": (0.5 if depth <= deepest and rate == 0.1 else 0.1) + 0.01 * seed,
                "train_loss": 1.0 if rate == 0.1 else 2.0,
            }
            for (function, start), deepest in zip(self.STARTS, reach, strict=True)
            for depth in (4, 8, 32) for rate in (0.01, 0.1) for seed in range(3)
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def race(self, tanh):
        """Records in which ReLU needs 4 epochs and tanh as many as given, one straight line each."""
        rows = [
            {"activation": f, "rate": 0.1, "seed": s, "epoch": float(e), "train_error": 1 - 0.75 * e / (n + 0.01 * s)}
            for f, n in (("ReLU", 4.0), ("tanh", tanh)) for s in range(3) for e in range(1, 40)
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def test_the_shape_alone_would_do_it_if_no_start_mattered(self):
        assert c12_relu.judge(self.activations((4, 8, 32, 32, 32)), self.race(24.0)).verdict is Verdict.HOLDS

    @pytest.mark.parametrize("reach", [(4, 8, 32, 4, 32), (4, 32, 32, 32, 32)])
    def test_a_start_that_matters_or_a_deep_tanh_earns_a_caveat(self, reach):
        finding = c12_relu.judge(self.activations(reach), self.race(24.0))
        assert finding.verdict is Verdict.CAVEAT
        assert values(finding)["reach_relu_default"] == reach[3]

    def test_it_fails_where_relu_gets_no_deeper_than_the_sigmoid(self):
        assert c12_relu.judge(self.activations((32, 32, 32, 32, 32)), self.race(24.0)).verdict is Verdict.FAILS

    def test_the_race_is_timed_between_two_looks(self):
        found = values(c12_relu.judge(self.activations((4, 8, 32, 32, 32)), self.race(24.0)))
        assert found["epochs_relu"] == pytest.approx(4.01)
        assert found["speed"] == pytest.approx(np.mean([6.0, 24.01 / 4.01, 24.02 / 4.02]), rel=1e-4)

    def test_who_never_arrives_counts_with_the_whole_race(self):
        epochs = c12_relu.epochs_to_target(self.race(1000.0)).groupby("activation")["epochs"].max()
        assert epochs["tanh"] == 39


class TestRemedies:
    def runs(self, *learning):
        names = ["nothing", "Adam", "Xavier start", "centred start", "tanh", "tanh, Xavier start"]
        names += ["ReLU", "ReLU, He start", "batch norm", "residual"]
        rows = [
            {
                "remedy": name, "rate": 0.1, "seed": seed, "train_loss": 1.0, "first_gradient": 1e-3,
                "train_accuracy": (0.4 if name in learning else 0.1) + 0.01 * seed, "test_accuracy": 0.3 + 0.01 * seed,
            }
            for name in names for seed in range(3)
        ]  # fmt: skip
        return pd.DataFrame(rows)

    @pytest.mark.parametrize(
        ("learning", "verdict"),
        [
            (("Xavier start", "ReLU", "batch norm", "residual"), Verdict.HOLDS),
            (("centred start", "ReLU, He start", "batch norm", "residual"), Verdict.CAVEAT),
            (("Xavier start", "ReLU", "batch norm"), Verdict.CAVEAT),
            (("Xavier start", "centred start", "ReLU", "Adam"), Verdict.FAILS),
        ],
    )
    def test_every_line_of_work_has_its_say(self, learning, verdict):
        finding = c13_remedies.judge(self.runs(*learning))
        assert finding.verdict is verdict
        assert values(finding)["train_residual"] == pytest.approx(41 if "residual" in learning else 11)


class TestResidual:
    def records(self, plain=(60, 65, 75, 90), shortcut=(60, 60, 60, 60), zero=(50, 50, 50, 55), thousand=(90, 60)):
        def rows(network, depth, error):
            return [
                {
                    "network": network, "depth": depth, "rate": 0.1, "seed": seed, "train_loss": 1.0,
                    "train_error": error / 100 + 0.002 * seed, "test_error": 0.9, "first_gradient": 1.0,
                }
                for seed in range(3)
            ]  # fmt: skip

        lines = {"plain": plain, "shortcut": shortcut, c14_residual.ZERO: zero}
        depths = (8, 20, 56, 110)
        hundred = [
            row for name, line in lines.items() for d, e in zip(depths, line, strict=True) for row in rows(name, d, e)
        ]
        return pd.DataFrame(hundred), pd.DataFrame(
            rows("plain", 1000, thousand[0]) + rows(c14_residual.ZERO, 1000, thousand[1])
        )

    @pytest.mark.parametrize(
        ("changed", "verdict"),
        [
            ({}, Verdict.HOLDS),
            ({"shortcut": (60, 60, 85, 90)}, Verdict.CAVEAT),
            ({"plain": (60, 60, 60, 90)}, Verdict.FAILS),
            ({"zero": (50, 50, 50, 85)}, Verdict.FAILS),
            ({"thousand": (90, 90)}, Verdict.FAILS),
            ({"thousand": (60, 60)}, Verdict.FAILS),
        ],
    )
    def test_verdicts(self, changed, verdict):
        assert c14_residual.judge(*self.records(**changed)).verdict is verdict

    def test_numbers_are_those_of_the_table(self):
        found = values(c14_residual.judge(*self.records()))
        assert found["degradation"] == pytest.approx(10)
        assert found["gain"] == pytest.approx(35)
        assert found["reach_plain"] == 56
        assert found["reach_zero"] == 1000

    def test_a_gradient_beyond_float32_has_a_number(self):
        hundred, thousand = self.records()
        hundred.loc[hundred["depth"] == 110, "first_gradient"] = np.nan
        assert values(c14_residual.judge(hundred, thousand))["gradient_shortcut_110"] == pytest.approx(
            c14_residual.LARGEST
        )


class TestRecurrent:
    NETWORKS = (("RNN", "default"), ("RNN", "remember"), ("LSTM", "default"), ("LSTM", "remember"), ("LSTM", "1997"))

    def judge(self, right, factor=1.1):
        """Judge networks that are right as often as given, a gradient that each step back changes by ``factor``."""
        rows = [
            {"cell": cell, "start": start, "length": 100, "rate": 0.1, "seed": seed, "loss": 1.0,
             "accuracy": share - 0.01 * seed}
            for (cell, start), share in zip((*self.NETWORKS, ("GRU", "default")), (*right, 0.25), strict=True)
            for seed in range(3)
        ]  # fmt: skip
        recall = pd.DataFrame(rows)
        steps = [
            {"network": network, "step": step, "seed": seed, "gradient": by ** (41 + seed - step)}
            for network, by in (("RNN", 0.5), ("RNN, orthogonal x 2", factor))
            for step in range(1, 41) for seed in range(3)
        ]  # fmt: skip
        explosion = [
            {"clipped": clipped, "rate": rate, "seed": seed, "loss": 1.0 - clipped * rate,
             "accuracy": 0.5 + 0.4 * clipped, "largest_gradient": 5.0 + seed, "median_gradient": 1.0 + seed}
            for clipped in (False, True) for rate in (0.1, 0.2) for seed in range(3)
        ]  # fmt: skip
        cells = [recall[recall["cell"] == cell] for cell in ("RNN", "LSTM", "GRU")]
        return c15_recurrent.judge(*cells, pd.DataFrame(steps), pd.DataFrame(explosion))

    def test_it_holds_where_every_lstm_remembers(self):
        assert self.judge((0.4, 0.4, 0.9, 1.0, 0.9)).verdict is Verdict.HOLDS

    @pytest.mark.parametrize("right", [(0.4, 0.4, 0.25, 1.0, 0.9), (0.4, 0.4, 0.9, 1.0, 0.3)])
    def test_it_needs_a_caveat_where_one_does_not(self, right):
        assert self.judge(right).verdict is Verdict.CAVEAT

    @pytest.mark.parametrize(
        ("right", "factor"),
        [((1.0, 1.0, 1.0, 1.0, 1.0), 1.1), ((0.2, 0.4, 0.2, 0.45, 0.2), 1.1), ((0.4, 0.4, 0.9, 1.0, 0.9), 0.9)],
    )
    def test_it_fails_without_a_gain_or_an_explosion(self, right, factor):
        assert self.judge(right, factor).verdict is Verdict.FAILS

    def test_numbers_are_those_of_the_table(self):
        found = values(self.judge((0.4, 0.4, 0.25, 1.0, 0.3)))
        assert found["gain"] == pytest.approx(60)
        assert found["factor_rnn"] == pytest.approx(0.5)
        assert found["arrived_rnn"] == pytest.approx(0.5**39)
        assert found["factor_rnn_orthogonal_x_2"] == pytest.approx(1.1)
        assert found["clipping"] == pytest.approx(40)
        assert found["rate_clipped"] == 0.2
        assert found["rate_free"] == 0.2
        assert found["rate_free_best"] == 0.1
        assert found["reach_lstm_remember"] == 100
        assert found["reach_lstm_default"] == 0
