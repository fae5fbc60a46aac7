"""What becomes of a finished figure."""

import re
import xml.etree.ElementTree as ET

import matplotlib as mpl

mpl.use("agg")

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from lecture import style
from lecture.publishing.drawing import scraper
from lecture.publishing.drawing.svg import placed, tidy

TABLE = pd.DataFrame({"depth": [1, 2], "norm": [1.0, 0.25]})


@pytest.fixture
def figure():
    colour = style.use()
    figure, panels = plt.subplots(1, 2, figsize=(7.2, 3.4), sharey=True)
    for axes in panels:
        axes.semilogy([1, 10], [1, 1e-9], "o-", color=colour["sigmoid"])
        axes.fill_between([1, 10], [0.5, 1e-10], [1, 1e-8], color=colour["relu"], alpha=0.2)
        axes.set_title("Gradient")
    panels[0].set_ylabel("norm")
    yield figure
    plt.close("all")


@pytest.fixture
def saved(figure, tmp_path):
    scraper.save(figure, tmp_path / "f_001.png", "It falls to 10⁻⁹ & <stays>.", TABLE)
    return tmp_path


def box(svg):
    return [float(n) for n in ET.fromstring(svg).attrib["viewBox"].split()][2:]


def test_a_figure_is_saved_in_all_its_forms(saved):
    kinds = {"png", "csv", "wide.svg", "narrow.svg", "light.svg", "dark.svg"}
    assert {path.name for path in saved.iterdir()} == {f"f_001.{kind}" for kind in kinds}
    height, width = plt.imread(saved / "f_001.png").shape[:2]
    assert width > 1000 > height  # enough for paper
    pd.testing.assert_frame_equal(pd.read_csv(saved / "f_001.csv"), TABLE)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_colours_are_variables_and_text_is_text(saved, width):
    svg = (saved / f"f_001.{width}.svg").read_text(encoding="utf-8")
    used = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg))
    assert {"var(--sigmoid)", "var(--relu)", "var(--ink-2)"} <= used
    assert not [colour for colour in used if colour.startswith("#")]
    assert "style=" not in svg
    assert "font-family" not in svg
    root = ET.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == "It falls to 10⁻⁹ & <stays>."
    words = {"".join(text.itertext()) for text in root.iter("text")}
    assert {"Gradient", "norm"} <= words
    assert any(re.fullmatch(r"10−\d", word) for word in words)


def test_every_reference_inside_a_picture_leads_somewhere(saved):
    svg = placed((saved / "f_001.wide.svg").read_text(encoding="utf-8"), "fig-7")
    ids = set(re.findall(r'id="([^"]+)"', svg))
    references = set(re.findall(r'(?:url\(|href=")#([^)"]+)', svg))
    assert references
    assert references == ids
    assert all(id.startswith("fig-7-") for id in ids)


def test_on_a_phone_panels_stand_one_below_the_other(saved):
    wide, narrow = ((saved / f"f_001.{width}.svg").read_text(encoding="utf-8") for width in ("wide", "narrow"))
    assert box(wide)[0] > box(wide)[1]
    assert box(narrow)[0] == pytest.approx(scraper.NARROW * 72)
    assert box(narrow)[1] == pytest.approx(2 * scraper.PANEL * 72)
    assert narrow.count(">norm<") == 2  # the shared label stands at both


def test_pictures_without_a_scale_stand_in_pairs_on_a_phone():
    style.use()
    figure, panels = plt.subplots(1, 3)
    for axes in panels[:2]:
        axes.set(xticks=[], yticks=[])
    scraper.restack(figure)
    places = [axes.get_subplotspec().rowspan.start for axes in panels]
    plt.close(figure)
    assert places == [0, 0, 1]


def test_a_redrawn_figure_gives_the_same_file_and_leaves_it_alone(tmp_path):
    stamps = []
    for _ in range(2):
        style.use()
        figure, axes = plt.subplots()
        axes.plot([1, 2], "o-")
        axes.add_patch(plt.Circle((0.5, 1.5), 0.2, clip_path=axes.patch))
        scraper.save(figure, tmp_path / "g.png", "A line.", TABLE)
        plt.close(figure)
        stamps.append(
            [
                (tmp_path / f"g.{kind}").stat().st_mtime_ns
                for kind in ("wide.svg", "narrow.svg", "light.svg", "csv", "png")
            ]
        )
    assert stamps[0] == stamps[1]


def test_only_finished_figures_are_scraped_and_the_others_stay_open(figure, tmp_path):
    unfinished = plt.figure()
    figure.lecture = {"alt": "alt", "data": TABLE}
    names = iter([str(tmp_path / "gallery/images/a_001.png")])
    (tmp_path / "gallery/images").mkdir(parents=True)
    rst = scraper.scrape(None, {"image_path_iterator": names}, {"src_dir": str(tmp_path)})
    assert rst.strip() == ".. gallery-figure:: gallery/images/a_001"
    assert plt.get_fignums() == [unfinished.number]


def test_a_formula_flows_in_the_pages_font():
    style.use()
    figure = plt.figure()
    figure.text(0.5, 0.5, "$10^{-8}$")
    svg = tidy(style.as_svg(figure), "alt")
    plt.close(figure)
    spans = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", svg)
    assert spans == ["10", "−8"]
    assert " x=" not in re.search(r"<tspan.*</tspan>", svg)[0]
