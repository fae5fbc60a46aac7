"""A passage about numbers that a build may lack."""

from dataclasses import replace

import pytest

PAGE = """# Toy

````{if-measured} C10.%s
:extra: imagenet

The gradient is {measured}`C10.a` {cite:p}`he2016deep`.

```{note}
Nested.
```
````

After.

```{bibliography}
```
"""


def test_the_passage_is_shown_where_the_number_exists(build):
    built = build(index=PAGE % "a")
    assert built.status == 0, built.said
    html = built.page()
    assert "8.0 × 10⁻⁸" in html.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "Nested." in html
    assert "He16" in html
    assert "optional package" not in html


def test_without_the_number_one_sentence_says_how_to_get_it(build):
    built = build(index=PAGE % "absent")
    assert built.status == 0, built.said
    html = built.page()
    assert "Nested." not in html
    assert "The gradient" not in html
    assert "[imagenet]" in html
    assert "After." in html


def with_numbers(toys, *keys):
    """The toys, with further numbers of C10's first part under these keys."""
    c10 = toys.assessments["C10"]
    finding = c10.parts[0].finding
    finding = replace(finding, numbers=tuple(replace(finding.numbers[0], key=key) for key in keys), drawn=())
    parts = (replace(c10.parts[0], finding=finding), c10.parts[1])
    return replace(toys, assessments=toys.assessments | {"C10": replace(c10, parts=parts)})


def test_a_misspelt_number_is_an_error_where_its_family_was_measured(build, evidence):
    toys = with_numbers(evidence(), "imagenet_photos")
    built = build(toys, index="# Toy\n\n```{if-measured} C10.imagenet_photoes\n:extra: imagenet\nHidden.\n```\n")
    assert "C10.imagenet_photoes: no such number; there are a, imagenet_photos" in built.said


def test_without_an_extra_it_says_only_that_the_number_is_missing(build):
    html = build(index="# Toy\n\n```{if-measured} C20.anything\nHidden.\n```\n").page()
    assert "Hidden." not in html
    assert "did not measure" in html
    assert "pip install" not in html


def test_the_page_follows_when_the_number_appears(build, evidence):
    build(index=PAGE % "error")
    assert "0 added, 0 changed, 0 removed" in build().said
    assert "Nested." not in build(with_numbers(evidence())).page()
    assert "Nested." in build().page()


@pytest.mark.parametrize("claim", ["C99", "nonsense"])
def test_a_claim_that_does_not_exist_is_an_error(build, claim):
    assert f"there is no claim '{claim}'" in build(index=f"# Toy\n\n```{{if-measured}} {claim}.x\nText.\n```\n").said
