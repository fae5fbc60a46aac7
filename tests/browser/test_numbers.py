"""A measured number says what it is: to a finger, a pointer and the keyboard, and wherever it stands.

With scripts in a popover, which says more; without them by the style sheet alone.
"""

import io

import pytest
from pypdf import PdfReader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHAPTER = "gradient_vanishing.html"
TOLD = ".num > [hidden]"
BOX = "#explained"
OUTSIDE = """async () => {
  const outside = [], drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (const number of document.querySelectorAll(".num")) {
    if (!number.checkVisibility({ visibilityProperty: true })) continue;
    number.focus();
    await drawn();
    const told = document.getElementById("explained"), box = told.getBoundingClientRect();
    const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const whole = box.width > 60 && box.height > 20 && told.scrollWidth <= told.clientWidth;
    const { clientWidth, clientHeight } = document.documentElement;
    const inside = box.left >= 0 && box.top >= 0 && box.right <= clientWidth && box.bottom <= clientHeight;
    if (!told.contains(at) || !whole || !inside) outside.push(number.textContent);
  }
  return outside;
}"""
"""The numbers whose explanation is not whole and in sight while the keyboard is on them."""


def shown(page):
    """Return the explanations in sight."""
    return page.locator(f"{TOLD}, {BOX}").filter(visible=True).all_inner_texts()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_finger_opens_it_and_another_tap_closes_it(visit, scripts):
    page = visit(CHAPTER, width=390, has_touch=True, java_script_enabled=scripts)
    number = page.locator("p > .num").first
    assert shown(page) == []
    number.tap()
    assert "95 % interval" in shown(page)[0].replace("\N{NO-BREAK SPACE}", " ")
    page.locator("article p").first.tap()
    assert shown(page) == []


def test_a_pointer_opens_it_and_may_move_onto_it(visit):
    page = visit(CHAPTER)
    number = page.locator("p > .num").first
    number.hover()
    box = page.locator(BOX).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=10)
    page.wait_for_timeout(500)
    assert len(shown(page)) == 1
    page.mouse.move(1, 1)
    page.locator(BOX).wait_for(state="detached")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_opens_it(visit, scripts):
    page = visit(CHAPTER, java_script_enabled=scripts)
    page.locator("p > .num").first.focus()
    assert len(shown(page)) == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # with scripts the first leads to the claim
    assert not any(page.locator(TOLD).first.text_content() in said for said in shown(page))


def test_the_keyboard_shuts_it(visit):
    page = visit(CHAPTER)
    number = page.locator("p > .num").first
    number.hover()
    number.focus()
    page.wait_for_timeout(500)  # until the pointer has had its say
    before = page.evaluate("scrollY")
    for key, count in (("Escape", 0), ("Enter", 1), (" ", 0), (" ", 1)):
        page.keyboard.press(key)
        assert len(shown(page)) == count, key
    page.keyboard.press("Escape")
    page.locator("a").first.focus()
    page.mouse.move(1, 1)
    number.focus()
    assert len(shown(page)) == 1
    assert page.evaluate("scrollY") == before


def test_a_screen_reader_hears_the_number_and_what_it_is_where_it_stands(visit):
    """Chromium's own tree: what is folded is not read out in the middle of a sentence."""
    page = visit(CHAPTER)
    number = page.locator("p > .num").first
    written, told = number.inner_text(), number.locator("[hidden]").text_content()

    def buttons():
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        found = [node for node in tree if node["role"]["value"] == "button" and not node["ignored"]]
        return [(node["name"]["value"], node.get("description", {}).get("value", "")) for node in found]

    assert (written, "") in buttons()
    number.focus()
    page.locator(f"{BOX} code").wait_for()
    (heard,) = [description for name, description in buttons() if name == written and description]
    assert heard.startswith(told)
    assert "lecture run gradient_vanishing." in heard


def test_the_keyboard_stops_once_for_each_explanation(site, visit):
    page = visit("history.html")
    told = page.locator(TOLD).all_text_contents()
    stops = page.locator(f".num[tabindex='0'] > {TOLD.partition('> ')[2]}").all_text_contents()
    assert sorted(stops) == sorted(set(told))
    assert len(told) > len(stops) > 20


@pytest.mark.parametrize("name", [CHAPTER, "outlook.html", "when_to_use.html"])
@pytest.mark.parametrize("width", [390, 640, 1280])
def test_it_is_whole_and_in_sight_wherever_the_number_stands(visit, name, width):
    """At both edges of a line, in captions, in tables that scroll."""
    page = visit(name, width=width, height=700, reduced_motion="reduce")
    assert page.locator(".num").count() > 20
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_browser_that_cannot_place_it_beside_the_number_shows_it_at_the_foot(visit, address):
    page = visit(width=1280)

    def without(route):
        sheet = route.fetch().text().replace("(anchor-scope: --number)", "(anchor-scope: 1px)")
        route.fulfill(body=sheet, content_type="text/css")

    page.route("**/site.css", without)
    page.goto(f"{address}/{CHAPTER}")
    page.locator("p > .num").first.focus()
    box = page.locator(BOX).bounding_box()
    assert 850 < box["y"] + box["height"] < 900
    assert page.evaluate(OUTSIDE) == []


def test_it_is_not_on_paper(visit):
    page = visit(CHAPTER)
    page.locator("p > .num").first.focus()
    words = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
    assert "A walk in the fog" in words.replace("\N{NO-BREAK SPACE}", " ")
    assert ", n = " not in words.replace("\N{NO-BREAK SPACE}", " ")
