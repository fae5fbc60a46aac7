"""Every page at every width in both themes: as it looks, what it weighs, and what axe says."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from tests.browser.conftest import AXE, from_npm, shoot, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WIDTHS = (390, 640, 768, 1280, 1920)
"""A phone, a laptop at 200 % zoom, a tablet, a laptop, a wide screen."""
FEW = (390, 1280)
"""Where a hundred pages are made alike, those of scripts and of code; and half of them in each theme."""
LIMITS = {"requests": 18, "without figures": 520_000, "with figures": 900_000}
"""The most that a page may ask for at first sight; bytes are uncompressed. The heaviest lists all experiments."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
THIN = """() => {
  for (const code of document.querySelectorAll(".highlight pre")) code.textContent = code.textContent;
}"""
"""Takes away what axe would look at longest: tokens of code, whose contrast look.js checks."""

SILENT = """() => ({
  paper: getComputedStyle(document.body).backgroundColor,
  heading: document.querySelector("main h1:not(.onlyprint *)").checkVisibility(),
  useless: [...document.querySelectorAll(".pst-js-only, button")].filter(e => e.checkVisibility()).map(e => e.title),
  broken: [...document.images].filter(image => image.complete && !image.naturalWidth).map(image => image.src),
})"""
"""What a page shows to a reader without scripts."""


@pytest.mark.parametrize(("theme", "first"), [("light", 390), ("dark", 1280)])
def test_every_page(site, address, visit, theme, first):
    problems, plots, papers = {}, 0, set()
    page = visit(width=first, color_scheme=theme)
    trouble, answers = [], []
    page.on("console", lambda message: message.type == "error" and trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: request.url.startswith((address, "data:")) or trouble.append(request.url))
    page.on("response", lambda answer: answers.append(answer))
    alike = [name for name in site.pages() if name.startswith(("gallery/", "code/"))]
    elsewhere = alike[theme == "light" :: 2]
    for name in (name for name in site.pages() if name not in elsewhere):
        page.goto("about:blank")  # nothing that the last page asked for arrives any more
        trouble.clear()
        answers.clear()
        page.set_viewport_size({"width": first, "height": 900})
        page.goto(f"{address}/{name}")
        trouble += [f"{answer.status} {answer.url}" for answer in answers if answer.status >= 400]
        if not name.startswith("code/"):
            found = weight(page, [file_of(site, answer) for answer in answers])
            trouble += [f"{n} {what}" for what, n in found.items() if n > LIMITS[what]]
        widths = FEW if name in alike else WIDTHS
        for width in (first, *(width for width in widths if width != first)):
            page.set_viewport_size({"width": width, "height": 900})
            seen = page.evaluate(LOOK)
            plots += seen.pop("plots")
            papers.add(seen.pop("paper"))
            trouble += [f"{kind} at {width}: {found}" for kind, found in seen.items() if found]
            if width == first:
                page.evaluate(THIN)
                trouble += violations(page, runOnly=RULES)
        if trouble:
            problems[name] = list(trouble)
            shoot(page, f"{name}-{theme}")
    assert not problems, "\n".join(f"{name}: {what}" for name, what in problems.items())
    assert plots > 10
    assert len(papers) == 1
    from_npm(AXE)


def file_of(site, answer):
    """Return the file behind an answer."""
    return site.folder / urlsplit(answer.url).path.lstrip("/")


def weight(page, files):
    """Return how much a page asked for: the requests besides pictures, and bytes without and with its figures."""
    figures = page.eval_on_selector_all("figure.plot", "all => all.map(figure => figure.outerHTML).join('').length")
    pictures = [file for file in files if file.parent.name in ("pictures", "_images")]
    total = sum(file.stat().st_size for file in files)
    drawn = figures + sum(file.stat().st_size for file in pictures)
    return {"requests": len(files) - len(pictures), "without figures": total - drawn, "with figures": total}


def test_every_page_without_scripts(site, address, visit):
    """Theme, text and pictures are there; what needs a script is not."""
    page = visit(java_script_enabled=False, color_scheme="dark")
    for name in site.pages():
        page.goto(f"{address}/{name}")
        assert page.evaluate(SILENT) == {"paper": "rgb(22, 24, 28)", "heading": True, "useless": [], "broken": []}, name


class Anchors(HTMLParser):
    """Collects a page's ids, and where its links lead."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids |= {found["id"]} if found.get("id") else set()
        self.links |= {found["href"]} if tag == "a" and found.get("href") else set()


def test_every_link_inside_the_site_leads_somewhere(site):
    """To a page that is there, and to a place on it that is there."""
    pages = {name: Anchors((site.folder / name).read_text(encoding="utf-8")) for name in site.pages()}
    broken = set()
    for name, page in pages.items():
        for link in page.links:
            whole = urlsplit(urljoin(f"http://site/{name}", link))
            path, place = unquote(whole.path).lstrip("/"), unquote(whole.fragment)
            lost = not (site.folder / path).exists() or (place and path in pages and place not in pages[path].ids)
            if whole.netloc == "site" and lost:
                broken.add((name, link))
    assert sum(len(page.links) for page in pages.values()) > 1000
    assert broken == set()
