"""C03: nobody could train more than three or four layers, because every attempt overfitted.

The three states below and the predicate were fixed before any network with a reported seed was trained; the learning
rates were chosen on other seeds.
"""

from math import log, nan

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.history.depth_limit import DepthLimit
from lecture.experiments.history.depth_patience import DepthPatience
from lecture.experiments.history.depth_size import DepthSize
from lecture.experiments.history.depth_tools import DepthTools
from lecture.statistics import Interval, mean_interval, share_opposite

CHANCE = 0.1
LAYERS_SAID = 4
GAP = 10.0
"""A trained network overfits when its training accuracy is more than this many points above its test accuracy."""
STUCK = 0.95 * log(10)
"""A network that still pays this training loss has learnt next to nothing: guessing costs ln 10."""
VARIED = ("plain", "patience", "narrow", "wide", "scarce", "plenty", "momentum", "Adam")
"""Sigmoid networks from the old start, whatever their width, data, optimiser and time: the attempts to be explained."""
FINE, OVERFITS, UNTAUGHT = "generalises", "overfits", "does not learn"
STATES = (FINE, OVERFITS, UNTAUGHT)
TEACHABLE = 0.5
"""If more than this share of the deepest networks trains with momentum, a tool of 1986, there was no limit."""
SHOWN = {
    ("plain", 8): ("train", "test", "loss"),
    ("few", 2): ("train", "test"),
    ("patience", 6): ("train",),
    ("momentum", 8): ("train",),
    ("Adam", 8): ("train",),
    ("tanh", 8): ("train", "test"),
    ("now", 8): ("train", "test"),
}
"""The scores that become measurements, by kind and number of layers; the figures show all networks."""


def bar(runs: pd.DataFrame) -> float:
    """Return the training accuracy of a network that counts as trained: halfway from chance to the best depth's."""
    return float(CHANCE + runs.groupby("layers").train_accuracy.mean().max()) / 2


