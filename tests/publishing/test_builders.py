"""One small book by every builder: the card's numbers, the ledger's cells, the figure and the links are in each."""

import re
import shutil
import xml.etree.ElementTree as ET
import zipfile

import pytest
from tests.publishing.conftest import draw

PAGES = {
    "index": "# Toy\n\n```{outcomes}\n```\n\n```{chapters}\ngradient_vanishing: A sentence.\n```\n\n"
    "```{toctree}\nslopes\nledger\nfigures\nreferences\ngallery/gradient_vanishing/plot_a\n```\n",
    "slopes": "# Slopes of {math}`x^2`\n\nIt is {measured}`C10.a`; see {card}`C10`, {verdict}`C10.b`.\n\n"
    "```{claim} C10\n```\n\n```{gallery} gradient_vanishing/plot_a\nWhat to *see*, as in {cite:t}`he2016deep`.\n```\n\n"
    "```{provenance}\n```\n",
    "ledger": "# The ledger\n\n```{ledger}\n```\n\n```{outline}\n```\n",
    "figures": "# All figures\n\n```{figures}\n```\n",
    "references": "# Sources\n\n```{bibliography}\n```\n",
}


@pytest.fixture
def book(build, tmp_path):
    """A function that builds the book; whatever a build says is a fault."""
    draw(tmp_path / "toy", "gradient_vanishing/plot_a", "Flat & steep\n=====\n\nClaim C10.")

    def run(builder, **changes):
        built = build(builder=builder, **PAGES | changes)
        assert built.status == 0, built.said
        return built

    return run


