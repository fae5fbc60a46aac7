"""C24: people do not love it because it performs best, for some method always does; nor because strong AI is near."""

from lecture.claims.claim import Claim, Part
from lecture.claims.verdict import Verdict

CLAIM = Claim(
    id="C24",
    headline="An opinion; its logic is sound, motives cannot be measured",
    expected=(Verdict.OPINION,),
    parts=(
        Part(
            citations=(
                "cortes1995support",
                "fernandez2014hundreds",
                "chen2016xgboost",
                "grinsztajn2022tree",
                "grace2024thousands",
            )
        ),
    ),
    why="What is always there, a best method, cannot explain what happened once: other methods led in their day, or on "
    "tables still lead, and none was loved like this. Researchers disagree widely about when strong AI will come.",
)
