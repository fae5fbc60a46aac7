"""The built site as a reader's browser meets it."""

from pathlib import Path

import pytest

from lecture.publishing import bundle

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("book")]

LIGHT = {"requests": 18, "without figures": 500_000, "with figures": 900_000}
"""The most that a page of the book may ask for at first sight; bytes are uncompressed."""
SHOTS = Path("_build/test-screenshots")

COMPARE = Path(__file__).with_name("compare.js").read_text(encoding="utf-8")
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (390, "dark"), (1280, "dark"), (1920, "light")])
def test_every_page_in_every_width_and_theme(book, address, browser, width, theme):
    problems, plots, papers = [], 0, set()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    page = context.new_page()
    trouble = []
    page.on("console", lambda message: message.type == "error" and trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "request", lambda request: request.url.startswith((address, "data:")) or trouble.append(f"asked {request.url}")
    )
    page.on("response", lambda response: response.status >= 400 and trouble.append(f"{response.status} {response.url}"))
    for name in book.pages():
        trouble.clear()
        page.goto(f"{address}/{name}", wait_until="load")
        seen = page.evaluate(LOOK)
        plots += seen["plots"]
        papers.add(seen["paper"])
        trouble += [
            f"{kind}: {seen[kind]}" for kind in ("nameless", "twice", "cut", "boxes", "faint", "small") if seen[kind]
        ]
        if seen["overflow"] > 0:
            trouble.append(f"{seen['overflow']} pixels too wide")
        if trouble:
            problems.append((name, list(trouble)))
            SHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SHOTS / f"{name.replace('/', '-')}-{width}-{theme}.png", full_page=True)
    context.close()
    assert not problems, "\n".join(f"{name}: {what}" for name, what in problems)
    assert plots > 10
    assert len(papers) == 1


def test_the_phone_gets_its_own_drawing(address, browser):
    shown = {}
    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(f"{address}/gradient_vanishing.html")
        shown[width] = [page.locator(f"figure.plot > .{kind} svg").first.is_visible() for kind in ("wide", "narrow")]
        page.close()
    assert shown == {390: [False, True], 1280: [True, False]}


def test_the_reader_may_choose_the_other_theme(address, browser):
    page = browser.new_page(color_scheme="light")
    page.goto(f"{address}/gradient_vanishing.html")
    colours = []
    for theme in ("light", "dark"):
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        line = page.locator("figure.plot .wide svg [stroke='var(--sigmoid)']").first
        colours.append(line.evaluate("e => getComputedStyle(e).stroke"))
    page.close()
    assert colours == ["rgb(200, 64, 47)", "rgb(239, 122, 106)"]


def test_without_scripts_the_system_theme_and_all_numbers_are_there(address, browser):
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}/gradient_vanishing.html")
    assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(22, 24, 28)"
    assert page.locator(".num").count() > 10
    assert page.locator("section.claim").count() == 8
    assert page.locator(".katex").count() > 10
    context.close()


def test_a_link_leads_to_a_row_of_the_ledger(address, browser):
    page = browser.new_page()
    page.goto(f"{address}/gradient_vanishing.html")
    page.locator("section.claim header a").first.click()
    page.wait_for_url("**/ledger.html#C08")
    assert page.locator("tr:target b").first.inner_text() == "C08"
    page.close()


def test_every_link_inside_the_site_leads_somewhere(book, address, browser):
    page = browser.new_page()
    broken = []
    for name in book.pages():
        page.goto(f"{address}/{name}", wait_until="domcontentloaded")
        for link in set(page.eval_on_selector_all("a[href]", "all => all.map(a => a.href.split('#')[0])")):
            if (
                link.startswith(address)
                and not (book.published / link.removeprefix(address + "/").split("?")[0]).exists()
            ):
                broken.append((name, link))
    page.close()
    assert broken == []


def test_pages_are_light(book, address, browser):
    heavy = {}
    for name in [page for page in book.pages() if "/" not in page]:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        answers = []
        page.on("response", lambda answer, answers=answers: answers.append(answer))
        page.goto(f"{address}/{name}", wait_until="networkidle")
        figures = len("".join(page.eval_on_selector_all("figure.plot", "all => all.map(figure => figure.outerHTML)")))
        pictures = [answer for answer in answers if "/pictures/" in answer.url]
        total = sum(len(answer.body()) for answer in answers)
        weight = {
            "requests": len(answers) - len(pictures),
            "without figures": total - figures - sum(len(answer.body()) for answer in pictures),
            "with figures": total,
        }
        heavy |= {(name, what): n for what, n in weight.items() if n > LIGHT[what]}
        page.close()
    assert heavy == {}


@pytest.mark.parametrize("name", ["gradient_vanishing.html", "gallery/index.html", "ledger.html"])
def test_the_cut_style_sheet_draws_every_element_as_the_whole_ones_do(book, address, browser, name):
    static = book.published / "_static"
    whole = [next(static.glob(pattern)).relative_to(static).as_posix() for pattern in bundle.STYLES]
    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="dark", bypass_csp=True)
        page.goto(f"{address}/{name}", wait_until="networkidle")
        inline = bundle.rules_of(iter([page.content()]))
        elements, differ = page.evaluate(COMPARE, [[f"{address}/_static/{path}" for path in whole], inline])
        page.close()
        assert elements > 100
        assert differ == []
