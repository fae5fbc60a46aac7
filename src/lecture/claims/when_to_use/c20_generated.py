"""C20: an exception: you can generate the data, or play against yourself as AlphaGo does."""

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import exact, percent, points
from lecture.claims.selection import curves
from lecture.claims.verdict import Verdict, halves
from lecture.claims.when_to_use.learning_curves import worth
from lecture.data.literature.when_it_pays import ALPHAGO_LOST, ALPHAGO_WON, GO_ADVERSARY_WINS
from lecture.experiments.when_to_use.rendered import Rendered
from lecture.models.tic_tac_toe import O, X, game
from lecture.statistics import Interval, compare, difference_interval, mostly

FEW = Smallest(30.0, "so many, three a class, one writes by hand in a minute")
AS_GOOD = -2.0  # points that rendered images may lose against the most real ones and still stand in for them
SPLIT = (max(Rendered.sizes), Rendered.test)
SAFE = 0.9  # share of the learners that no line of play may beat
TABLE = "table"  # the player of records that name none: it keeps a number for each position


def curve(runs: pd.DataFrame, trained_on: str, over: str = "real") -> pd.DataFrame:
    """Return accuracies in per cent, a row for each seed and a column for each number of real images, or of faces."""
    return 100 * curves(runs[runs["trained_on"] == trained_on], "trained_on", over, "accuracy")[trained_on]


def judge_rendered(rendered: pd.DataFrame) -> Finding:
    """Ask two things of rendered digits: whether they are worth more than a few real ones, and as much as many."""
    by_faces = curve(rendered, "rendered", "faces")
    alone, real = by_faces.iloc[:, -1], curve(rendered, "real")
    logs = np.log(worth(real, alone))
    few = compare(logs, np.log(FEW.value), split=SPLIT)
    level = compare(logs, split=SPLIT).interval
    value, low, high = np.exp([level.value, level.low, level.high]).tolist()
    many = compare(alone, real.iloc[:, -1], smallest=AS_GOOD, split=SPLIT)

    mixed, distorted = curve(rendered, "real and rendered"), curve(rendered, "real, distorted")
    fewest = mixed.columns[0]
    added = difference_interval(mixed[fewest], distorted[fewest])
    numbers = [
        percent("rendered", "accuracy on real digits, rendered alone", alone, colour="deep"),
        percent("one_face", "the same, from one typeface", by_faces.iloc[:, 0], colour="deep"),
        percent("real", f"the same, {real.columns[-1]:,} real images", real.iloc[:, -1]),
        points("added", f"accuracy that rendered digits add to {fewest} real ones", added, "+.0f", "deep"),
    ]
    return conclude(
        few, many, rule=halves, value=Interval(value, low, high, level.n), numbers=numbers, drawn=("rendered", "real")
    )


def judge_self_play(self_play: pd.DataFrame) -> Finding:
    """Count the learners that perfect play cannot beat; only a network can say anything about networks."""
    table = lines_lost(self_play)
    ends = table[table["games"] == table["games"].max()]
    safe = {opponent: (runs["lost"] == 0).to_numpy() for opponent, runs in ends.groupby("opponent")}
    perfect = mostly(safe["itself"], SAFE)
    players = set(self_play.get("player", [TABLE]))

    own = ends[ends["opponent"] == "itself"]
    positions = int((~game().over).sum())
    numbers = [
        exact("safe", "learners that nothing beats, practised against themselves", safe["itself"].sum()),
        exact("games", "games that each played", own["games"].max()),
        exact("learners", "learners that played themselves", safe["itself"].size),
        exact("safe_random", "learners that nothing beats, practised against a random mover", safe["random"].sum()),
        percent("misplayed", "positions misplayed", 100 * own["blunders"] / positions, colour="deep"),
        exact("tree", "games that are possible", game().games()),
    ]
    learned = perfect.open_unless(TABLE not in players)
    return conclude(learned, value=perfect.interval.percent(), numbers=numbers)


def lines_lost(played: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each opponent, seed and number of games: lines of play lost, lines in all, blunders.

    Lost and lines are sums over both sides; ``blunders`` are positions where the learner, on the side to move, would
    give away what perfect play would get.
    """
    n = len(game().boards)  # rows of one learner's beliefs, in the order of the game's positions
    x, o = (played[f"as_{side}"].to_numpy().reshape(-1, n) for side in "xo")
    (lost_x, lines_x), (lost_o, lines_o) = game().lost(x, X), game().lost(o, O)
    blunders = (game().blunders(x, X) | game().blunders(o, O)).sum(1)
    keys = played[["opponent", "seed", "games"]].iloc[::n].reset_index(drop=True)
    return keys.assign(lost=lost_x + lost_o, lines=lines_x + lines_o, blunders=blunders)


CLAIM = Claim(
    id="C20",
    headline="Right: generated data helps, and self-play won at Go",
    expected=(Verdict.IN_PART, Verdict.UNDECIDED, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity("real images that do as well as rendered ones", "", ".0f", "deep"),
            smallest=FEW,
            refuted_by=f"A network trained on rendered digits alone does no better on real ones than with "
            f"{FEW.value:.0f} real images, and worse by more than {-AS_GOOD:g} points than with the most.",
            judge=judge_rendered,
            published=Reported(Verdict.HOLDS, "jaderberg2014synthetic", "abstract", "words in photographs"),
            says="A network trained on rendered words alone reads real ones.",
            note="They stand in for some real images, not for many.",
            citations=("tobin2017domain",),
        ),
        Part(
            quantity=Quantity("learners that no line of play beats", "%", ".0f", "deep"),
            smallest=Smallest(100 * SAFE, "one learner in ten may fail"),
            refuted_by=f"Less than {SAFE:.0%} of the networks that learned tic-tac-toe from playing themselves cannot "
            "be beaten by any line of play.",
            judge=judge_self_play,
            published=Reported(Verdict.IN_PART, "wang2023adversarial", "abstract", "Go"),
            says="A network stronger than any human still lost to an opponent trained to find its blind spots, in "
            f"more than {GO_ADVERSARY_WINS:.0f} % of the games.",
            note="Our learner is a table of positions, not a network.",
            citations=("sutton1988learning", "tesauro2002programming"),
        ),
        Part(
            refuted_by="No program has learned to play Go from games against itself alone.",
            published=Reported(Verdict.HOLDS, "silver2017mastering", "abstract", "Go"),
            says=f"From the rules alone it beat, {ALPHAGO_WON} to {ALPHAGO_LOST}, the AlphaGo that had beaten a "
            "champion.",
            note="The AlphaGo of 2016 had begun with human games.",
            citations=("silver2016mastering",),
        ),
    ),
    why="In a game the simulator is the real thing. Print is not handwriting, however often it is distorted.",
    figure="when_to_use/plot_rendered",
)
