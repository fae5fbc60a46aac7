"""The slides: one long page to read, one slide at a time to show, one a sheet on paper."""

import io

import pytest
from pypdf import PdfReader
from tests.browser.conftest import AXE, from_npm, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DECK = "slides.html"
STATE = """() => ({
  place: location.hash,
  shown: [...document.querySelectorAll("article.slide")].filter(e => e.checkVisibility()).map(e => e.id),
  open: document.querySelector("dialog.show").open,
})"""
TOP = """e => Math.round(e.getBoundingClientRect().top
  - parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop))"""
SWIPE = """([from, to]) => {
  const at = x => new Touch({ identifier: 1, target: document.querySelector("dialog.show"), clientX: x, clientY: 300 });
  const send = (kind, x, list) => document.querySelector("dialog.show").dispatchEvent(
    new TouchEvent(kind, { touches: list ? [at(x)] : [], changedTouches: [at(x)], bubbles: true }));
  send("touchstart", from, true);
  send("touchend", to, false);
}"""


def slides(page):
    """Return the slides of the page."""
    return page.locator("article.slide")


def show(page, with_key="f"):
    """Show the slides one by one."""
    page.keyboard.press(with_key)
    page.locator("dialog.show[open]").wait_for()


def test_the_keys_of_a_speaker(visit):
    page = visit(DECK)
    count = slides(page).count()
    show(page)
    for key, place in [
        ("ArrowRight", 2), ("PageDown", 3), ("ArrowDown", 4), ("ArrowUp", 3), ("ArrowLeft", 2), ("PageUp", 1),
        ("ArrowLeft", 1), ("End", count), ("ArrowRight", count), ("Home", 1), ("ArrowRight", 2),
    ]:  # fmt: skip
        page.keyboard.press(key)
        assert page.evaluate(STATE) == {"place": f"#slide-{place}", "shown": [f"slide-{place}"], "open": True}, key
        assert page.evaluate("document.activeElement.id") == f"slide-{place}"  # so that it is read aloud
    assert page.locator("dialog.show .slide-bar span").inner_text() == f"2 of {count} · from 0:49"
    assert not page.locator("#slide-2 .notes p").first.is_visible()
    page.keyboard.press("n")
    assert page.locator("#slide-2 .notes p").first.is_visible()
    page.keyboard.press("n")
    assert not page.locator("#slide-2 .notes p").first.is_visible()
    page.keyboard.press("f")
    page.locator("dialog.show").wait_for(state="hidden")
    state = page.evaluate(STATE)
    assert (len(state["shown"]), state["open"], state["place"]) == (count, False, "#slide-2")
    assert abs(page.locator("#slide-2").evaluate(TOP)) <= 1


def test_f_fills_the_screen_and_leaving_it_leads_back_to_the_page(visit):
    page = visit(DECK)
    show(page)
    page.wait_for_function("document.fullscreenElement !== null")
    page.evaluate("document.exitFullscreen()")
    page.locator("dialog.show").wait_for(state="hidden")
    show(page)
    page.keyboard.press("Escape")
    page.locator("dialog.show").wait_for(state="hidden")
    page.wait_for_function("document.fullscreenElement === null")
    order = page.eval_on_selector_all("article.slide", "all => all.map(e => e.id)")
    assert order == [f"slide-{n + 1}" for n in range(len(order))]


def test_where_the_screen_is_refused_the_slides_fill_the_window(address, visit):
    page = visit()
    page.add_init_script("Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('no'))")
    page.goto(f"{address}/{DECK}")
    page.get_by_role("button", name="Show full screen").click()
    page.locator("dialog.show[open]").wait_for()
    box = page.locator("dialog.show").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1280, 900)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Back", exact=True).click()
    assert page.evaluate(STATE)["shown"] == ["slide-2"]
    page.get_by_role("button", name="Back to the page").click()
    assert len(page.evaluate(STATE)["shown"]) == slides(page).count()


def test_nothing_behind_the_slides_is_reached_by_keyboard(visit):
    page = visit(f"{DECK}#slide-3")
    show(page)
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")


