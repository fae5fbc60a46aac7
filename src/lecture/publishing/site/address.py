"""Where the site and its repository are public: one setting, and no link that leads nowhere while it is empty."""

import os
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config

from lecture.publishing.site import notebooks
from lecture.publishing.state import BookError

_PAGE = re.compile(r'(?<=href=")(?=[\w-]+\.html)')


def apply(app: Sphinx, config: Config) -> None:
    """Derive every public address from ``lecture_address``, the repository's ``owner/name`` on GitHub.

    ``LECTURE_ADDRESS`` in the environment overrides it, so that a fork's own workflow needs no edit.
    ``LECTURE_DOWNLOADS`` names what that puts beside the pages, PDF and EPUB: their foot then leads there.

    Raises:
        BookError: The setting is not of that form.
    """
    address = os.environ.get("LECTURE_ADDRESS", config.lecture_address).strip()
    found = re.fullmatch(r"(?:https://github\.com/)?([\w.-]+)/([\w.-]+?)(?:\.git)?/?", address)
    if address and not found:
        raise BookError(f"lecture_address must be the repository's owner/name on GitHub, or empty; it is {address!r}")
    options = config.html_theme_options if config.html_theme == "sphinx_book_theme" else {}
    options |= {
        "repository_url": "",
        "use_repository_button": False,
        "use_issues_button": False,
        "use_edit_page_button": False,
    }
    config.lecture_repository = ""
    if found:
        config.lecture_repository = f"https://github.com/{found[1]}/{found[2]}"
        options |= {
            "repository_url": config.lecture_repository, "repository_branch": "main", "path_to_docs": "book",
            "use_repository_button": True, "use_issues_button": True,
        }  # fmt: skip
    notebooks.configure(config)
    downloads = os.environ.get("LECTURE_DOWNLOADS", "").split()
    config.html_context = getattr(config, "html_context", {}) | {"downloads": downloads}
    told = os.environ.get("READTHEDOCS_CANONICAL_URL") or config.html_baseurl
    config.html_baseurl = _pages(told, *(found.groups() if found else ("", "")))
    _root_missing_page(config, urlsplit(config.html_baseurl).path or "/")


def where_servers_look(app: Sphinx) -> None:
    """Put the 404 page where servers look for it: ``dirhtml`` writes ``404/index.html``, they show ``404.html``."""
    written = Path(app.outdir) / "404" / "index.html"
    if app.builder.name == "dirhtml" and written.exists():
        shutil.copyfile(written, Path(app.outdir) / "404.html")


def _pages(told: str, owner: str, name: str) -> str:
    """Return the address of the pages, with a slash at its end; it is empty while nobody knows it.

    Args:
        told: The address that Read the Docs names, or ``html_baseurl`` for a domain of one's own; it wins.
        owner: Owner of the repository, for GitHub Pages.
        name: Name of the repository.
    """
    host = f"{owner.lower()}.github.io"
    if told or not name:
        return told and told.rstrip("/") + "/"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def _root_missing_page(config: Config, root: str) -> None:
    """Let the links of the 404 page start at the site's root: it is shown at any depth."""
    config.notfound_urls_prefix = root
    if context := getattr(config, "notfound_context", None):
        config.notfound_context = context | {"body": _PAGE.sub(root, context["body"])}
