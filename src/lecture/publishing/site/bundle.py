"""One style sheet, one script and a few icons for all pages, cut from the dozens that theme and extensions bring.

A page loads ``_static/theme.js`` (before anything is painted), ``_static/site.css`` and ``_static/site.js``, as
``book/_templates/layout.html`` says. The last two are made anew at the end of each build from what all pages use.
"""

import fnmatch
import posixpath
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

from lecture.publishing.directives.elements import WEB
from lecture.publishing.site import css, fonts, strict
from lecture.publishing.site.css import Names, pruned
from lecture.publishing.state import state_of

THEME_NAME = "sphinx_book_theme"
STYLES = (
    "basic.css", "styles/pydata-sphinx-theme.css", "pygments.css", "styles/sphinx-book-theme.css",
    "togglebutton.css", "copybutton.css", "mystnb.*.css", "sphinx-design.min.css",
    "palette.css", "page.css", "math.css", "claims.css", "figures.css", "explore.css", "search.css", "print.css",
)  # fmt: skip
"""In the order in which the pages loaded them: later rules win."""
SCRIPTS = (
    "documentation_options.js", "doctools.js", "sphinx_highlight.js", "clipboard.min.js", "copybutton.js",
    "togglebutton.js", "scripts/sphinx-book-theme.js", "scripts/pydata-sphinx-theme.js", "ledger.js", "motion.js",
    "popovers.js", "print.js", "formulas.js",
)  # fmt: skip
SEARCH = ("language_data.js", "results.js")
"""What only the search page needs: Sphinx's stemmer, and our own way through Sphinx's index."""
SLIDES = {"slides.css": 'class="slide"', "slides.js": 'class="slide"'}
"""What a page of slides needs; where the whole book is one page, it is there to read and not to show."""
LEFT_OUT = {
    "sg_gallery*.css": "", "sg-tags.js": "", "ebook.css": "", "theme.js": "", "explore/*.js": "",
    "design-tabs.js": "sd-tab-set", **SLIDES,
}  # fmt: skip
"""What pages need only if they have something of that class; of nothing, since the book dresses the gallery itself.

``ebook.css`` is the e-book's, ``theme.js`` and the explorables' scripts are in ``layout.html``; jupyter-book loads
whatever lies in ``_static``.
"""
BEFORE = """\
let toggleHintShow = 'Show', toggleHintHide = 'Hide', toggleOpenOnPrint = 'true';
var togglebuttonSelector = '.toggle, .admonition.dropdown';
// The theme asks Bootstrap (80 kB) for tooltips alone; the buttons have titles of their own.
window.bootstrap = { Tooltip: class { show() {} hide() {} dispose() {} } };
"""
DRAFT = "document.documentElement.dataset.draft"
"""What ``theme.js`` sets where a build had warnings, for a banner on every page."""
AFTER = "DOCUMENTATION_OPTIONS.search_as_you_type = false;\n"
ICONS = "vendor/fontawesome/webfonts/fa-solid-900.woff2"
FORMULAS = "math/lecture-math.woff2"
CUT = {ICONS: "icons.woff2", FORMULAS: "math.woff2"}
"""Fonts of which the pages get what they write."""

