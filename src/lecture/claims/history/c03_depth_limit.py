"""C03: nobody could train more than three or four layers, because every attempt overfitted.

The three states below and the predicate were fixed before any network with a reported seed was trained; the learning
rates were chosen on other seeds.
"""

from math import log

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.history.depth_limit import DepthLimit
from lecture.experiments.history.depth_patience import DepthPatience
from lecture.experiments.history.depth_size import DepthSize
from lecture.experiments.history.depth_tools import DepthTools
from lecture.statistics import Interval, mean_interval, share_opposite, wilson_interval

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
    overfitting = wilson_interval(int((failed.state == OVERFITS).sum()), max(len(failed), 1))
    verdict = Verdict.FAILS if not limited else Verdict.HOLDS if overfitting.above(0.5) else Verdict.CAVEAT

    by_seed = pd.crosstab(failed.seed, failed.state).reindex(columns=STATES, fill_value=0)
    measurements = [
        Measurement("deepest", "deepest network trained with the old tools", limit, "layers", ".1f", colour="sigmoid"),
        *(_deepest(kind, kinds[kind]) for kind in VARIED if kind not in ("plain", "patience")),
        Measurement("deep", f"runs with more than {LAYERS_SAID} layers", Interval.exact(len(deep)), "", ".0f"),
        Measurement("failed", "of them, those that failed", Interval.exact(len(failed)), "", ".0f"),
        _share("overfitting", "deep failures that overfit", failed.state == OVERFITS),
        _share("untaught", "deep failures that did not learn", failed.state == UNTAUGHT),
        _share("stuck", "deep failures that learnt nothing at all", failed.train_loss > STUCK),
        *(
            _share(f"{key}_{layers}", f"of all runs with {layers} layers, {state}", rows.state == state)
            for layers, rows in varied.groupby("layers")
            for key, state in zip(("fine", "overfitting", "untaught"), STATES, strict=True)
        ),
        *(m for kind, rows in kinds.items() for m in _scores(str(kind), rows)),
        *_settings(plain, kinds["patience"], kinds["few"]),
    ]
    return Finding(
        verdict,
        tuple(measurements),
        opposite=share_opposite(by_seed[UNTAUGHT], by_seed[OVERFITS]),
        scale=("untaught", "overfitting", "few_2_train", "few_2_test", f"plain_{most}_train", f"plain_{most}_test"),
    )


def _deepest(kind: str, runs: pd.DataFrame) -> Measurement:
    tried = ", ".join(str(layers) for layers in sorted(runs.layers.unique()))
    quantity = f"deepest network trained of {tried} layers, {kind}"
    return Measurement(f"deepest_{kind}", quantity, mean_interval(deepest(runs)), "layers", ".1f", colour="sigmoid")


def _share(key: str, quantity: str, which: pd.Series) -> Measurement:
    share = wilson_interval(int(which.sum()), max(len(which), 1))
    percent = Interval(100 * share.value, 100 * share.low, 100 * share.high, share.n)
    return Measurement(key, quantity, percent, "%", ".0f", colour="sigmoid")


def _scores(kind: str, runs: pd.DataFrame) -> list[Measurement]:
    colour = {"now": "relu", "tanh": "tanh"}.get(kind, "sigmoid")
    found = []
    for layers, rows in runs.groupby("layers"):
        scores = {
            "train": ("training accuracy", 100 * rows.train_accuracy, "%", ".0f"),
            "test": ("test accuracy", 100 * rows.test_accuracy, "%", ".0f"),
            "gap": ("training minus test", rows.gap, "points", ".0f"),
            "loss": ("training loss", rows.train_loss, "nats", ".3f"),
        }
        for score, (name, values, unit, spec) in scores.items():
            quantity = f"{name}, {layers} layers, {kind}"
            key = f"{kind}_{layers}_{score}"
            found.append(Measurement(key, quantity, mean_interval(values), unit, spec, colour=colour))
    return found


def _settings(plain: pd.DataFrame, patience: pd.DataFrame, few: pd.DataFrame) -> list[Measurement]:
    first, slow = plain.iloc[0], patience.iloc[0]
    exact = {
        "loss_guessing": ("loss of guessing, ln 10", log(10), "nats", ".3f"),
        "examples": ("training examples", first.examples, "", ",.0f"),
        "few_examples": ("few examples", few.examples.iloc[0], "", ".0f"),
        "epochs": ("passes over the examples", first.steps * first.batch / first.examples, "", ".0f"),
        "epochs_patience": ("passes with patience", slow.steps * slow.batch / slow.examples, "", ".0f"),
    }
    return [Measurement(k, name, Interval.exact(v), unit, spec) for k, (name, v, unit, spec) in exact.items()]


CLAIM = Claim(
    id="C03",
    refuted_by=(
        "The limit: with sigmoid, plain gradient descent and the old initialisation, networks of five or more layers "
        "train; or most networks of eight do once momentum is added; or they fail with the tools of today too. The "
        "cause: of the networks with more than four layers that fail, whatever their width, data, optimiser and time, "
        "not clearly more than half overfit (they are trained, and more than ten points better on the examples they "
        "have seen); the rest does not learn."
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
