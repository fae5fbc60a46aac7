"""Browsers differ: some refuse storage or have few colours, some get the script late, some translate or read aloud."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHAPTER = "gradient_vanishing.html"
KINDS = ["index.html", "ledger.html", CHAPTER, "gallery/index.html", "search.html"]
"""One page of each kind."""
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { configurable: true, get() { throw new DOMException("", "SecurityError"); }});"""
FULL_STORAGE = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
SHIFTS = """window.moved = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => window.moved += entry.value))
  .observe({ type: "layout-shift", buffered: true });"""
TRANSLATED = """selector => [...document.querySelectorAll(selector)]
  .filter(e => e.textContent.trim() && !e.closest("[translate=no], nav")).map(e => e.outerHTML.slice(0, 120))"""


def works(page, go):
    """Try everything that needs the script; ``go`` opens a page."""
    go("ledger.html")
    page.get_by_role("columnheader", name="Verdict").get_by_role("button").click()
    assert page.get_by_role("columnheader", name="Verdict").get_attribute("aria-sort") == "ascending"
    modes = [page.locator("html").get_attribute("data-mode")]
    for _ in range(2):
        page.get_by_role("button", name="Color mode").click()
        modes.append(page.locator("html").get_attribute("data-mode"))
    assert sorted(modes) == ["auto", "dark", "light"]
    go(CHAPTER)
    page.locator(".admonition.dropdown button").first.wait_for()
    go("gallery/gradient_vanishing/plot_gradient_norm.html")
    page.locator("button.copybtn").first.wait_for(state="attached")
    go("index.html")
    page.locator("[data-explorable] svg .fill-sigmoid").first.wait_for()
    page.locator("figure.plot").first.scroll_into_view_if_needed()
    page.locator("figure.plot.seen .draw").first.wait_for(state="attached")


@pytest.mark.parametrize("storage", [NO_STORAGE, FULL_STORAGE])
def test_all_works_without_storage(address, visit, storage):
    page = visit()
    trouble = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.add_init_script(storage)
    works(page, lambda name: page.goto(f"{address}/{name}"))
    assert trouble == []


def test_the_menu_of_a_phone_opens_without_storage(visit, address):
    page = visit(width=390)
    page.add_init_script(NO_STORAGE)
    page.goto(f"{address}/{CHAPTER}")
    menu = page.locator("nav.bd-links")
    assert not menu.is_visible()
    page.get_by_title("Toggle primary sidebar").click()
    menu.filter(visible=True).wait_for()
    assert menu.is_visible()


def test_a_page_works_in_a_sandboxed_frame(visit, address):
    page = visit()
    trouble = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.set_content(f'<iframe sandbox="allow-scripts" width="1000" height="700" src="{address}/ledger.html"></iframe>')
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Color mode").click()
    frame.get_by_role("columnheader", name="Verdict").get_by_role("button").click()
    assert frame.get_by_role("columnheader", name="Verdict").get_attribute("aria-sort") == "ascending"
    assert frame.locator("html").get_attribute("data-mode") != "auto"
    assert trouble == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", [*KINDS, "how_we_test.html"])
def test_nothing_moves_when_the_script_comes_late(address, visit, name, width):
    page = visit(width=width, reduced_motion="reduce")
    page.add_init_script(SHIFTS)
    held = []
    page.route("**/_static/site.js", lambda route: held.append(route))
    page.goto(f"{address}/{name}", wait_until="commit")
    page.wait_for_selector("footer.bd-footer-content", state="attached")
    if page.locator(".admonition.dropdown").count():
        page.locator(".admonition.dropdown").first.evaluate(
            "e => e.scrollIntoView({ block: 'start', behavior: 'instant' })"
        )
    heights = "() => [...document.querySelectorAll('.admonition.dropdown, table, pre, main')].map(e => e.offsetHeight)"
    page.wait_for_timeout(1000)
    early, moved = page.evaluate(heights), page.evaluate("document.fonts.ready.then(() => moved)")
    held[0].continue_()
    page.wait_for_load_state("load")
    page.wait_for_timeout(400)
    assert page.evaluate(heights) == pytest.approx(early, abs=1)
    assert page.evaluate("moved") - moved < 0.01


