"""A passage about numbers that a build may lack."""

from dataclasses import replace

import pytest

PAGE = """# Toy

````{if-measured} C10.%s
:extra: imagenet

The gradient is {measured}`C10.left` {cite:p}`he2016deep`.

```{note}
Nested.
```
````

After.

```{bibliography}
```
"""


def test_the_passage_is_shown_where_the_number_exists(build):
    built = build(index=PAGE % "left")
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


def test_a_misspelt_number_is_an_error_where_its_family_was_measured(build, evidence):
    toys = evidence()
    left = toys.findings["C10"].measurements[0]
    toys.findings["C10"] = replace(toys.findings["C10"], measurements=(replace(left, key="imagenet_photos"),), scale=())
    built = build(toys, index="# Toy\n\n```{if-measured} C10.imagenet_photoes\n:extra: imagenet\nHidden.\n```\n")
    assert "C10.imagenet_photoes: no such number; there are imagenet_photos" in built.said


def test_without_an_extra_it_says_only_that_the_number_is_missing(build):
    html = build(index="# Toy\n\n```{if-measured} C20.anything\nHidden.\n```\n").page()
    assert "Hidden." not in html
    assert "did not measure" in html
    assert "pip install" not in html


def test_the_page_follows_when_the_number_appears(build, evidence):
    build(index=PAGE % "left")
    assert "0 added, 0 changed, 0 removed" in build().said
    fewer = evidence()
    object.__setattr__(fewer.findings["C10"], "measurements", fewer.findings["C10"].measurements[1:])
    assert "Nested." not in build(fewer).page()
    assert "Nested." in build().page()


@pytest.mark.parametrize("claim", ["C99", "nonsense"])
def test_a_claim_that_does_not_exist_is_an_error(build, claim):
    assert f"there is no claim '{claim}'" in build(index=f"# Toy\n\n```{{if-measured}} {claim}.x\nText.\n```\n").said
