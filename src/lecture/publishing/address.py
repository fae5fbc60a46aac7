"""Where the site and its repository are public: one setting, and no link that leads nowhere while it is empty."""

import os
import re

from sphinx.application import Sphinx
from sphinx.config import Config

from lecture.publishing.staging import BookError


def apply(app: Sphinx, config: Config) -> None:
    """Derive every public address from ``lecture_address``, the repository's ``owner/name`` on GitHub.

    ``LECTURE_ADDRESS`` in the environment overrides it, so that a fork's own workflow needs no edit.

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
    config.notfound_urls_prefix = "/"
    if found:
        owner, name = found.groups()
        config.lecture_repository = f"https://github.com/{owner}/{name}"
        options |= {
            "repository_url": config.lecture_repository, "repository_branch": "main", "path_to_docs": "book",
            "use_repository_button": True, "use_issues_button": True,
        }  # fmt: skip
        config.html_baseurl = config.ogp_site_url = f"https://{owner.lower()}.github.io/{name}/"
        config.notfound_urls_prefix = f"/{name}/"


def setup(app: Sphinx) -> None:
    """Register the setting."""
    app.add_config_value("lecture_address", "", "html", str)
    app.add_config_value("lecture_repository", "", "", str)  # derived, for templates
    app.connect("config-inited", apply, priority=100)
