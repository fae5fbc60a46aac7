"""C03: nobody could train more than three or four layers; they overfitted, or (as the talk says later) stalled."""

from math import log

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Measurement, exact, key_of, mean, percent
from lecture.claims.verdict import Verdict, halves
from lecture.statistics import compare, mean_interval, mostly

CUSTOM, BEST = "custom", "1998"
"""The custom of the time, and the best recipe that was printed in it."""
CHANCE = 0.1
GAP = 10.0
"""A trained network overfits when its training accuracy is more than this many points above its test accuracy."""
STUCK = 0.95 * log(10)  # a network that still pays this training loss has learnt nothing: guessing costs ln 10
SETTLED = (
    0.05  # nats: networks whose mean training loss falls by more, given twice as long, were not trained to the end
)
LAYERS = Smallest(4.5, "the talk says four; five would be one more")
FINE, OVERFITS, LITTLE, NOTHING = "generalises", "overfits", "learns little", "learns nothing"
STATES = (FINE, OVERFITS, LITTLE, NOTHING)


def with_states(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the runs with ``trained`` and ``state``, one of :data:`STATES`.

    A network is trained when it gets halfway from chance to what the best depth of its recipe gets of its training
    examples after all passes. A trained one overfits if its two accuracies are more than :data:`GAP` apart. Of the
    others some learn little, some nothing.
    """
    last = at_end(runs).groupby(["recipe", "layers"])["train_accuracy"].mean()
    bars = (CHANCE + last.groupby("recipe").max()) / 2
    trained = runs["train_accuracy"] >= runs["recipe"].map(bars)
    apart = 100 * (runs["train_accuracy"] - runs["test_accuracy"]) > GAP
    state = apart.map({True: OVERFITS, False: FINE}).where(trained, LITTLE)
    return runs.assign(trained=trained, state=state.mask(~trained & (runs["train_loss"] > STUCK), NOTHING))


def at_end(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the runs as they are after all passes."""
    ends: pd.DataFrame = runs[runs["passes"] == runs["passes"].max()]
    return ends


def deepest(runs: pd.DataFrame) -> pd.Series:
    """Return, seed by seed, the most layers with which the network was trained; 0 if it never was."""
    return runs.assign(deepest=runs["layers"].where(runs["trained"], 0)).groupby("seed")["deepest"].max()


def settled(runs: pd.DataFrame) -> bool:
    """Tell whether, at every depth, the networks no longer improve over the last passes."""
    losses = runs.pivot_table(index="layers", columns="passes", values="train_loss").sort_index(axis=1)
    return bool((losses.iloc[:, -2] - losses.iloc[:, -1] < SETTLED).all())


def judge_limit(depth_limit: pd.DataFrame) -> Finding:
    """Ask for a limit at four layers twice: with the custom of the time, and with the best recipe printed in it.

    Each is open while networks that do not learn still improve.
    """
    runs = with_states(depth_limit)
    kinds = {str(recipe): rows for recipe, rows in runs.groupby("recipe")}
    reached = {recipe: deepest(at_end(rows)) for recipe, rows in kinds.items()}
    answers = []
    for recipe in (CUSTOM, BEST):
        limit = compare(reached[recipe], smallest=LAYERS.value).negated()
        answers.append(limit.open_unless(limit.answer is False or settled(kinds[recipe])))
    fewest, most = runs["passes"].min(), runs["passes"].max()
    soon = deepest(kinds[CUSTOM][kinds[CUSTOM]["passes"] == fewest])
    numbers = [
        mean(key_of(f"layers {recipe}"), f"layers of the deepest network trained, {recipe}", layers, "layers", ".1f")
        for recipe, layers in reached.items()
        if recipe != CUSTOM
    ]
    drawn = tuple(number.key for number in numbers)
    numbers += [
        mean("layers_soon", "layers of the deepest network trained, custom, fewest passes", soon, "layers", ".1f"),
        exact("passes_soon", "fewest passes over the examples", fewest),
        exact("passes", "most passes over the examples", most),
    ]
    return conclude(*answers, rule=halves, value=mean_interval(reached[CUSTOM]), numbers=numbers, drawn=drawn)


def judge_failure(depth_limit: pd.DataFrame) -> Finding:
    """Ask for both reasons, each by its recipe: do the deepest stall by the custom, and overfit by the best."""
    runs = with_states(depth_limit)
    deep = at_end(runs[runs["layers"] == runs["layers"].max()])
    kinds = {str(recipe): rows for recipe, rows in deep.groupby("recipe")}
    stalls = mostly(kinds[CUSTOM]["state"] == NOTHING)
    overfits = mostly(kinds[BEST]["state"] == OVERFITS)
    custom = runs[(runs["recipe"] == CUSTOM) & (runs["layers"] == runs["layers"].max())]
    shallow = at_end(runs[(runs["recipe"] == CUSTOM) & (runs["layers"] == runs["layers"].min())])
    numbers = [
        percent("overfits", "deepest networks of 1998 that overfit", overfits.interval.percent(), colour="tanh"),
        *_accuracies("best", "deepest, 1998", kinds[BEST]),
        *_accuracies("shallow", "shallowest, custom", shallow),
    ]
    answers = stalls.open_unless(settled(custom)), overfits
    return conclude(*answers, rule=halves, value=stalls.interval.percent(), numbers=numbers, drawn=("overfits",))


def _accuracies(key: str, words: str, runs: pd.DataFrame) -> list[Measurement]:
    return [
        percent(f"{key}_{score}", f"{score} accuracy, {words}", 100 * runs[f"{score}_accuracy"])
        for score in ("train", "test")
    ]


CLAIM = Claim(
    id="C03",
    headline="Both reasons are true; patience and recipe move the limit",
    expected=(Verdict.FAILS, Verdict.HOLDS, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity("layers of the deepest network trained by the custom", "layers", ".1f", "sigmoid"),
            smallest=LAYERS,
            refuted_by="Trained until they no longer improve, networks of five or more layers learn by the custom "
            "(sigmoid, small weights, plain gradient descent), or by the best recipe of 1998 (tanh, weights that fit "
            "the layer, momentum).",
            judge=judge_limit,
            published=Reported(Verdict.IN_PART, "glorot2010understanding", "abstract", "plain networks before 2006"),
            says="Plain deep networks were not trained with success; convolutional ones were.",
            note="A limit of the custom and of its patience; the best recipe of 1998 has none here.",
            citations=("bengio2007greedy", "lecun1998gradient", "lecun1998efficient", "hinton2006fast"),
        ),
        Part(
            quantity=Quantity("deepest networks that learnt nothing by the custom", "%", ".0f", "sigmoid"),
            refuted_by="Most of the deepest networks learn something by the custom, and most do not overfit by the "
            "recipe of 1998.",
            judge=judge_failure,
            published=Reported(Verdict.HOLDS, "erhan2010why", "abstract", "digits"),
            says="Some name overfitting (Erhan, Cireşan), others that nothing was learnt (Bengio, Glorot).",
            note="Each by its recipe: the custom stalls, that of 1998 overfits.",
            citations=("ciresan2010deep", "bengio2007greedy", "glorot2010understanding", "bengio1994learning"),
        ),
        Part(
            refuted_by="Neural networks were as popular after the middle of the 1990s as before.",
            published=Reported(Verdict.HOLDS, "goodfellow2016deep", "section 1.2.1", "the field"),
            says="The second wave ended in the middle of the 1990s.",
            citations=("lecun2015deep",),
        ),
    ),
    why="A deep network has to learn before it can learn too much. With the sigmoid and small weights it does not get "
    "that far; with a better function and start it does, and then overfits.",
    figure="history/plot_depth_limit",
)