def with_states(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return all runs with ``gap`` (points), ``trained`` and ``state``, one of :data:`STATES`.

    A network that is not trained, by the :func:`bar` of its own kind, does not learn. A trained one overfits if the gap
    is more than :data:`GAP`, which is a generous reading: most shallow networks do. Kinds without a shallow network
    (more patience, the tools of today) have the bar of the plain ones.
    """
    runs = pd.concat(tables, ignore_index=True).sort_values(["kind", "layers", "seed"], ignore_index=True)
    bars = {kind: bar(rows) for kind, rows in runs.groupby("kind")}
    bars |= {"patience": bars["plain"], "now": bars["plain"]}
    gap = 100 * (runs.train_accuracy - runs.test_accuracy)
    trained = runs.train_accuracy >= runs.kind.map(bars)
    state = (gap > GAP).map({True: OVERFITS, False: FINE}).where(trained, UNTAUGHT)
    return runs.assign(gap=gap, trained=trained, state=state)


def deepest(runs: pd.DataFrame) -> pd.Series:
    """Return, seed by seed, the most layers with which the network was trained; 0 if it never was."""
    return runs.assign(deepest=runs.layers.where(runs.trained, 0)).groupby("seed").deepest.max()


def share(which: pd.Series, runs: pd.DataFrame) -> Interval:
    """Return the percentage of runs that something is true of, computed seed by seed, with its interval over the seeds.

    Runs are no trials of their own: those of one seed share starts and orders. A seed without runs has no share; with
    fewer than two that have one there is no number.
    """
    shares = 100 * which.groupby(runs.seed).mean()
    if len(shares) < 2:
        return Interval.exact(nan)
    mean = mean_interval(shares)
    return Interval(mean.value, max(mean.low, 0.0), min(mean.high, 100.0), mean.n)


def judge(*tables: pd.DataFrame) -> Finding:
    """Hold both halves of the sentence against the records: the limit of depth, and overfitting as its cause."""
    runs = with_states(*tables)
    kinds = dict(list(runs.groupby("kind")))
    plain, now, most = kinds["plain"], kinds["now"], int(runs.layers.max())
    limit = mean_interval(deepest(plain))
    momentum = kinds["momentum"][kinds["momentum"].layers == most]
    limited = limit.high < LAYERS_SAID + 1 and now.trained.mean() > 0.5 and momentum.trained.mean() <= TEACHABLE

    varied = runs[runs.kind.isin(VARIED)]
    deep = varied[varied.layers > LAYERS_SAID]
    failed = deep[deep.state != FINE]
    overfitting = share(failed.state == OVERFITS, failed)
    verdict = Verdict.FAILS if not limited else Verdict.HOLDS if overfitting.above(50) else Verdict.CAVEAT
    shallow = varied[varied.layers == varied.layers.min()]

    by_seed = pd.crosstab(failed.seed, failed.state).reindex(columns=STATES, fill_value=0)
    measurements = [
        Measurement("deepest", "deepest network trained with the old tools", limit, "layers", ".1f", colour="sigmoid"),
        Measurement("deep", f"runs with more than {LAYERS_SAID} layers", Interval.exact(len(deep)), "", ".0f"),
        Measurement("failed", "of them, those that failed", Interval.exact(len(failed)), "", ".0f"),
        _share("overfitting", "deep failures that overfit", overfitting),
        _share("untaught", "deep failures that did not learn", share(failed.state == UNTAUGHT, failed)),
        _share("stuck", "deep failures that learnt nothing at all", share(failed.train_loss > STUCK, failed)),
        _share(
            "overfitting_2",
            "of all runs with two layers, those that overfit",
            share(shallow.state == OVERFITS, shallow),
        ),
        *_scores(runs),
        *_settings(plain, kinds["few"]),
    ]
    return Finding(
        verdict,
        tuple(measurements),
        opposite=share_opposite(by_seed[UNTAUGHT], by_seed[OVERFITS]),
        scale=("untaught", "overfitting", "few_2_train", "few_2_test", "plain_8_train", "plain_8_test"),
    )  # fmt: skip


def _share(key: str, quantity: str, percent: Interval) -> Measurement:
    return Measurement(key, quantity, percent, "%", ".0f", colour="sigmoid")


def _scores(runs: pd.DataFrame) -> list[Measurement]:
    columns = {
        "train": ("training accuracy", "train_accuracy", 100, "%", ".0f"),
        "test": ("test accuracy", "test_accuracy", 100, "%", ".0f"),
        "loss": ("training loss", "train_loss", 1, "nats", ".3f"),
    }
    networks = {key: rows for key, rows in runs.groupby(["kind", "layers"]) if key in SHOWN}
    found = []
    for (kind, layers), rows in networks.items():
        colour = {"now": "relu", "tanh": "tanh"}.get(kind, "sigmoid")
        for score in SHOWN[kind, layers]:
            name, column, factor, unit, spec = columns[score]
            values, quantity = mean_interval(factor * rows[column]), f"{name}, {layers} layers, {kind}"
            found.append(Measurement(f"{kind}_{layers}_{score}", quantity, values, unit, spec, colour=colour))
    return found


def _settings(plain: pd.DataFrame, few: pd.DataFrame) -> list[Measurement]:
    first = plain.iloc[0]
    exact = {
        "loss_guessing": ("loss of guessing, ln 10", log(10), "nats", ".3f"),
        "examples": ("training examples", first.examples, "", ",.0f"),
        "few_examples": ("few examples", few.examples.iloc[0], "", ".0f"),
        "epochs": ("passes over the examples", first.steps * first.batch / first.examples, "", ".0f"),
    }
    return [Measurement(k, name, Interval.exact(v), unit, spec) for k, (name, v, unit, spec) in exact.items()]


CLAIM = Claim(
    id="C03",
    refuted_by=(
        "The limit: with sigmoid, plain gradient descent and the old initialisation, networks of five or more layers "
        "train; or most networks of eight do once momentum is added; or they fail with the tools of today too. The "
        "cause: of the networks with more than four layers that fail, whatever their width, data, optimiser and time, "
        "not clearly more than half overfit, by the mean share over the seeds (they are trained, and more than ten "
        "points better on the examples they have seen); the rest does not learn."
    ),
    expected=Verdict.CAVEAT,
    why=(
        "The limit is real: with the sigmoid and plain gradient descent of the time, training stops at three or four "
        "layers. But overfitting is not what stops it. Whatever their width, data, optimiser and time, most deep "
        "networks that fail do so on the very examples they were trained on. It is the shallow ones that overfit, and "
        "deep ones once a better activation and start let them learn at all."
    ),
    experiments=(DepthLimit, DepthPatience, DepthSize, DepthTools),
    judge=judge,
    figure="history/plot_depth_limit",
    citations=(
        "rumelhart1986learning",
        "bengio1994learning",
        "bengio2007greedy",
        "glorot2010understanding",
        "kingma2015adam",
    ),
)
