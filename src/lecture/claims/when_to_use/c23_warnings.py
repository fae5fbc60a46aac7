"""C23: five reasons to leave deep learning alone, each a question of its own."""

from lecture.claims.claim import Verdict
from lecture.claims.part import claim_of_parts
from lecture.claims.when_to_use import inference_cost, interpretability, little_data, reliability, tabular

CLAIM = claim_of_parts(
    "C23",
    (little_data.PART, tabular.PART, interpretability.PART, reliability.PART, inference_cost.PART),
    expected=Verdict.CAVEAT,
    why=(
        "Each of the five warnings has a measured core, and in each the wording is too simple. The networks lost to "
        "the best classical method, though not everywhere; they were hard to explain, to repeat and to run, though not "
        "harder than every rival, and every trouble has a remedy with a price."
    ),
    figure="when_to_use/plot_reliability",
)
