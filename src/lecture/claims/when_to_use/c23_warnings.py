"""C23: five reasons to leave deep learning alone, each a question of its own."""

from lecture.claims.claim import Claim
from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use import inference_cost, interpretability, little_data, reliability, tabular

CLAIM = Claim(
    id="C23",
    headline="Three warnings hold in part; two are open here",
    expected=(Verdict.UNDECIDED, Verdict.UNDECIDED, Verdict.IN_PART, Verdict.IN_PART, Verdict.IN_PART),
    parts=(little_data.PART, tabular.PART, interpretability.PART, reliability.PART, inference_cost.PART),
    why="Each warning has a core that was measured, here or elsewhere, and an exception; most of the troubles have a "
    "remedy with a price.",
    figure="when_to_use/plot_reliability",
)
