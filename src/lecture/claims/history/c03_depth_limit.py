"""C03: nobody could train more than three or four layers, because every attempt overfitted."""

from math import log

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.history.depth_limit import DepthLimit
from lecture.statistics import Interval, mean_interval, share_opposite, wilson_interval

CHANCE = 0.1
LAYERS_SAID = 4
OVERFITTED = 10.0
"""A network has overfitted when its training accuracy is this many points above its test accuracy."""
STUCK = 0.95 * log(10)
"""A network that still pays this training loss has learnt next to nothing: guessing costs ln 10."""


def halfway(sweep: pd.DataFrame) -> float:
    """Return the training accuracy of a network that counts as trained: halfway from chance to the sweep's best."""
    return float(CHANCE + sweep.groupby("layers").train_accuracy.mean().max()) / 2


def parts(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows to report: the ``sweep``, the networks of ``few`` examples, of ``now`` and of ``patience``."""
    rows = table[~table.pilot].sort_values(["layers", "seed"])
    rows = rows.assign(gap=100 * (rows.train_accuracy - rows.test_accuracy))
    few, now, patience = rows.examples < rows.examples.max(), rows.tools == "now", rows.steps > rows.steps.min()
    return {"sweep": rows[~few & ~now & ~patience], "few": rows[few], "now": rows[now], "patience": rows[patience]}


def deepest(rows: pd.DataFrame, trained: float) -> pd.Series:
    """Return, seed by seed, the most layers with a training accuracy of at least ``trained``; 0 if there are none."""
    return rows.assign(deepest=rows.layers.where(rows.train_accuracy >= trained, 0)).groupby("seed").deepest.max()


def judge(table: pd.DataFrame) -> Finding:
    """Hold both halves of the sentence against the records: the limit of depth, and overfitting as its cause."""
    sweep, few, now, patience = parts(table).values()
    most = int(sweep.layers.max())
    trained = halfway(sweep)
    limit = mean_interval(deepest(sweep, trained))
    deep, deep_patient = sweep[sweep.layers == most], patience[patience.layers == most]

    limited = limit.high < LAYERS_SAID + 1 and now.train_accuracy.mean() >= trained
    overfitted = mean_interval(deep_patient.gap).above(OVERFITTED)
    verdict = Verdict.FAILS if not limited else Verdict.HOLDS if overfitted else Verdict.CAVEAT

    attempts = table[(table.tools == "then") & (table.layers == most)]
    stuck = wilson_interval(int((attempts.train_loss > STUCK).sum()), len(attempts))
    measurements = [
        Measurement("deepest", "deepest network trained with the old tools", limit, "layers", ".1f", colour="sigmoid"),
        Measurement(
            "deepest_patient",
            "deepest network trained with the old tools and patience",
            mean_interval(deepest(patience, trained)),
            "layers",
            ".1f",
            colour="sigmoid",
        ),
        *_scores("few", "two layers, few examples", few),
        *(m for n, rows in sweep.groupby("layers") for m in _scores(f"then_{n}", f"{n} layers", rows)),
        *(m for n, rows in patience.groupby("layers") for m in _scores(f"patient_{n}", f"{n} layers, patience", rows)),
        *_scores("now", f"{most} layers, tools of today", now, "relu"),
        Measurement("loss_deep", f"training loss, {most} layers", mean_interval(deep.train_loss), "nats", ".3f"),
        Measurement("loss_guessing", "loss of guessing, ln 10", Interval.exact(log(10)), "nats", ".3f"),
        Measurement("attempts", f"runs with {most} layers at all rates", Interval.exact(len(attempts)), "", ".0f"),
        Measurement(
            "stuck",
            f"of all runs with {most} layers, those that learnt nothing",
            Interval(100 * stuck.value, 100 * stuck.low, 100 * stuck.high, stuck.n),
            "%",
            ".0f",
        ),
        Measurement("epochs", "passes over the examples", Interval.exact(_passes(sweep)), "", ".0f"),
        Measurement("epochs_patient", "passes with patience", Interval.exact(_passes(patience)), "", ".0f"),
        Measurement("few_examples", "few examples", Interval.exact(few.examples.to_numpy()[0]), "", ".0f"),
        Measurement("examples", "training examples", Interval.exact(sweep.examples.to_numpy()[0]), "", ",.0f"),
    ]
    return Finding(
        verdict,
        tuple(measurements),
        opposite=share_opposite(few.gap, deep.gap),
        scale=("few_train", "few_test", f"then_{most}_train", f"then_{most}_test"),
    )


def _scores(key: str, network: str, rows: pd.DataFrame, colour: str = "sigmoid") -> list[Measurement]:
    train, test = mean_interval(100 * rows.train_accuracy), mean_interval(100 * rows.test_accuracy)
    return [
        Measurement(f"{key}_train", f"training accuracy, {network}", train, "%", ".0f", colour=colour),
        Measurement(f"{key}_test", f"test accuracy, {network}", test, "%", ".0f", colour=colour),
        Measurement(
            f"{key}_gap", f"training minus test, {network}", mean_interval(rows.gap), "points", ".0f", colour=colour
        ),
    ]


def _passes(rows: pd.DataFrame) -> float:
    return float(rows.steps.iloc[0] * rows.batch.iloc[0] / rows.examples.iloc[0])


CLAIM = Claim(
    id="C03",
    refuted_by=(
        "The limit: within 50 passes over the examples, with sigmoid, plain gradient descent and the old "
        "initialisation, networks of five or more layers train; or the deepest one fails with the tools of today "
        "too. The cause: the deepest network's training accuracy is not clearly (ten points) above its test "
        "accuracy, however long it is trained."
    ),
    expected=Verdict.CAVEAT,
    why=(
        "The limit is real: with the sigmoid and plain gradient descent of the time, training stops at about four "
        "layers. But overfitting is not what stops it. The deepest networks answer at random even on the examples they "
        "were trained on: they have learnt nothing. Those in between can learn when given far more time, and then they "
        "overfit; so does the deepest network with the tools of today, and it trains without trouble."
    ),
    experiments=(DepthLimit,),
    judge=judge,
    figure="history/plot_depth_limit",
    citations=("rumelhart1986learning", "bengio1994learning", "bengio2007greedy", "glorot2010understanding"),
)
