"""One style sheet, one script and a few icons for all pages, cut from the dozens that theme and extensions bring.

A page loads ``_static/theme.js`` (before anything is painted), ``_static/site.css`` and ``_static/site.js``, as
``book/_templates/layout.html`` says. They are made anew at the end of each build from what all pages use.
"""

import io
import posixpath
import re
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from lecture.publishing import css
from lecture.publishing.css import Names, pruned

THEME_NAME = "sphinx_book_theme"
STYLES = (
    "basic.css", "styles/pydata-sphinx-theme.css", "pygments.css", "styles/sphinx-book-theme.css",
    "togglebutton.css", "copybutton.css", "mystnb.*.css", "sphinx-design.min.css",
    "katex/katex.min.css", "katex-math.css", "palette.css",
    "page.css", "claims.css", "figures.css", "search.css", "print.css",
)  # fmt: skip
"""In the order in which the pages loaded them: later rules win."""
SCRIPTS = (
    "documentation_options.js", "doctools.js", "sphinx_highlight.js", "clipboard.min.js", "copybutton.js",
    "togglebutton.js", "scripts/sphinx-book-theme.js", "scripts/pydata-sphinx-theme.js", "ledger.js", "motion.js",
    "print.js",
)  # fmt: skip
SEARCH = ("language_data.js", "results.js")
"""What only the search page needs: Sphinx's stemmer, and our own way through Sphinx's index."""
BEFORE = """\
let toggleHintShow = 'Show', toggleHintHide = 'Hide', toggleOpenOnPrint = 'true';
var togglebuttonSelector = '.toggle, .admonition.dropdown';
// The theme asks Bootstrap (80 kB) for tooltips alone; the buttons have titles of their own.
window.bootstrap = { Tooltip: class { show() {} hide() {} dispose() {} } };
"""
AFTER = "DOCUMENTATION_OPTIONS.search_as_you_type = false;\n"
THEME = """\
document.documentElement.classList.add("js");
{
  const stored = name => { try { return localStorage.getItem(name) } catch { return null } };
  document.documentElement.dataset.mode = stored("mode") || "auto";
  document.documentElement.dataset.theme = stored("theme") || "auto";
}
"""
"""Runs before anything is painted, or a dark page would flash white."""
ICONS = "vendor/fontawesome/webfonts/fa-solid-900.woff2"

_STYLE = re.compile(r'(<[\w-]+)([^<>]*?) style="([^"]*)"([^<>]*>)')
_SHEET = re.compile(r"<style\b[^>]*>.*?</style>", re.DOTALL)
_INLINE = re.compile(r"css-[^\s\"']+")
_DATA = re.compile(r"data:image/([\w+]+)([;\w=-]*),(.*)", re.DOTALL)

_PLAIN = re.compile(r'<span class="(?:n|p|w)">([^<]*)</span>')
"""Names, punctuation and space in code: half of its HTML, and no other colour than the text's."""
_EMBEDDED = re.compile(r'href="(data:image/[^"]*)"')

_log = logging.getLogger(__name__)


def without_styles(body: str) -> str:
    """Return HTML with each ``style`` attribute as a class that spells it out, for a strict security policy.

    A ``style`` element, such as pandas puts before each table, goes: the site's own sheet knows tables.
    ``style="top:-2em; left:1em"`` becomes the class ``css-top:-2em;left:1em``; :func:`rules_of` reads it back.
    """
    return _STYLE.sub(_as_class, _SHEET.sub("", body))


def _as_class(found: re.Match[str]) -> str:
    start, before, style, after = found.groups()
    name = "css-" + re.sub(r"\s*([:;,])\s*", r"\1", style.strip(" ;")).replace(" ", "_")
    joined, count = re.subn(r'(\sclass=")([^"]*")', lambda m: f"{m[1]}{name} {m[2]}", before + after, count=1)
    return start + joined if count else f'{start}{before} class="{name}"{after}'


def rules_of(pages: Iterator[str]) -> str:
    """Return the rules for the classes that :func:`without_styles` made."""
    names = {name for page in pages for name in _INLINE.findall(page)}
    return "".join(
        "." + re.sub(r"([^\w-])", r"\\\1", name) + "{" + name.removeprefix("css-").replace("_", " ") + "}"
        for name in sorted(names)
    )


