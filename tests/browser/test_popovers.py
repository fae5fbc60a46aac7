"""Numbers, terms, claims and sources explain themselves where they stand, and lead on."""

import json
import re
from urllib.parse import urljoin

import pytest
from tests.browser.conftest import AXE, from_npm, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHAPTER = "when_to_use.html"
BOX = "#explained"
LINKS = {
    "term": "article p a:has(.std-term)",
    "claim": "article p a[href*='#claim-C'], article p a[href*='ledger.html#C']",
    "source": "article p .bibtex-citation > a",
}
"""What explains itself besides numbers, where prose has it."""
PAGE = {"term": "glossary.html", "claim": ".html", "source": "references.html"}


@pytest.fixture(scope="module")
def told(site):
    """What the popovers know, by anchor or address."""
    text = (site.folder / "_static" / "explained.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("explain(").removesuffix(");\n"))


def words(page):
    """The paragraphs of the popover."""
    return page.locator(f"{BOX} p").all_inner_texts()


def test_every_term_claim_and_source_that_a_page_leads_to_is_told(site, told):
    missing, seen = set(), 0
    for name in site.pages():
        article = re.search(r"<article.*</article>", (site.folder / name).read_text(encoding="utf-8"), re.DOTALL)
        for link in re.findall(
            r'href="([^"]*#(?:term-|claim-C|C\d)[^"]*|[^"]*references\.html#[^"]+)"', article[0] if article else ""
        ):
            address = urljoin(name, link)
            anchor = link.partition("#")[2].removeprefix("claim-")
            seen += 1
            if not {anchor, address} & told.keys():
                missing.add((name, link))
    assert seen > 500
    assert missing == set()


def test_a_number_says_where_it_comes_from(site, told):
    parts = {
        part for name in site.pages() for part in re.findall(r'data-of="([^"]+)"', (site.folder / name).read_text())
    }
    assert len(parts) > 40
    measured = [told[part] for part in parts if "run" in told[part]]
    assert len(measured) > 40
    for entry in measured:
        assert re.fullmatch(r"lecture run [\w. ]+", entry["run"])
        assert re.match(r"(\d+ seeds \(\d+ to \d+\)|seed \d+|no seeds needed), \d{4}-\d\d-\d\d, \S", entry["records"])
        assert (site.folder / entry["card"].partition("#")[0]).exists()


@pytest.mark.parametrize("kind", LINKS)
def test_a_pointer_opens_it_and_a_click_follows_the_link(visit, kind):
    page = visit(CHAPTER)
    link = page.locator(LINKS[kind]).first
    link.hover()
    page.locator(BOX).wait_for()
    assert len(words(page)) >= 3
    page.mouse.move(1, 1)
    page.locator(BOX).wait_for(state="detached")
    target = link.evaluate("link => link.href")
    link.click()
    page.wait_for_url(target)


@pytest.mark.parametrize("kind", LINKS)
def test_the_first_tap_opens_it_and_the_second_follows(visit, kind):
    page = visit(CHAPTER, width=390, has_touch=True)
    link, here = page.locator(LINKS[kind]).first, page.url
    target = link.evaluate("link => link.href")
    link.tap()
    page.locator(BOX).wait_for()
    assert page.url == here
    box = page.locator(BOX).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.locator(f"{BOX} a").first.get_attribute("href") == target
    page.locator("article h1").first.tap()
    page.locator(BOX).wait_for(state="detached")
    link.tap()
    page.locator(BOX).wait_for()
    link.tap()
    page.wait_for_url(target)


def test_a_finger_may_follow_the_link_inside(visit):
    page = visit(CHAPTER, width=390, has_touch=True)
    page.locator(LINKS["term"]).first.tap()
    page.get_by_role("link", name="In the glossary").tap()
    page.wait_for_url("**/glossary.html#term-*")


@pytest.mark.parametrize("kind", LINKS)
def test_the_keyboard_opens_it_escape_shuts_it_and_enter_follows(visit, kind):
    page = visit(CHAPTER)
    page.keyboard.press("Tab")
    link = page.locator(LINKS[kind]).first
    target = link.evaluate("link => link.href")
    link.focus()
    page.locator(BOX).wait_for()
    page.keyboard.press("Escape")
    assert page.locator(BOX).count() == 0
    assert link.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url(target)


def test_the_keyboard_reaches_the_card_from_a_number_and_goes_on(visit):
    page = visit("gradient_vanishing.html")
    number = page.locator("p > .num[data-of]").first
    number.focus()
    page.locator(f"{BOX} a").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Claim C")
    assert page.locator(BOX).is_visible()
    page.keyboard.press("Escape")
    assert page.locator(BOX).count() == 0
    assert number.evaluate("number => number === document.activeElement")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#claim-C*")


def test_a_screen_reader_hears_it_with_the_link(visit, told):
    page = visit(CHAPTER)
    page.keyboard.press("Tab")
    page.wait_for_function("!!globalThis.explain")  # a function it would call
    link = page.locator(LINKS["term"]).first
    entry = told[link.evaluate("link => link.hash.slice(1)")]
    link.focus()
    page.locator(BOX).wait_for()
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    heard = [node["description"]["value"] for node in tree if node.get("description", {}).get("value")]
    assert any(entry["text"] in description for description in heard)


@pytest.mark.parametrize("kind", LINKS)
def test_without_scripts_a_link_is_a_link(visit, kind):
    page = visit(CHAPTER, java_script_enabled=False, has_touch=True)
    page.locator(LINKS[kind]).first.tap()
    page.wait_for_url(f"**{PAGE[kind]}#*")


def test_where_the_words_do_not_come_a_link_is_a_link(visit, address):
    page = visit(width=390, has_touch=True)
    page.route("**/explained.js", lambda route: route.abort())
    page.goto(f"{address}/{CHAPTER}")
    link = page.locator(LINKS["term"]).first
    link.tap()
    link.tap()
    page.wait_for_url("**/glossary.html#term-*")


def test_nothing_is_fetched_before_somebody_comes_near(visit, address):
    page, asked = visit(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{CHAPTER}")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_timeout(500)
    assert not any("explained" in url for url in asked)
    page.locator("article .num").first.hover()
    page.locator(f"{BOX} code").wait_for()
    assert sum("explained" in url for url in asked) == 1


def test_it_works_from_a_folder(site, visit):
    page = visit((site.folder / CHAPTER).resolve().as_uri())
    page.locator(LINKS["source"]).first.hover()
    page.locator(BOX).wait_for()
    assert page.locator(f"{BOX} a[href^='https://']").count() == 1


@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 1280)])
def test_nothing_moves_and_axe_is_content(visit, theme, width):
    page = visit(CHAPTER, width=width, color_scheme=theme)
    height = page.evaluate("document.documentElement.scrollHeight")
    found = []
    for place in (*LINKS.values(), "article p .num[data-of]"):
        page.locator(place).first.focus()
        page.locator(BOX).wait_for()
        found += violations(page, runOnly=["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
        assert page.evaluate("document.documentElement.scrollHeight") == height
    assert found == []
    from_npm(AXE)
