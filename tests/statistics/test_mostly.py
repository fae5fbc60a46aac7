import pytest

from lecture.statistics import mostly, proportion


@pytest.mark.parametrize(("yes", "answer"), [(10, True), (9, True), (6, None), (4, None), (0, False)])
def test_most_is_more_than_half_by_the_wilson_interval(yes, answer):
    found = mostly([run < yes for run in range(10)])
    assert (found.answer, found.pointwise, sum(found.singles)) == (answer, yes > 5, yes)
    assert found.interval == proportion([run < yes for run in range(10)])


def test_the_bar_can_lie_elsewhere():
    assert mostly([True] * 9 + [False], share=0.95).answer is None