def write(folder: Path) -> None:
    """Write the bundles for the site in ``folder``, unless they would be the same as before.

    Raises:
        FileNotFoundError: The theme or an extension no longer brings a file that belongs in.
    """
    static = folder / "_static"
    html = [path.read_text(encoding="utf-8") for path in folder.rglob("*.html") if static not in path.parents]
    scripts = {name: (static / name).read_text(encoding="utf-8") for name in (*SCRIPTS, *SEARCH)}
    sheets = [next(iter(sorted(static.glob(pattern))), static / pattern) for pattern in STYLES]
    names = Names.used_in(iter(html), " ".join(scripts.values()))
    inline = rules_of(iter(html))
    made_of = [Path(__file__), Path(css.__file__), *sheets, static / ICONS]
    digest = sha256(repr((names.key(), inline, [path.read_bytes() for path in made_of])).encode()).hexdigest()
    head = f'@charset "utf-8";/* {digest} */\n'
    if not _begins(static / "site.css", head):
        style = "\n".join(_sheet(static, path, names) for path in sheets) + inline
        (static / "icons.woff2").write_bytes(icons(static / ICONS, style))
        (static / "site.css").write_text(head + style, encoding="utf-8")
    for name, text in {
        "site.js": BEFORE + "\n".join(f"{scripts[name]};" for name in SCRIPTS) + AFTER,
        "search.js": "\n".join(f"{scripts[name]};" for name in SEARCH),
        "theme.js": THEME,
    }.items():
        (static / name).write_text(text, encoding="utf-8")


def _begins(path: Path, head: str) -> bool:
    if not path.exists():
        return False
    with path.open(encoding="utf-8") as file:
        return file.read(len(head)) == head


def _sheet(static: Path, path: Path, names: Names) -> str:
    where = path.parent.relative_to(static).as_posix()

    def address(written: str) -> str:
        if found := _DATA.match(written):
            return _picture(static, found)
        name = posixpath.normpath(posixpath.join(where, written.partition("#")[0].partition("?")[0]))
        return "icons.woff2" if name == ICONS else name

    return pruned(path.read_text(encoding="utf-8"), names, address)


def _picture(static: Path, found: re.Match[str]) -> str:
    """Save a picture that is spelled out in an address, and return its file's."""
    kind, how, content = found.groups()
    data = b64decode(content) if "base64" in how else unquote_to_bytes(content)
    path = static / "pictures" / f"{sha256(data).hexdigest()[:12]}.{kind.partition('+')[0]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path.relative_to(static).as_posix()


def icons(font: Path, style: str) -> bytes:
    """Return the part of an icon font (WOFF2) that a style sheet writes: signs of Unicode's private area."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(flavor="woff2", layout_features=[], name_IDs=[], notdef_outline=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(sign) for sign in set(style) if "\ue000" <= sign <= "\uf8ff"])
    whole = TTFont(font)
    cutter.subset(whole)
    whole.flavor = "woff2"
    target = io.BytesIO()
    whole.save(target)
    return target.getvalue()


def _strict(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None) -> None:
    """Move styles and pictures that are spelled out in a page to where a strict security policy allows them."""
    static = Path(app.outdir) / "_static"

    def as_file(found: re.Match[str]) -> str:
        picture = _DATA.match(found[1])
        return found[0] if picture is None else f'href="{context["pathto"](f"_static/{_picture(static, picture)}", 1)}"'

    body = context.get("body")
    if isinstance(body, str):
        context["body"] = without_styles(_EMBEDDED.sub(as_file, _PLAIN.sub(r"\1", body)))


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Have a page read again where only a style or a script changed: Sphinx copies those with the pages it writes."""
    made = Path(app.outdir) / "_static" / "site.js"
    sources = [path for path in (Path(app.srcdir) / "_static").rglob("*") if path.is_file()]
    newest = max((path.stat().st_mtime for path in sources), default=0.0)
    return [app.config.root_doc] if made.exists() and made.stat().st_mtime < newest else []


def is_site(app: Sphinx, error: Exception | None) -> bool:
    """Tell whether a build that ends made the site: with our theme, and not for example an e-book."""
    return error is None and app.builder.name in {"html", "dirhtml"} and app.config.html_theme == THEME_NAME


def finish(app: Sphinx, error: Exception | None) -> None:
    """Write the bundles of a site that was built."""
    if is_site(app, error):
        try:
            write(Path(app.outdir))
        except FileNotFoundError as missing:
            _log.warning("the theme brings no %s: mend STYLES or SCRIPTS in %s", missing.filename, __name__)


def setup(app: Sphinx) -> None:
    """Leave no style in a page, and write the bundles when all are written."""
    app.connect("env-get-outdated", outdated)
    app.connect("html-page-context", _strict, priority=990)
    app.connect("build-finished", finish, priority=900)