def test_without_the_script_that_was_promised_a_page_is_as_without_scripts(address, visit):
    page = visit()
    page.route("**/_static/site.js", lambda route: route.abort())
    page.goto(f"{address}/{CHAPTER}")
    assert page.locator(".admonition.dropdown p").last.is_visible()
    assert not page.get_by_role("button", name="Color mode").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_few_colours_are_enough(visit, scheme):
    """Figures keep their own, marks and words say what colours say, and one sees what is chosen and where one is."""
    page = visit(CHAPTER, forced_colors="active", color_scheme=scheme)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    strokes = "all => all.map(e => getComputedStyle(e).stroke)"
    lines = page.eval_on_selector_all("figure.plot .wide [stroke^='var(--']", strokes)
    assert len(set(lines)) > 2
    bars = page.eval_on_selector_all(".scale .bar line", strokes)
    words = page.eval_on_selector_all("figure.plot .wide text", "all => all.map(e => getComputedStyle(e).fill)")
    assert bars
    assert paper not in {*lines, *bars, *words}
    assert page.locator(".claim .verdict").first.inner_text()[0] in "✓◐✕?¶"
    page.locator(".num").first.focus()
    style = page.locator("#explained").evaluate(
        "e => { const style = getComputedStyle(e); return [style.borderTopStyle, style.borderTopColor]; }")  # fmt: skip
    assert style[0] == "solid"
    assert style[1] != paper
    page.keyboard.press("Tab")
    ring = page.evaluate(
        "(({ outlineStyle, outlineColor }) => [outlineStyle, outlineColor])(getComputedStyle(document.activeElement))"
    )
    assert ring[0] == "solid"
    assert ring[1] != paper


def test_few_colours_show_which_filter_is_chosen(visit):
    page = visit("ledger.html", forced_colors="active")
    page.locator("#verdict-fails").check()
    look = "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
    chosen = page.locator("label:has(#verdict-fails)").evaluate(look)
    other = page.locator("label:has(#verdict-holds)").evaluate(look)
    assert chosen[0] != other[0]
    assert chosen[0] != chosen[1]


@pytest.mark.parametrize(
    "name", [CHAPTER, "index.html", "gallery/gradient_vanishing/plot_gradient_norm.html", "code/C10.html"]
)
def test_a_translation_leaves_code_and_figures_alone(visit, name):
    page = visit(name)
    assert page.evaluate(TRANSLATED, ":is(main, footer) :is(code, pre)") == []
    assert page.evaluate(TRANSLATED, "figure.plot text, .scale svg text") == []
    assert page.evaluate(TRANSLATED, "main p") != []


def test_a_phone_and_its_screen_reader_get_the_ledger_with_its_labels(visit):
    """What Chromium tells a screen reader of a table whose cells are stacked."""
    page = visit("ledger.html", width=390)
    row = page.locator("#C12-a")
    assert re.match(r"Verdict\s", row.locator("td").nth(0).inner_text())
    assert re.match(r"Measured here\s", row.locator("td").nth(1).inner_text())
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    parts = page.locator("table.ledger tbody tr:not(.head)").count()
    claims = page.locator("table.ledger tbody").count()
    assert roles.count("table") == 1
    assert roles.count("rowheader") == parts + claims
    assert roles.count("row") == parts + claims + 1
    assert roles.count("cell") == page.locator("table.ledger td:not(:empty)").count() > parts
    page.get_by_role("columnheader", name="Verdict").get_by_role("button").click()
    assert page.get_by_role("columnheader", name="Verdict").get_attribute("aria-sort") == "ascending"


def test_on_a_wide_screen_the_heads_of_the_ledger_are_enough(visit):
    page = visit("ledger.html")
    assert page.locator("table.ledger thead th").filter(visible=True).count() >= 4
    assert not page.locator("#C12-a td i").first.is_visible()