def plain(text):
    """Text with ordinary spaces, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\N{NO-BREAK SPACE}", " ").split())


def test_text_says_in_words_what_the_site_draws(book):
    built = book("text")
    card = plain((built.output / "slopes.txt").read_text(encoding="utf-8"))
    assert "It is 8.0 × 10⁻⁸; see C10, ? undecided" in card
    assert "C10 · 3:38 in the talk · ◐ holds in part" in card
    assert "**a** Multiplied over many layers, the gradient is basically 0. · mechanism · ✓ holds" in card
    told = "(4.0 × 10⁻⁸ to 1.6 × 10⁻⁷; bar 10⁻⁶; published 6.4 × 10⁻⁸)"
    assert f"gradient at layer 1: **8.0 × 10⁻⁸** {told}" in card
    assert "**Size** MNIST-1D, 10 seeds · **One run alone** would have misled you in 2 of 93 cases" in card
    assert "code: tests.publishing.conftest" in card  # a link to generated pages would lead nowhere
    assert "[image: A line & 3 dots.]" in card
    assert "What to *see*, as in He [He16]. script" in card
    assert "data (CSV)" not in card
    ledger = (built.output / "ledger.txt").read_text(encoding="utf-8")
    rows = [[plain(cell) for cell in line.split("|")[1:-1]] for line in ledger.splitlines()]
    assert ["Claim and part", "Verdict", "Measured here", "Reported", "Other seeds", "At full scale"] in rows
    (row,) = [row for row in rows if row and row[0].startswith("**C10.a** Multiplied")]
    assert row[1:3] == ["✓ holds", "**8.0 × 10⁻⁸** · ✓ holds · 4.0 × 10⁻⁸ to"]
    assert "[ ]" not in ledger  # no filters
    assert "Of 70 parts 3 hold" in plain((built.output / "index.txt").read_text(encoding="utf-8"))


def test_latex_has_boxes_a_table_the_figure_and_links_to_labels(book):
    built = book("latex")
    (path,) = built.output.glob("*.tex")
    tex = path.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert r"\sphinxstyletopictitle{C10 · 3:38 in the talk · ◐ holds in part}" in tex
    assert r"\begin{longtable}" in tex
    assert r"\sphinxincludegraphics{{sphx_glr_plot_a_001}.png}" in tex
    assert (built.output / "sphx_glr_plot_a_001.png").exists()
    (caption,) = re.findall(r"\\caption\{(What to .*?)\\label\{\\detokenize\{slopes:fig-plot_a\}\}", tex, re.DOTALL)
    assert r"as in \DUrole{bibtex-citation}{He {[}He16{]}}" in caption  # a link to a source breaks a caption
    assert r"\hyperref[\detokenize{gallery/gradient_vanishing/plot_a::doc}]" in caption
    labels = set(re.findall(r"\\label\{\\detokenize\{([^}]+)\}\}", tex))
    links = set(re.findall(r"\\hyperref\[\\detokenize\{([^}]+)\}\]", tex))
    assert {"slopes:claim-C10", "ledger:C10-b", "slopes:fig-plot_a"} <= links
    assert links <= labels
    assert "code: tests.publishing.conftest" in tex


def test_an_ebook_is_whole_and_its_links_lead_somewhere(book):
    built = book("epub")
    (path,) = built.output.glob("*.epub")
    with zipfile.ZipFile(path) as file:
        pages = {name: ET.fromstring(file.read(name)) for name in file.namelist() if name.endswith(".xhtml")}
        names = set(file.namelist())
    assert "slopes.xhtml" in pages
    assert not any(name.startswith("code/") for name in names)
    ids = {name: {node.get("id") for node in page.iter()} for name, page in pages.items()}
    for name, page in pages.items():
        for node in page.iter():
            for target in filter(None, (node.get("src"), node.get("href"))):
                file, _, anchor = target.partition("#")
                if not target.startswith("http"):
                    full = str((path.parent / name).parent.joinpath(file or name.rpartition("/")[2]).resolve())
                    found = full.removeprefix(f"{path.parent.resolve()}/")
                    assert found in names, (name, target)
                    assert not anchor or anchor in ids[found], (name, target)
    words = " ".join("".join(pages["slopes.xhtml"].itertext()).replace("\N{NO-BREAK SPACE}", " ").split())
    assert "gradient at layer 1: 8.0 × 10⁻⁸ (4.0 × 10⁻⁸ to 1.6 × 10⁻⁷; bar 10⁻⁶; published 6.4 × 10⁻⁸)" in words
    image = next(node for node in pages["slopes.xhtml"].iter() if node.tag.endswith("img"))
    assert image.attrib["src"].endswith("plot_a_001.light.svg")
    assert image.attrib["alt"] == "A line & 3 dots."


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_link_of_a_site_leads_somewhere(book, builder):
    built = book(builder)
    assert len(list((built.output / "code").rglob("*.html"))) == 2  # the toys behind which there is code
    seen = 0
    for path in built.output.rglob("*.html"):
        if not {"_static", "404"} & {*path.parts, path.stem}:  # the links of 404.html start at the root of a host
            text = path.read_text(encoding="utf-8")
            for target in re.findall(r'(?:href|src)="([^":]*)"', text.partition("<body")[2]):
                file, _, anchor = target.partition("#")
                found = (path.parent / file if file else path).resolve()
                found = found / "index.html" if found.is_dir() else found
                assert found.exists(), (path.name, target)
                assert not anchor or f'id="{anchor}"' in found.read_text(encoding="utf-8"), (path, target)
                seen += bool(anchor)
    assert seen > 20


def test_a_single_page_has_everything_and_links_within_itself(book):
    built = book("singlehtml")
    page = built.page()
    assert 'href="code/' not in page
    ids = re.findall(r' id="([^"]+)"', page)
    anchors = set(re.findall(r'href="(?:index\.html)?#([^"]+)"', page))
    assert {"claim-C10", "C10", "fig-plot_a"} <= anchors
    assert anchors <= set(ids)
    assert page.count("axislabel") == 4  # both layouts, in the chapter and with the script
    assert len(ids) == len(set(ids))


def test_on_a_single_page_a_link_leads_to_the_heading_of_its_own_page(build):
    index = "# Toy\n\n## Exercises\n\n```{toctree}\nother\n```\n\n[there](other.md#exercises)\n"
    other = "# Other\n\n## Exercises\n\n[here](#exercises)\n"
    built = build(builder="singlehtml", settings={"myst_heading_anchors": 2}, index=index, other=other)
    assert built.status == 0, built.said
    assert re.findall(r'<section id="([^"]*exercises)"', built.page()) == ["exercises", "other-exercises"]
    links = re.findall(r'href="(?:index\.html)?#([^"]*)"[^>]*>(?:<span[^>]*>)?(t?here)', built.page())
    assert links == [("other-exercises", "here"), ("other-exercises", "there")]


@pytest.mark.filterwarnings("ignore:The default value for 'linkcheck")
def test_checking_links_writes_no_pages(book):
    built = book("linkcheck")
    assert not list(built.output.rglob("*.html"))


def test_the_inventory_parses_wholly_and_names_the_project(book):
    from sphinx.util.inventory import InventoryFile

    built = book("html", glossary="---\norphan: true\n---\n# G\n\n```{glossary}\nSeed\n  Fixes\n  all.\n```\n")
    with (built.output / "objects.inv").open("rb") as file:
        found = InventoryFile.load(file, "", lambda base, name: name)
    ours = {
        name: entry for kind, entries in found.items() if kind.startswith("lecture:") for name, entry in entries.items()
    }
    told = {place: shown for _, _, place, shown in ours.values()}
    assert told["slopes.html#fig-plot_a"].split("\t") == ["Flat & steep", "C10"]
    assert told["glossary.html#term-Seed"].split("\t") == ["Seed", "Fixes all."]
    assert "slopes.html#claim-C10" in told
    assert {project for project, *_ in ours.values()} == {"Toy"}
    objects = sum(1 for domain in built.app.env.domains.values() for _ in domain.get_objects())
    assert sum(map(len, found.values())) == objects


def test_several_processes_read_the_same_book(build, book, tmp_path):
    one = book("html")
    pages = {name: one.page(name) for name in PAGES}
    for path in (one.folder / "_build").glob("*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    four = build(jobs=4, **{f"more_{n}": f"---\norphan: true\n---\n# {n}\n" for n in range(9)})
    assert four.status == 0, four.said
    assert "serial read" not in four.said
    assert {name: four.page(name) for name in PAGES} == pages
    assert "0 added, 0 changed, 0 removed" in build().said


def test_a_chapter_renamed_takes_its_claims_and_figures_along(book, build):
    built = book("html")
    assert 'href="slopes.html#claim-C10"' in built.page("ledger")
    (built.folder / "slopes.md").rename(built.folder / "gradients.md")
    built = build(index=PAGES["index"].replace("slopes\n", "gradients\n"))
    assert built.status == 0, built.said
    for name, link in {"ledger": "#claim-C10", "figures": "#fig-plot_a", "index": ""}.items():
        assert f'href="gradients.html{link}"' in built.page(name)
        assert "slopes.html" not in built.page(name)
    assert 'href="../../gradients.html#fig-plot_a"' in built.page("gallery/gradient_vanishing/plot_a")


def test_a_link_to_a_chapter_needs_no_page_name(build):
    slopes = "# Slopes\n\n```{claim} C09\n```\n"
    built = build(index="# Toy\n\n{chapter}`gradient_vanishing`\n\n```{toctree}\nslopes\n```\n", slopes=slopes)
    assert built.status == 0, built.said
    assert re.search(r'<a [^>]*href="slopes.html">Slopes</a>', built.page("index"))
    assert (
        "index.md:3: WARNING: no page of the book shows a claim of the chapter data"
        in build(index="# Toy\n\nSee\n{chapter}`data`\n\n```{toctree}\nslopes\n```\n").said
    )


def test_a_chapter_removed_leaves_its_name(book, build):
    built = book("html")
    (built.folder / "slopes.md").unlink()
    built = build(index=PAGES["index"].replace("slopes\n", ""))
    assert built.status == 0, built.said
    assert "gradient_vanishing" in plain(built.page("ledger"))
    assert "slopes.html" not in built.page("ledger") + built.page("figures") + built.page("index")
    assert "in no chapter" in built.page("gallery/gradient_vanishing/plot_a")


def test_a_link_to_a_card_that_no_page_shows_is_an_error_with_its_line(build):
    built = build(index="# Toy\n\nSee {card}`C10`.\n")
    assert built.status == 1
    assert "index.md:3: WARNING: no page of the book shows claim-C10" in built.said


def test_formulas_of_a_title_are_formulas_wherever_it_stands(book):
    built = book("html")
    for name in ("index", "ledger", "figures"):
        links = re.findall(r'<a href="slopes\.html">(.*?)</a>', built.page(name), re.DOTALL)
        assert any('class="math' in link for link in links), name
        assert "$" not in plain(" ".join(links))


def test_what_another_builder_has_read_is_still_new_to_the_site(book, build, evidence):
    before = book("html").page("slopes")
    changed = evidence(value=2e-5)
    assert build(changed, builder="text").status == 0
    after = build(changed).page("slopes")
    assert "2.0\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10⁻⁵" in after
    assert "2.0\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10⁻⁵" not in before
