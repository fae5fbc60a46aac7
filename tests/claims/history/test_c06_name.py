from lecture.claims.history.c06_name import CLAIM
from lecture.data.literature.alexnet import PUBLISHED


def test_the_words_are_older_than_alexnet():
    (part,) = CLAIM.parts
    assert part.judge is None
    assert part.published.value < PUBLISHED
    assert {part.published.source, *part.citations} >= {"dechter1986learning", "aizenberg2000multivalued"}
