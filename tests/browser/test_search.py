"""The search as a reader uses it: what it finds first for what readers type, and how it says so."""

from urllib.parse import quote

import pytest
from tests.browser.conftest import AXE, from_npm, violations

from lecture.claims.talk import STATEMENTS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RESULTS = """all => all.map(entry => ({
  kind: entry.dataset.kind,
  about: entry.querySelector(".kicker").innerText,
  link: entry.querySelector("a").getAttribute("href").replace(/^\\.\\//, ""),
  title: entry.querySelector("a").innerText,
  more: entry.querySelector(".more")?.innerText ?? "",
  marked: [...entry.querySelectorAll("mark")].map(mark => mark.innerText),
}))"""
FIGURES = {"plot_race": "A race to 25 per cent", "plot_cures": "Every cure for overfitting"}
WEIGHT = {"requests": 18, "bytes": 600_000}


@pytest.fixture
def page(visit):
    """A page that notes what goes wrong, and everything that was loaded."""
    page = visit()
    page.trouble, page.answers = [], []
    page.on("console", lambda message: message.type == "error" and page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("response", lambda answer: page.answers.append(answer))
    return page


@pytest.fixture
def search(page, address):
    """Open the page of results for a query; return the results, best first."""

    def run(query, where=address):
        page.goto(f"{where}/search.html?q={quote(query)}", wait_until="networkidle")
        page.wait_for_function("document.getElementById('search-status').textContent")
        found = page.eval_on_selector_all("#search-results > li", RESULTS)
        assert page.trouble == []
        return found

    return run


@pytest.mark.parametrize("id", ["C12", "C01", "C30"])
def test_an_id_finds_its_claim_first(search, page, address, id):
    first = search(id)[0]
    chapter = STATEMENTS[id].chapter
    assert first["link"] == f"{chapter}.html#claim-{id}"
    assert first["title"] == STATEMENTS[id].says
    assert first["about"].startswith(f"Claim {id}")
    assert page.locator("#search-results .kicker .verdict").first.is_visible()
    page.locator("#search-results a").first.click()
    page.locator(f"section#claim-{id}:target").wait_for()


@pytest.mark.parametrize(("query", "ids"), [("overfit", {"C03", "C07", "C16"}), ("hundred layers", {"C14"})])
def test_words_of_a_claim_find_the_claims_that_say_so_before_all_else(search, query, ids):
    found = search(query)
    claims = [entry["link"].partition("#claim-")[2] for entry in found if entry["kind"] == "claim"]
    assert set(claims) == ids
    assert [entry["kind"] for entry in found[: len(ids)]] == ["claim"] * len(ids)
    assert all(entry["marked"] for entry in found[: len(ids)])


@pytest.mark.parametrize("name", FIGURES)
def test_words_of_its_title_find_a_figure(search, page, name):
    first = search(FIGURES[name])[0]
    assert first["kind"] == "figure"
    assert first["link"].endswith(f".html#fig-{name}")
    page.locator("#search-results a").first.click()
    page.locator(f"figure#fig-{name}:target").wait_for()


@pytest.mark.parametrize(("query", "term"), [("residual connection", "Residual connection"), ("seed", "Seed")])
def test_a_word_that_the_glossary_explains_is_explained(search, page, query, term):
    first = search(query)[0]
    assert (first["kind"], first["title"]) == ("term", term)
    assert len(first["more"].split()) > 5
    page.locator("#search-results a").first.click()
    page.locator("dt:target", has_text=term).wait_for()


def test_a_chapter_comes_first_under_its_name_and_before_other_pages(search):
    assert search("when to use it")[0]["link"] == "when_to_use.html"
    assert [entry["link"] for entry in search("saturation")[:2]] == ["glossary.html#term-Saturation", "saturation.html"]
    for query in ("gradient", "data", "random"):
        kinds = [entry["about"] for entry in search(query) if entry["kind"] == "page"][1:]  # the first may be named so
        assert kinds == sorted(kinds), query  # "Chapter" before "Page"


def test_no_result_is_the_code_of_a_figure(search):
    for query in ("import", "matplotlib", "style.show"):
        assert [entry["link"] for entry in search(query) if entry["link"].startswith("gallery/plot")] == []


def test_a_page_is_quoted_with_the_words_marked(search):
    entry = next(entry for entry in search("dropout") if entry["link"] == "history.html")
    assert len(entry["more"].split()) > 10
    assert {word.lower() for word in entry["marked"]} == {"dropout"}


@pytest.mark.parametrize("query", ["xyzzy", "?", "__proto__", "<b>x</b>qq"])
def test_nothing_found_is_said_with_ways_on(search, page, query):
    assert search(query) == []
    assert page.locator("[role=status]").inner_text() == f"Nothing found for “{query}”"
    ways = page.locator("#search-elsewhere")
    assert ways.is_visible()
    assert [a.get_attribute("href") for a in ways.locator("a").all()] == [
        "ledger.html",
        "figures.html",
        "glossary.html",
    ]


def test_the_number_of_results_is_announced(search, page):
    found = search("dropout")
    assert page.get_by_role("status").inner_text() == f"{len(found)} results for “dropout”"
    assert not page.locator("#search-elsewhere").is_visible()


def test_from_a_disk_it_finds_and_quotes_the_same(search, page, site):
    served = search("dropout")
    assert search("dropout", f"file://{site.folder}") == served
    page.locator("#search-results a").first.click()
    page.wait_for_url("file://**/glossary.html#term-Dropout")


def test_the_keyboard_leads_from_any_page_to_the_results(page, address):
    page.goto(f"{address}/index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("C12")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=C12")
    first = page.locator("#search-results li").first
    first.wait_for()
    assert "Claim C12" in first.inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_field_shows_its_sign_beside_the_text(page, address, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}/search.html")
    sign = page.locator("article .bd-search i").bounding_box()
    field = page.locator("article .bd-search input").bounding_box()
    assert sign["x"] + sign["width"] <= field["x"]


@pytest.mark.parametrize("query", ["dropout", "gradient", "the"])
def test_a_search_is_light(search, page, query):
    search(query)
    assert len(page.answers) <= WEIGHT["requests"]
    assert sum(len(answer.body()) for answer in page.answers) <= WEIGHT["bytes"]


def test_results_are_accessible(search, page):
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        search("overfit")
        assert violations(page) == []
    from_npm(AXE)
