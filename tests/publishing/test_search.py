"""What the search index takes, and what the search quotes from, in a book of a chapter, a figure and a glossary."""

import json

import pytest
from tests.publishing.conftest import ORPHAN, draw

from lecture.claims.talk import STATEMENTS
from lecture.claims.verdict import Verdict

CHAPTER = ORPHAN + "# The chapter\n\nFirst words.\n\n## Below\n\nA gradient {math}`\\mathbf{g}` and more.\n"
SHOWN = "\n```{gallery} gradient_vanishing/plot_a\nWhat to see.\n```\n\n```{claim} C10\n```\n"
GLOSSARY = (
    ORPHAN
    + "# Words\n\n```{glossary}\nResidual connection\n  Adding the input.\n\nSeed\n  Fixes\n  all choices.\n```\n"
)
SOURCES = ORPHAN + "# Sources\n\n```{bibliography}\n```\n"
PAGES = {"index": "# Toy\n", "references": SOURCES, "gradient_vanishing": CHAPTER + SHOWN, "glossary": GLOSSARY}


@pytest.fixture
def library(build, tmp_path):
    """What sphinx-gallery leaves of a script."""
    draw(tmp_path / "toy", "gradient_vanishing/plot_a", "Flat & steep. Twice\n=====\n\nClaims C10 and C12.")


def index_of(built):
    assert built.status == 0, built.said
    text = (built.folder / "_build/html/searchindex.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("Search.setIndex(").rstrip(")\n"))


def objects_of(built):
    """Each object's type in words, page, anchor and shown name, in the order of the book."""
    index = index_of(built)
    return [
        (" ".join(index["objnames"][str(kind)][2].split()), index["docnames"][page], anchor, name)
        for _, page, kind, anchor, name in sorted(
            (place, page, kind, anchor, f"{prefix}.{name}" if prefix else name)
            for prefix, entries in index["objects"].items()
            for page, kind, place, anchor, name in entries
        )
    ]


@pytest.mark.usefixtures("library")
def test_claims_figures_and_terms_are_in_the_index_with_their_words(build):
    found = objects_of(build(**PAGES))
    assert ("◐ holds in part", "gradient_vanishing", "claim-C10", STATEMENTS["C10"].says) in found
    assert ("Figure", "gradient_vanishing", "fig-plot_a", "Flat &amp; steep. Twice\tC10 C12") in found
    assert ("Glossary", "glossary", "term-Seed", "Seed\tFixes all choices.") in found
    claims = [anchor for _, _, anchor, _ in found if anchor.startswith("claim-")]
    assert claims == ["claim-C10"]  # claims without a card are not in


@pytest.mark.usefixtures("library")
def test_an_incremental_build_finds_what_it_has_not_read_again(build, evidence):
    before = objects_of(build(**PAGES))
    assert objects_of(build(index="# Toy\n\nEdited.\n")) == before
    changed = objects_of(build(evidence(Verdict.FAILS)))
    assert ("? undecided", "gradient_vanishing", "claim-C10", STATEMENTS["C10"].says) in changed
    fewer = objects_of(build(glossary=GLOSSARY.partition("\nSeed")[0] + "\n```\n", gradient_vanishing=CHAPTER))
    assert [anchor for kind, _, anchor, _ in fewer if kind == "Glossary"] == ["term-Residual-connection"]
    assert [anchor for kind, _, anchor, _ in fewer if kind == "Figure"] == []


@pytest.mark.usefixtures("library")
def test_a_scripts_code_and_a_drawings_labels_are_not_in_the_index(build):
    built = build(**PAGES)
    index = index_of(built)
    assert "axislabel" in built.page("gradient_vanishing")
    assert "codeword" in built.page("gallery/gradient_vanishing/plot_a")
    assert {"gradient", "axislabel", "codeword"} & set(index["terms"]) == {"gradient"}
    assert not any(title.startswith("Flat") for title in index["titles"])


@pytest.mark.usefixtures("library")
def test_the_search_quotes_paragraphs_by_their_section(build):
    built = build(**PAGES)
    folder = built.folder / "_build/html/_passages"
    start, _, passages = (folder / "gradient_vanishing.js").read_text(encoding="utf-8").partition(" = ")
    assert start == 'Search.passages["gradient_vanishing"]'
    found = json.loads(passages.rstrip(";\n"))
    assert found["the-chapter"] == ["First words."]
    assert found["below"][:2] == ["A gradient g and more.", "What to see. script · data (CSV)"]
    assert STATEMENTS["C10"].says in found["below"]
    assert not any("One run alone" in text for text in found["below"])
    assert not (folder / "gallery").exists()


def test_what_it_quotes_from_goes_with_its_page(build):
    built = build(**PAGES | {"gradient_vanishing": CHAPTER})
    passages = built.folder / "_build/html/_passages/gradient_vanishing.js"
    assert passages.exists()
    (built.folder / "gradient_vanishing.md").unlink()
    build(index="# Toy\n\nEdited.\n")
    assert not passages.exists()
