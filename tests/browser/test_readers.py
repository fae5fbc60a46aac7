"""Readers differ: by keyboard, on paper, from a folder, without motion, with large type, in the theme they choose."""

import io

import pytest
from pypdf import PdfReader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHAPTER = "gradient_vanishing.html"
KINDS = ["index.html", "ledger.html", CHAPTER, "gallery/index.html", "search.html"]
"""One page of each kind."""
FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const ring = s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none";
  const around = ["label", "form", "article", "div"].map(kind => e.closest(kind)).concat(e).filter(Boolean);
  const words = e.textContent.trim().slice(0, 30);
  return { name: e === document.body ? "" : `${e.tagName} ${words} ${e.getAttribute("href") ?? ""}`,
    ring: around.some(a => ring(getComputedStyle(a))) || ring(getComputedStyle(e, "::after")),
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth };
}"""
"""Where the keyboard is: on what, whether one sees it."""


def test_the_phone_gets_its_own_drawing(visit):
    shown = {}
    for width in (390, 1280):
        page = visit(CHAPTER, width=width)
        drawings = [page.locator(f"figure.plot .{kind} svg").first for kind in ("wide", "narrow")]
        shown[width] = [drawing.evaluate("svg => svg.checkVisibility()") for drawing in drawings]
    assert shown == {390: [False, True], 1280: [True, False]}


def test_the_reader_may_choose_the_other_theme(visit):
    page = visit(CHAPTER, color_scheme="light")
    line = page.locator("figure.plot .wide svg [stroke='var(--sigmoid)']").first
    colours = {line.evaluate("e => getComputedStyle(e).stroke")}
    for _ in range(2):  # from what the system says to dark and to light
        page.get_by_role("button", name="Color mode").click()
        colours.add(line.evaluate("e => getComputedStyle(e).stroke"))
    assert colours == {"rgb(171, 42, 28)", "rgb(221, 105, 85)"}
    chosen = page.evaluate("document.documentElement.dataset.mode")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.mode") == chosen


def test_a_chapter_without_scripts(visit):
    page = visit(CHAPTER, java_script_enabled=False)
    assert page.locator(".num").count() > 10
    assert page.locator("section.claim").count() == 8
    assert page.locator(".math math").count() > 10
    assert page.locator("script[type='application/ld+json']").count() == 1


@pytest.mark.parametrize("name", [CHAPTER, "gallery/gradient_vanishing/plot_gradient_norm.html"])
def test_a_page_says_on_what_it_was_computed_and_how_to_run_it(visit, name):
    page = visit(name)
    told = page.locator("details.provenance")
    assert "Computed on" in told.locator("summary").inner_text()
    told.locator("summary").press("Enter")
    assert "lecture run gradient_vanishing." in told.inner_text()
    assert page.get_by_role("link", name="Run it yourself").get_attribute("href").endswith("#three-ways-through")
    assert page.get_by_role("link", name="Source of this page").is_visible()


def test_a_phone_without_scripts_lists_the_pages_below_the_text(visit):
    page = visit(CHAPTER, width=390, java_script_enabled=False)
    article, pages = page.locator("article").bounding_box(), page.locator("nav.bd-links").bounding_box()
    assert pages["y"] > article["y"] + article["height"]
    assert pages["width"] > 200


def test_the_ledger_filters_without_scripts_and_by_keyboard(visit):
    page = visit("ledger.html", java_script_enabled=False)
    rows = page.locator("table.ledger tbody tr").filter(visible=True)
    everything = rows.count()
    found = {
        "verdict": "tr[data-verdict='{}']",
        "kind": "tr[data-kind='{}']",
        "chapter": "tbody[data-chapter='{}'] tr",
    }
    for group, shown in found.items():  # each choice has a rule of its own in the style sheet
        page.locator(f"#{group}-all").focus()
        for _ in range(page.locator(f"input[name={group}]").count() - 1):
            page.keyboard.press("ArrowRight")
            chosen = page.locator(f"input[name={group}]:checked").get_attribute("value")
            count = page.locator(f"table.ledger {shown.format(chosen)}").count()
            assert 0 < count == rows.count() < everything
        page.locator(f"#{group}-all").check()
    page.locator("#disagree").press("Space")
    assert 0 < rows.count() == page.locator("tr[data-disagree]").count()
    page.locator("#chapter-2").check()
    assert rows.count() == page.locator("tbody[data-chapter='2'] tr[data-disagree]").count()


def test_the_card_of_a_section_remembers_a_bet_without_scripts(visit):
    page = visit(CHAPTER, java_script_enabled=False)
    remembered = page.locator(".claim .remembered")
    assert not any(line.is_visible() for line in remembered.all())
    page.locator("[name='bet-C12'][value='fails']").focus()
    page.keyboard.press("Space")
    (shown,) = [line for line in remembered.all() if line.is_visible()]
    assert shown.inner_text().startswith("Your bet: does not hold.")
    assert shown.evaluate("line => line.closest('.claim').id") == "claim-C12"


def test_the_ledger_sorts_by_keyboard(visit):
    page = visit("ledger.html")
    head = page.get_by_role("columnheader", name="Claim")
    for expected in (["C01", "C02"], ["C30", "C29"]):
        head.get_by_role("button").press("Enter")
        assert page.eval_on_selector_all("table.ledger tbody", "all => all.map(e => e.id)")[:2] == expected
        assert head.get_attribute("aria-sort")


def test_the_heads_of_the_ledger_are_as_large_with_their_buttons_as_without(visit):
    """They come with a script, on a slow machine after the table was painted."""
    sizes = "all => all.map(e => e.getBoundingClientRect()).map(box => [box.x, box.y, box.width, box.height])"
    heads = "table.ledger thead :is(tr, th), table.ledger tbody td"
    before, after = (visit("ledger.html", java_script_enabled=enabled) for enabled in (False, True))
    after.locator("table.ledger thead button").first.wait_for()
    assert after.eval_on_selector_all(heads, sizes) == before.eval_on_selector_all(heads, sizes)


def test_a_link_leads_to_a_row_of_the_ledger(visit):
    page = visit(CHAPTER)
    page.locator("section.claim header a").first.click()
    page.wait_for_url("**/ledger.html#C08")
    assert page.locator("tbody:target b").first.inner_text() == "C08"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", KINDS)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit, name, width):
    page = visit(name, width=width, reduced_motion="reduce")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["name"].startswith("A Skip to main content")
    reached, hidden = set(), []
    for _ in range(1200):
        focus = page.evaluate(FOCUS)
        if not focus["name"]:
            break
        reached.add(focus["name"])
        if not (focus["ring"] and focus["seen"]):
            hidden.append(focus)
        page.keyboard.press("Tab")
    assert hidden == []
    links = page.eval_on_selector_all(
        "main a[href]:not(.headerlink)",
        "all => all.filter(a => a.checkVisibility({ visibilityProperty: true })).map("
        "a => `A ${a.textContent.trim().slice(0, 30)} ${a.getAttribute('href')}`)",
    )
    assert set(links) <= reached


def test_the_keyboard_skips_to_the_text(visit):
    page = visit(CHAPTER)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_keyboard_opens_an_answer_and_the_menu_of_a_phone(visit):
    page = visit(CHAPTER, width=390, reduced_motion="reduce")
    answer = page.locator(".admonition.dropdown").first
    inside = answer.locator("p").last
    assert not inside.is_visible()
    answer.locator("button").press("Enter")
    assert inside.is_visible()
    page.get_by_title("Toggle primary sidebar").press("Enter")
    menu = page.locator("nav.bd-links").filter(visible=True)
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("nav.bd-links").first.is_visible()


@pytest.mark.parametrize("name", KINDS)
def test_letters_of_twice_the_size_fit(visit, name):
    page = visit(name)
    page.evaluate("document.documentElement.style.fontSize = '36px'")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", KINDS)
def test_nothing_moves_while_a_page_loads_and_is_read(address, visit, name, width):
    page = visit(width=width)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => moved += e.value))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(f"{address}/{name}")
    height = page.evaluate("document.documentElement.scrollHeight")
    for place in range(0, height, 800):
        page.evaluate("place => scrollTo({ top: place, behavior: 'instant' })", place)
        page.wait_for_timeout(60)
    assert page.evaluate("moved") < 0.01


def test_lines_move_only_for_readers_who_like_motion(visit):
    def running(reduced_motion):
        page = visit("index.html", reduced_motion=reduced_motion)
        page.locator("figure.plot").first.scroll_into_view_if_needed()
        page.locator("figure.plot.seen .draw").first.wait_for(state="attached")
        return page, page.evaluate("document.getAnimations().length")

    assert running("no-preference")[1] > 0
    page, moving = running("reduce")
    assert moving == 0
    offsets = page.eval_on_selector_all(".draw path", "all => all.map(path => getComputedStyle(path).strokeDashoffset)")
    assert set(offsets) == {"0px"}


@pytest.mark.parametrize("name", [*KINDS, "figures.html", "gallery/gradient_vanishing/plot_gradient_norm.html"])
def test_the_site_opens_from_a_folder(site, visit, name):
    page = visit()
    trouble = []
    page.on("console", lambda message: message.type == "error" and trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("requestfailed", lambda request: trouble.append(request.url))
    page.goto((site.folder / name).resolve().as_uri())
    assert page.locator("main h1:not(.onlyprint *)").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 252, 249)"
    assert trouble == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chapter_prints_well(visit, theme):
    """Light, without the page's furniture, with figures and cards, and with the answers to the exercises."""
    page = visit(CHAPTER, color_scheme=theme)
    paper = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True)))
    words = "\n".join(sheet.extract_text() for sheet in paper.pages)
    assert 10 < len(paper.pages) < 40
    for expected in (
        "2. Vanishing gradients",
        "A walk in the fog",
        "holds in part",
        "share of the gradient left",
        "look again; it is one argument",
    ):
        assert expected in " ".join(words.split())
    for furniture in ("On this page", "The ledger\nAll figures", "Previous"):
        assert furniture not in words
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(253, 252, 249)",
        "rgba(0, 0, 0, 0)",
    )
    assert page.locator("article p").first.evaluate("e => getComputedStyle(e).color") == "rgb(29, 31, 36)"


def test_a_formula_wider_than_a_phone_scrolls_by_itself_and_by_keyboard(visit):
    page = visit("gpu.html", width=320)
    wide = page.locator("div.math[tabindex='0']").first
    wide.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    wide.focus()
    wide.press("ArrowRight")
    wide.evaluate("e => new Promise(done => (function look() { e.scrollLeft ? done() : setTimeout(look, 20); })())")
    page.set_viewport_size({"width": 1280, "height": 900})
    wide.wait_for(state="detached")
