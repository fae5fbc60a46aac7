"""A sentence that commits is true, or the build stops and says what was measured."""

import pytest

from lecture.errors import LectureError
from lecture.publishing.directives.asserts import refuted


@pytest.mark.parametrize(
    "statement",
    [
        "C10.a below 1e-6", "C10.a above 0", "C10.a contains 8e-8", "C10.error above 10", "C10.error contains 12.5",
        "C10.error above C10.a", "C10.a below C10.error", "C09.a contains 3.35e-4",
        "C10.error below 14", "C10.error contains 14.1",  # its end is 14, give or take a twentieth of its width
    ],
)  # fmt: skip
def test_what_was_measured_may_be_said(evidence, statement):
    assert refuted(evidence(preset="book"), statement) == ""


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("C10.error below 13.8", "it is 12.5 % (11.0 to 14.0 %)"),
        ("C10.error contains 14.2", "it is 12.5 % (11.0 to 14.0 %)"),
        ("C10.error contains 0", "it is 12.5 % (11.0 to 14.0 %)"),
        ("C10.a above C10.error", "it is 8.0 × 10⁻⁸ (4.0 × 10⁻⁸ to 1.6 × 10⁻⁷)"),
    ],
)
def test_what_was_not_may_not(evidence, statement, told):
    plain = refuted(evidence(preset="book"), statement).translate({0xA0: " ", 0x202F: " "})
    assert told in plain
    assert refuted(evidence(preset="smoke"), statement) == ""


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("C10.a is small", "write for example"),
        ("C10.b7 contains 0", "has no number 'b7'"),
        ("C77.a contains 0", "no claim 'C77'"),
    ],
)
def test_what_is_no_statement_is_told(evidence, statement, told):
    with pytest.raises(LectureError, match=told):
        refuted(evidence(preset="book"), statement)


def test_a_page_shows_nothing_of_it_and_a_false_one_names_its_line(build, evidence):
    page = "# Toy\n\nDepth matters.{asserts}`C10.error %s 10` Truly.\n"
    built = build(evidence(preset="book"), index=page % "above")
    assert built.status == 0, built.said
    assert "<p>Depth matters. Truly.</p>" in built.page()
    told = build(evidence(preset="book"), index=page % "below").said
    assert "index.md:3: ERROR: {asserts}`C10.error below 10`: it is 12.5" in told
