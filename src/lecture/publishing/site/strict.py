"""Nothing is spelled out in a page, neither style nor script, so that a host may forbid it (``default-src 'self'``)."""

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from sphinx.application import Sphinx
from sphinx.util import logging

from lecture.publishing.state import state_of

SPELLED_OUT = "inline"
"""The folder in ``_static`` for what pages, themes and extensions spell out."""

_STYLE = re.compile(r'(<[\w-]+)([^<>]*?) style="([^"]*)"([^<>]*>)')
_SHEET = re.compile(r"<style\b([^>]*)>(.*?)</style>", re.DOTALL)
_CLASS = re.compile(r"css-[^\s\"']+")
_DATA = re.compile(r"data:image/([\w+]+)([;\w=-]*),(.*)", re.DOTALL)
_EMBEDDED = re.compile(r'href="(data:image/[^"]*)"')
_ADDRESS = re.compile(r"https?://[\w.-]+")

_log = logging.getLogger(__name__)


def without_styles(body: str) -> str:
    """Return HTML with each ``style`` attribute as a class that spells it out.

    ``style="top:-2em; left:1em"`` becomes the class ``css-top:-2em;left:1em``; :func:`rules_of` reads it back.
    """
    return _STYLE.sub(_as_class, body)


def _as_class(found: re.Match[str]) -> str:
    start, before, style, after = found.groups()
    name = "css-" + re.sub(r"\s*([:;,])\s*", r"\1", style.strip(" ;")).replace(" ", "_")
    joined, count = re.subn(r'(\sclass=")([^"]*")', lambda m: f"{m[1]}{name} {m[2]}", before + after, count=1)
    return start + joined if count else f'{start}{before} class="{name}"{after}'


def rules_of(pages: Iterator[str]) -> str:
    """Return the rules for the classes that :func:`without_styles` made."""
    names = {name for page in pages for name in _CLASS.findall(page)}
    return "".join(
        "." + re.sub(r"([^\w-])", r"\\\1", name) + "{" + name.removeprefix("css-").replace("_", " ") + "}"
        for name in sorted(names)
    )


def take_sheets(body: str) -> tuple[str, str]:
    """Take the ``style`` elements out of HTML; return what is left, and the rules.

    What pandas writes before each plain table (``<style scoped>``) is dropped: the site's own sheet knows tables.
    """
    rules = "\n".join(text for how, text in _SHEET.findall(body) if "scoped" not in how)
    return _SHEET.sub("", body), rules


def take_pictures(body: str, static: Path, address: str) -> str:
    """Return HTML whose drawings refer to files instead of pictures spelled out, which are saved in ``static``."""

    def as_file(found: re.Match[str]) -> str:
        return f'href="{address}/{picture(static, found[1])}"'

    return _EMBEDDED.sub(as_file, body)


def picture(static: Path, address: str) -> str | None:
    """Save a picture that is spelled out in an address, and return its file's; None if there is none."""
    found = _DATA.fullmatch(address)
    if not found:
        return None
    kind, how, content = found.groups()
    data = b64decode(content) if "base64" in how else unquote_to_bytes(content)
    return save(static, data, kind.partition("+")[0], "pictures")


def save(static: Path, content: bytes, ending: str, folder: str = SPELLED_OUT) -> str:
    """Save something under a name made of its content; return the name relative to ``static``."""
    path = static / folder / f"{sha256(content).hexdigest()[:12]}.{ending}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return path.relative_to(static).as_posix()


def tell(app: Sphinx, texts: Iterable[str]) -> None:
    """Say once a build which hosts the pages will ask, since a strict policy forbids it."""
    told = state_of(app).told
    for host in sorted({urlsplit(found).netloc for text in texts for found in _ADDRESS.findall(text)} - told):
        told.add(host)
        _log.info(
            "pages ask %s for something: the policy in Caddyfile forbids that unless you add the host there", host
        )
