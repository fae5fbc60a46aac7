"""C24: people do not love it because it performs best, for some method always does; nor because strong AI is near."""

from lecture.claims.claim import Claim, Verdict

CLAIM = Claim(
    id="C24",
    refuted_by=(
        "Nothing that we can measure: why people love a method is a question about people. What can be checked is the "
        "premise. It would fail if no method had led before, or if whatever leads on a kind of task were always loved "
        "like this."
    ),
    expected=Verdict.CITED,
    why=(
        "The logic is sound: what is always there, a best method, cannot explain what happened once. The record "
        "agrees. Support vector machines and random forests led in their day, and boosted trees won competitions when "
        "deep learning was famous already; none of them was loved like it. The second half is about motives. "
        "Researchers disagree widely about the date of such machines, which settles nothing about motives."
    ),
    citations=(
        "cortes1995support",
        "fernandez2014hundreds",
        "chen2016xgboost",
        "grinsztajn2022tree",
        "grace2024thousands",
    ),
)
