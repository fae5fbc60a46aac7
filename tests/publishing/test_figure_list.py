"""The page of all figures, in a book of two chapters with three figures."""

import re
from html import unescape

import pytest

from lecture.claims.claim import Verdict
from lecture.publishing import figure_list, prose
from lecture.publishing.svg import size, standalone
from lecture.style import DARK, LIGHT

SVG = (
    '<svg class="plot" viewBox="0 0 518.4 273.6" width="518.4" height="273.6" role="img" aria-label="A line.">'
    '<path stroke="var(--sigmoid)" d="M 0 0"/><text fill="var(--ink-2)">x</text></svg>'
)
SCRIPT = '"""\n{title}\n=====\n\nClaim {claim}: something.\n"""\n'
LIST = "---\norphan: true\n---\n# All figures\n\n```{figures}\n```\n"
FIGURES = {"data/plot_a": ("First & best", "C10"), "data/plot_b": ("Second", "C09"), "history/plot_c": ("Third", "C20")}


@pytest.fixture
def library(build, tmp_path):
    """What sphinx-gallery leaves of three scripts; the first one drew two figures."""
    for name, (title, claim) in FIGURES.items():
        chapter, stem = name.split("/")
        folder = tmp_path / "toy" / "gallery" / chapter
        (folder / "images").mkdir(parents=True, exist_ok=True)
        (folder / f"{stem}.py").write_text(SCRIPT.format(title=title, claim=claim))
        shown = f"gallery-figure:: gallery/{chapter}/images/sphx_glr_{stem}_001"
        (folder / f"{stem}.md").write_text(f"---\norphan: true\n---\n# {title}\n\n```{{eval-rst}}\n.. {shown}\n```\n")
        for number in (1, 2) if stem == "plot_a" else (1,):
            for width in ("wide", "narrow"):
                (folder / "images" / f"sphx_glr_{stem}_{number:03}.{width}.svg").write_text(SVG)
            (folder / "images" / f"sphx_glr_{stem}_{number:03}.csv").write_text("x\n1\n")
    return tmp_path / "toy"


def page(title, *figures):
    text = "".join(f"\n```{{gallery}} {figure}\nWhat to see.\n```\n" for figure in figures)
    return f"---\norphan: true\n---\n# {title}\n{text}"


PAGES = {
    "index": "# Toy\n",
    "figures": LIST,
    "history": page("Before", "history/plot_c"),
    "data": page("The data", "data/plot_b", "data/plot_a 2", "data/plot_a", "data/plot_b"),
}


def items(html):
    """Each figure's link, title, and everything behind it."""
    return [
        (link, unescape(title), rest)
        for link, title, rest in re.findall(r'<strong><a href="([^"]+)">(.*?)</a></strong>(.*?)</li>', html)
    ]


@pytest.mark.usefixtures("library")
def test_the_list_follows_the_book_and_each_link_leads_to_the_figure(build):
    built = build(**PAGES)
    assert built.status == 0, built.said
    html = built.page("figures")
    found = items(html)
    links = ["history.html#fig-plot_c", "data.html#fig-plot_b", "data.html#fig-plot_a-2", "data.html#fig-plot_a"]
    assert [(link, title) for link, title, _ in found] == list(
        zip(links, ["Third", "Second", "First & best", "First & best"], strict=True)
    )
    assert re.findall(r"<h2[^>]*><a[^>]*>(.*?)</a>", html) == ["Before", "The data"]
    for link in links:
        name, _, anchor = link.partition(".html#")
        assert built.page(name).count(f'id="{anchor}"') == 1


@pytest.mark.usefixtures("library")
def test_an_entry_names_claims_with_their_verdicts_and_the_script(build):
    third, second, *_ = items(build(**PAGES).page("figures"))
    assert 'href="history.html#claim-C20"' not in third[2]  # C20 belongs to another chapter, wherever it is tested
    assert 'href="when_to_use.html#claim-C20"' in third[2]
    assert "not yet tested" in third[2]
    assert 'href="gradient_vanishing.html#claim-C09">C09</a>' in second[2]
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
    assert [link for link, *_ in items(build().page("figures"))] == ["history.html#fig-plot_c", "data.html#fig-plot_a"]
    assert "holds with a caveat" in build().page("figures")
    assert "does not hold here" in build(evidence(Verdict.FAILS)).page("figures")


def test_a_redrawn_figure_gets_a_new_picture(build, library):
    built = build(**PAGES)
    drawn = library / "gallery/history/images/sphx_glr_plot_c_001.wide.svg"
    drawn.write_text(SVG.replace("M 0 0", "M 7 7"))
    built = build()
    source = re.search(r'src="([^"]+plot_c_001[^"]*\.svg)"', built.page("figures"))
    assert "M 7 7" in (built.folder / "_build/html" / source[1]).read_text()


def test_a_book_without_figures_has_an_empty_list(build):
    built = build(index="# Toy\n", figures=LIST, data="---\norphan: true\n---\n# The data\n")
    assert built.status == 0, built.said
    assert items(built.page("figures")) == []


@pytest.mark.usefixtures("library")
def test_a_scripts_own_page_leads_back_to_the_chapter(build):
    built = build(**PAGES)
    assert 'href="../../data.html#fig-plot_a">in the chapter</a>' in built.page("gallery/data/plot_a")
    changed = build(data=page("The data", "data/plot_b"))
    assert "in the chapter" not in changed.page("gallery/data/plot_a")


def test_figures_in_a_page_are_its_directives():
    text = "```{gallery} a/plot_x\n```\n\n````{gallery} a/plot_y  2\n````\n\nThe `{gallery} a/plot_z` directive.\n"
    assert prose.figures_in(text) == [("a/plot_x", 1), ("a/plot_y", 2)]
    assert figure_list.anchor("a/plot_y", 2) == "fig-plot_y-2"


def test_a_picture_on_its_own_has_colours_and_a_namespace():
    alone = standalone(SVG, LIGHT)
    assert alone.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert f'stroke="{LIGHT["sigmoid"]}"' in alone
    assert "var(" not in alone
    assert size(SVG) == (518, 274)