REMARKS = re.compile(r"^[ \t]*(?:/\*(?!!)(?:(?!\*/|opyright|icense).)*?\*/[ \t]*|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
"""Lines of remarks in scripts, a tenth of what a page loads; who made a script and under which licence stays."""
_SAID = re.compile(r"\s*(DOCUMENTATION_OPTIONS\.|let toggle|var togglebuttonSelector)")
"""Scripts of theme and extensions that only set what :data:`BEFORE` and :data:`AFTER` set."""
_PLAIN = re.compile(r'<span class="(?:n|p|w)">([^<]*)</span>')
"""Names, punctuation and space in code: half of its HTML, and no other colour than the text's."""
_WIDE = re.compile(r'class="[^"]*\b(?:ledger|hero|sphx-glr-example-title|code-of)\b')
"""What has more room than a column of text: such pages' bodies have a class, of which the style sheet speaks."""
_LOADED = re.compile(r'<script[^>]* src="[^"]*?_static/([^"?]+)')

_log = logging.getLogger(__name__)


def write(folder: Path) -> None:
    """Write the bundles for the site in ``folder``, unless they would be the same as before.

    Raises:
        FileNotFoundError: The theme or an extension no longer brings a file that belongs in.
    """
    static = folder / "_static"
    html = [path.read_text(encoding="utf-8") for path in folder.rglob("*.html") if static not in path.parents]
    scripts = {name: (static / name).read_text(encoding="utf-8") for name in (*SCRIPTS, *SEARCH)}
    sheets = [next(iter(sorted(static.glob(pattern))), static / pattern) for pattern in STYLES]
    others = {name for page in html for name in _LOADED.findall(page)} - {"site.js", "theme.js", "search.js"}
    theirs = [(static / name).read_text(encoding="utf-8") for name in sorted(others) if (static / name).exists()]
    names = Names.used_in(iter(html), " ".join([*scripts.values(), *theirs]))
    inline, signs = strict.rules_of(iter(html)), fonts.signs_of_formulas(html)
    made_of = [Path(__file__), Path(css.__file__), Path(fonts.__file__), *sheets, *(static / font for font in CUT)]
    found = (names.key(), inline, sorted(signs), [path.read_bytes() for path in made_of])
    digest = sha256(repr(found).encode()).hexdigest()
    head = f'@charset "utf-8";/* {digest} */\n'
    if not _begins(static / "site.css", head):
        style = "\n".join(_sheet(static, path, names) for path in sheets) + inline
        for font, wanted in ((ICONS, icons(style)), (FORMULAS, signs)):
            (static / CUT[font]).write_bytes(fonts.cut(static / font, wanted))
        (static / "site.css").write_text(head + style, encoding="utf-8")
    for name, text in {
        "site.js": BEFORE + "\n".join(f"{scripts[name]};" for name in SCRIPTS) + AFTER,
        "search.js": "\n".join(f"{scripts[name]};" for name in SEARCH),
    }.items():
        (static / name).write_text(REMARKS.sub("", text), encoding="utf-8")


def _begins(path: Path, head: str) -> bool:
    if not path.exists():
        return False
    with path.open(encoding="utf-8") as file:
        return file.read(len(head)) == head


def _sheet(static: Path, path: Path, names: Names) -> str:
    where = path.parent.relative_to(static).as_posix()

    def address(written: str) -> str:
        if picture := strict.picture(static, written):
            return picture
        name = posixpath.normpath(posixpath.join(where, written.partition("#")[0].partition("?")[0]))
        return CUT.get(name, name)

    return pruned(path.read_text(encoding="utf-8"), names, address)


def icons(style: str) -> set[str]:
    """Return the signs of an icon font that a style sheet writes: those in Unicode's private area."""
    return {sign for sign in style if "\ue000" <= sign <= "\uf8ff"}


def dress(app: Sphinx, page: str, context: dict[str, Any]) -> None:
    """Let a page load the bundle and what is not in it; what it spells out goes where a strict policy allows it."""
    if app.builder.name not in WEB:
        return
    static, body, rules = Path(app.outdir) / "_static", context.get("body"), ""
    if isinstance(body, str):
        context["wide"] = bool(_WIDE.search(body))
        body, rules = strict.take_sheets(_PLAIN.sub(r"\1", body))
        body = strict.take_pictures(body, static, context["pathto"]("_static", 1))
        context["body"] = strict.without_styles(body)
    if rules:
        app.add_css_file(strict.save(static, rules.encode(), "css"))
    if is_site(app):
        texts = {script: script.attributes.get("body") or "" for script in context["script_files"]}
        for script, text in texts.items():
            if text and not _SAID.match(text):
                app.add_js_file(strict.save(static, text.encode(), "js"), priority=script.priority)
        useless = [name for name, needed_by in LEFT_OUT.items() if not needed_by or needed_by not in (body or "")]
        useless += SLIDES if app.builder.name == "singlehtml" else []
        for kind, ours in (("css_files", STYLES), ("script_files", (*SCRIPTS, *SEARCH))):
            context[kind] = [
                asset for asset in context[kind]
                if asset.filename and not _holds((*ours, *useless), asset.filename)
            ]  # fmt: skip
        assets = [str(asset.filename) for kind in ("css_files", "script_files") for asset in context[kind]]
        strict.tell(app, [*assets, *texts.values()])


def _holds(patterns: tuple[str, ...], name: Any) -> bool:
    """Tell whether a file is among these, by its address: ``_static/copybutton.css``."""
    return any(fnmatch.fnmatch(str(name), f"_static/{pattern}") for pattern in patterns)


def outdated(app: Sphinx) -> list[str]:
    """Have a page read again where only a style or a script changed: Sphinx copies those with the pages it writes."""
    made = Path(app.outdir) / "_static" / "site.js"
    sources = [path for path in (Path(app.srcdir) / "_static").rglob("*") if path.is_file()]
    newest = max((path.stat().st_mtime for path in sources), default=0.0)
    return [app.config.root_doc] if made.exists() and made.stat().st_mtime < newest else []


def is_site(app: Sphinx) -> bool:
    """Tell whether a build makes the site: with our theme, and not for example an e-book."""
    return app.builder.name in WEB and app.config.html_theme == THEME_NAME


def finish(app: Sphinx) -> None:
    """Write the bundles of a site that was built."""
    if is_site(app):
        static, count = Path(app.outdir) / "_static", state_of(app).complaints.count
        theme = (static / "theme.js").read_text(encoding="utf-8").partition(DRAFT)[0]
        told = f"{DRAFT} = 'Draft. Warnings: {count}';\n" if count else ""
        (static / "theme.js").write_text(theme + told, encoding="utf-8")
        if not state_of(app).written and (static / "site.js").exists():
            return
        try:
            write(Path(app.outdir))
        except FileNotFoundError as missing:
            _log.warning("the theme brings no %s: mend STYLES or SCRIPTS in %s", missing.filename, __name__)
