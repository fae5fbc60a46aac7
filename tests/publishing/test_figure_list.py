"""The page of all figures, in a book of two chapters with three figures."""

import re
from html import unescape

import pytest
from tests.publishing.conftest import ORPHAN, SVG, draw

from lecture.claims.verdict import Verdict
from lecture.publishing.drawing.svg import size, standalone
from lecture.style import DARK, LIGHT

LIST = "# All figures\n\n```{figures}\n```\n"
FIGURES = {"data/plot_a": ("First & best", "C10"), "data/plot_b": ("Second", "C09"), "history/plot_c": ("Third", "C20")}


@pytest.fixture
def library(build, tmp_path):
    """What sphinx-gallery leaves of three scripts; the first one drew two figures."""
    for name, (title, claim) in FIGURES.items():
        draw(tmp_path / "toy", name, f"{title}\n=====\n\nClaim {claim}: something.")
    draw(tmp_path / "toy", "data/plot_a", "", 2)
    return tmp_path / "toy"


def page(title, *figures):
    text = "".join(f"\n```{{gallery}} {figure}\nWhat to see.\n```\n" for figure in figures)
    return f"# {title}\n{text}"


PAGES = {
    "index": "# Toy\n\n```{toctree}\nbefore\ndata\nfigures\nothers\n```\n",
    "figures": LIST,
    "before": page("Before {math}`x^2`", "history/plot_c"),
    "data": page("The data", "data/plot_b", "data/plot_a 2", "data/plot_a", "data/plot_b"),
    "others": "# Others\n\n```{claim} C09\n```\n\n```{claim} C20\n```\n",
}


def items(html):
    """Each figure's link, title, and everything behind it."""
    return [
        (link, unescape(title), rest)
        for link, title, rest in re.findall(r'<strong><a href="([^"]+)">(.*?)</a></strong>(.*?)</li>', html)
    ]


@pytest.mark.usefixtures("library")
def test_the_figures_of_a_numbered_chapter_have_numbers_in_their_order(build):
    index = "# Toy\n\n```{toctree}\n:numbered:\nbefore\ndata\n```\n\n```{toctree}\nfigures\nothers\n```\n"
    built = build(**PAGES | {"index": index, "others": page("Others", "history/plot_c")})
    assert built.status == 0, built.said
    numbers = {name: re.findall(r"<strong>(Figure [^<]*)</strong>", built.page(name)) for name in PAGES}
    assert numbers == {
        "index": [], "figures": [], "others": [], "before": ["Figure 1.1."],
        "data": ["Figure 2.1.", "Figure 2.2.", "Figure 2.3."],  # the last one is shown for the second time
    }  # fmt: skip


@pytest.mark.usefixtures("library")
def test_the_list_follows_the_book_and_each_link_leads_to_the_figure(build):
    built = build(**PAGES)
    assert built.status == 0, built.said
    html = built.page("figures")
    found = items(html)
    links = ["before.html#fig-plot_c", "data.html#fig-plot_b", "data.html#fig-plot_a-2", "data.html#fig-plot_a"]
    assert [(link, title) for link, title, _ in found] == list(
        zip(links, ["Third", "Second", "First & best", "First & best"], strict=True)
    )
    first, second = re.findall(r"<h2[^>]*><a[^>]*>(.*?)</a></h2>", html)
    assert first.startswith('Before <span class="math')  # the title's formula is one here too
    assert second == "The data"
    for link in links:
        name, _, anchor = link.partition(".html#")
        assert built.page(name).count(f'id="{anchor}"') == 1


@pytest.mark.usefixtures("library")
def test_an_entry_names_claims_with_their_verdicts_and_the_script(build):
    third, second, *_ = items(build(**PAGES).page("figures"))
    assert 'href="others.html#claim-C20"' in third[2]  # wherever its card is
    assert "not yet tested" in third[2]
    assert 'href="others.html#claim-C09">C09</a>' in second[2]
    assert 'class="verdict verdict-holds"' in second[2]
    assert 'href="gallery/data/plot_b.html">script</a>' in second[2]


def test_pictures_are_light_files_in_both_themes_with_their_size(build, library):
    built = build(**PAGES)
    images = re.findall(r"<img [^>]*>", built.page("figures"))
    assert len(images) == 2 * 4
    for image in images:
        fact = dict(re.findall(r'([\w-]+)="([^"]*)"', image))
        assert (fact["loading"], fact["width"], fact["height"], fact["alt"]) == ("lazy", "518", "274", "")
        file = built.folder / "_build" / "html" / fact["src"]
        theme = DARK if "dark" in fact["class"].split() else LIGHT
        assert theme["sigmoid"] in file.read_text()
    assert "var(" not in (library / "gallery/data/images/sphx_glr_plot_a_001.dark.svg").read_text()
    assert "<svg" not in built.page("figures")


@pytest.mark.usefixtures("library")
def test_it_follows_the_chapters_in_an_incremental_build(build, evidence):
    build(**PAGES)
    assert "0 added, 0 changed, 0 removed" in build().said
    build(data=page("The data", "data/plot_a"))
    assert [link for link, *_ in items(build().page("figures"))] == ["before.html#fig-plot_c", "data.html#fig-plot_a"]
    assert "holds in part" in build().page("figures")
    assert "undecided" in build(evidence(Verdict.FAILS)).page("figures")


def test_a_script_that_names_a_claim_which_there_is_not_is_told(build, library):
    draw(library, "history/plot_c", "Third\n=====\n\nClaims C20 and C77: something.")
    built = build(**PAGES)
    assert "gallery/history/plot_c.py names claim C77, which the talk does not make" in built.said
    assert built.status != 0


def test_a_redrawn_figure_gets_a_new_picture(build, library):
    built = build(**PAGES)
    draw(library, "history/plot_c", "Third", picture=SVG.replace("M 0 0", "M 7 7"))
    built = build()
    source = re.search(r'src="([^"]+plot_c_001[^"]*\.svg)"', built.page("figures"))
    assert "M 7 7" in (built.folder / "_build/html" / source[1]).read_text()


def test_a_book_without_figures_has_an_empty_list(build):
    built = build(index="# Toy\n", figures=ORPHAN + LIST)
    assert built.status == 0, built.said
    assert items(built.page("figures")) == []


@pytest.mark.usefixtures("library")
def test_a_scripts_own_page_leads_back_to_the_chapter(build):
    built = build(**PAGES)
    assert 'href="../../data.html#fig-plot_a">in the chapter</a>' in built.page("gallery/data/plot_a")
    changed = build(data=page("The data", "data/plot_b"))
    assert "in no chapter" in changed.page("gallery/data/plot_a")


def test_a_picture_on_its_own_has_colours_and_a_namespace():
    alone = standalone(SVG, LIGHT)
    assert alone.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert f'stroke="{LIGHT["sigmoid"]}"' in alone
    assert "var(" not in alone
    assert size(SVG) == (518, 274)