def test_two_arrows_turn_the_page_that_is_read(visit):
    page = visit(DECK)
    for key, place in [("ArrowRight", 1), ("ArrowRight", 2), ("ArrowRight", 3), ("ArrowLeft", 2)]:
        page.keyboard.press(key)
        assert page.evaluate("location.hash") == f"#slide-{place}"
        assert abs(page.locator(f"#slide-{place}").evaluate(TOP)) <= 1
    show(page)
    assert page.evaluate(STATE)["shown"] == ["slide-2"]  # the one that was read


def test_an_address_leads_to_its_slide(visit):
    page = visit(f"{DECK}#slide-5")
    assert abs(page.locator("#slide-5").evaluate(TOP)) <= 1
    show(page)
    assert page.evaluate(STATE)["shown"] == ["slide-5"]


def test_keys_that_belong_to_somebody_else_are_left_alone(visit):
    page = visit(DECK)
    page.keyboard.press("Control+k")
    page.keyboard.type("fn")
    assert page.evaluate(STATE)["open"] is False
    assert page.locator("details.notes[open]").count() == 0


def test_a_finger_turns_the_slides_of_a_phone(visit):
    page = visit(DECK, width=390, height=844, has_touch=True)
    page.get_by_role("button", name="Show full screen").tap()
    page.locator("dialog.show[open]").wait_for()
    for way, place in [((300, 100), 2), ((300, 100), 3), ((100, 300), 2), ((200, 180), 2)]:
        page.evaluate(SWIPE, list(way))
        assert page.evaluate(STATE)["shown"] == [f"slide-{place}"]
    for _ in range(slides(page).count()):
        assert page.evaluate("document.querySelector('.slide.current').scrollWidth <= innerWidth")
        assert page.locator("dialog.show > .slide-bar").bounding_box()["height"] < 60
        page.keyboard.press("ArrowRight")


def test_a_slide_fits_the_screen_of_a_hall(visit):
    page = visit(DECK, width=1280, height=720)
    show(page)
    for _ in range(slides(page).count()):
        slide = page.locator(".slide.current")
        assert slide.evaluate("e => e.scrollHeight - e.clientHeight") <= 1, page.evaluate("location.hash")
        drawn = slide.locator("figure.plot .wide svg").bounding_box()
        assert drawn["height"] > 200
        page.keyboard.press("ArrowRight")


def test_without_scripts_the_slides_are_one_long_page(visit):
    page = visit(DECK, java_script_enabled=False)
    count = slides(page).count()
    assert count >= 12
    for n in range(count):
        slide = slides(page).nth(n)
        assert slide.locator("h2").is_visible()
        assert slide.locator("figure.plot .wide svg").first.get_attribute("aria-label")
        assert slide.locator(".verdict").first.is_visible()
    notes = page.locator("details.notes").first
    notes.locator("summary").click()
    assert notes.locator("p").first.is_visible()
    assert not page.locator(".slide-keys").is_visible()  # there are no keys


@pytest.mark.parametrize("notes", [False, True])
def test_a_slide_a_sheet(visit, notes):
    page = visit(DECK, color_scheme="dark")
    if notes:
        page.keyboard.press("n")
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    questions = slides(page).locator("h2").all_inner_texts()
    sheets = [" ".join(sheet.extract_text().split()) for sheet in paper.pages]
    assert [sheet[: len(question)] for sheet, question in zip(sheets, questions, strict=True)] == questions
    assert {sheet.mediabox.width > sheet.mediabox.height for sheet in paper.pages} == {True}
    assert all(("Notes: " in sheet) is notes for sheet in sheets)


@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_has_nothing_against_slides_that_are_shown(visit, theme, width):
    page = visit(DECK, width=width, color_scheme=theme)
    page.keyboard.press("n")
    show(page)
    found = []
    for _ in range(3):
        found += violations(page)
        page.keyboard.press("ArrowRight")
    assert found == []
    from_npm(AXE)


def test_nothing_moves_when_the_buttons_come(address, visit):
    page = visit()
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => moved += e.value))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(f"{address}/{DECK}")
    page.get_by_role("button", name="Show full screen").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("moved") < 0.01


def test_no_other_page_loads_what_slides_need(site):
    loading = [name for name in site.pages() if "_static/slides." in (site.folder / name).read_text(encoding="utf-8")]
    assert loading == [DECK]
