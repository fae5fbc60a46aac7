"""What the popovers say, and what is folded below a figure, in a book of toys."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from tests.publishing.conftest import draw

from lecture.publishing.site import citations, explained

PAGES = {
    "index": "# Toy\n\n{measured}`C10.error` and {term}`seed`, {cite:t}`he2016deep`.\n\n"
    "```{toctree}\ncards\nglossary\nreferences\ngallery/data/plot_a\n```\n",
    "cards": "# Cards\n\n```{claim} C10\n```\n\n```{gallery} data/plot_a\nWhat to see.\n```\n",
    "glossary": "# Glossary\n\n```{glossary}\nSeed\n  Fixes\n  all.\n```\n",
    "references": "# Sources\n\n```{bibliography}\n```\n",
}
SCRIPT = "from lecture.experiments.toy.depth import Depth\n"


@pytest.fixture
def built(build, evidence):
    """The toys, with the script of a figure that reads an experiment."""

    def run(builder="html", script=SCRIPT):
        draw(build.folder, "data/plot_a", "First\n=====\n\nClaim C10.")
        path = build.folder / "gallery" / "data" / "plot_a.py"
        path.write_text(path.read_text() + script)
        found = build(replace(evidence(), digests={"toy.depth": "1a2b3c4d"}), builder=builder, **PAGES)
        assert found.status == 0, found.said
        return found

    return run


def test_terms_claims_parts_and_sources_are_told(built):
    found = explained.entries(built().app)
    assert found["term-Seed"] == {"name": "Seed", "text": "Fixes all."}
    claim = found["C10"]
    assert (claim["name"], claim["sign"]) == ("C10", "◐\N{NO-BREAK SPACE}holds in part")
    assert claim["more"] == "A chain of slopes is nothing; stalling is open"
    part = found["C10-a"]
    assert part["text"] == "Multiplied over many layers, the gradient is basically 0."
    assert part["records"] == "10 seeds (0 to 9), 2026-11-22, a chip"
    assert part["run"] == "lecture run toy.depth"
    assert part["card"] == "cards.html#claim-C10-a"
    assert "run" not in found["C06-a"]  # nothing of it was measured
    (source,) = (entry for place, entry in found.items() if place.startswith("references.html#"))
    assert source == {"name": "He 2016", "text": "Deep", "more": "CVPR"}


def test_a_number_names_the_part_that_it_belongs_to(built):
    assert 'data-of="C10-a">12.5' in built().page()


def test_addresses_are_those_of_the_builder(built):
    found = explained.entries(built("dirhtml").app)
    assert found["C10-a"]["card"] == "cards/#claim-C10-a"
    assert any(place.startswith("references/#") for place in found)


@pytest.mark.parametrize(
    ("seeds", "said"),
    [([], "no seeds needed"), ([7], "seed 7"), ([0, 1, 2], "3 seeds (0 to 2)")],
)
def test_seeds(seeds, said):
    assert explained.seeds({"seeds": seeds}) == said


def test_a_source_is_named_by_who_and_when_and_leads_to_its_lasting_address():
    def person(last):
        return SimpleNamespace(last_names=[last])

    fields = {"title": "{ImageNet} is large", "year": "2012", "booktitle": "NeurIPS", "url": "https://a.example",
              "doi": "10.1/2"}  # fmt: skip
    entry = SimpleNamespace(persons={"author": [person("Krizhevsky"), person("Sutskever")]}, fields=fields)
    assert citations.short(entry) == "Krizhevsky and Sutskever 2012"
    told = {"text": "ImageNet is large", "more": "NeurIPS", "url": "https://doi.org/10.1/2"}
    assert citations.title_and_address(entry) == told
    entry.persons["author"].append(person('H{\\"i}nton'))
    assert citations.short(entry) == "Krizhevsky et al. 2012"
    assert "url" not in citations.title_and_address(SimpleNamespace(fields={"title": "A"}))


def folded(page):
    """What is folded below the figure of a page."""
    (found,) = re.findall(r'<details class="made">.*?</details>', page, re.DOTALL)
    return found


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_below_a_figure_are_its_pictures_its_records_and_the_commands(built, builder):
    site = built(builder)
    name = {"html": "cards.html", "dirhtml": "cards/index.html", "singlehtml": "index.html"}[builder]
    page = site.output / name
    told = re.findall(r'<details class="made">.*?</details>', page.read_text(encoding="utf-8"), re.DOTALL)[0]
    pictures = dict(re.findall(r'<a href="([^"]+)" download>(\w+)</a>', told))
    assert list(pictures.values()) == ["SVG", "PNG"]
    for address in pictures:
        assert (page.parent / address).resolve().read_bytes() != b""
    assert "Fresh when this page was built." in told
    record = "record 1a2b3c4d, 2026-11-22, cpu, 10 seeds"
    assert f"<code>lecture run --again toy.depth</code> {record}</li>" in told
    assert "<code>python gallery/data/plot_a.py</code> the figure</li>" in told
    assert len(told) < 500  # a chapter has twenty


def test_a_figure_without_records_of_ours_says_nothing_of_records(built):
    told = folded(built(script="").page("cards"))
    assert "records" not in told
    assert "Fresh" not in told
    assert "lecture run" not in told
    assert "python gallery/data/plot_a.py" in told


def test_the_search_learns_nothing_of_it(built):
    site = built()
    assert "1a2b3c4d" not in (site.output / "searchindex.js").read_text(encoding="utf-8")
    assert "1a2b3c4d" not in (site.output / "_passages" / "cards.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("builder", "file"), [("text", "cards.txt"), ("epub", "cards.xhtml"), ("latex", "*.tex")])
def test_nobody_downloads_from_paper(built, builder, file):
    site = built(builder)
    (path,) = site.output.glob(file)
    assert "1a2b3c4d" not in path.read_text(encoding="utf-8")


def test_a_script_that_takes_its_experiments_from_a_claim_names_them(built):
    told = folded(built(script="from lecture.claims.gradient_vanishing.c10_vanishing import DEPTHS\n").page("cards"))
    assert "<code>lecture run --again toy.depth</code>" in told
