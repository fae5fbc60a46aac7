"""What every page shows around its text: the navigation, and how to cite the book.

Sphinx writes a page again when its own source changed. When a title or the table of contents did, all others would keep
the old navigation.
"""

import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from lecture.publishing.site import head
from lecture.publishing.state import short_digest, state_of


def digest(app: Sphinx, env: BuildEnvironment) -> str:
    """Return what changes with the frame of the pages."""
    titles = [(page, title.astext()) for page, title in sorted(env.titles.items())]
    contents = [env.tocs[page].pformat() for page in sorted(env.toctree_includes)]
    citation = head.citation_file(app)
    return short_digest(repr((titles, contents, citation.read_bytes() if citation.is_file() else b"")))


def changed(app: Sphinx, env: BuildEnvironment) -> bool:
    """Tell whether the pages that were written last have another frame than the present one."""
    return app.builder.format == "html" and state_of(app).noted(_name(app)) != digest(app, env)


def note(app: Sphinx) -> None:
    """Remember the frame that all pages now have."""
    state_of(app).note(_name(app)).write_text(json.dumps(digest(app, app.env)))


def _name(app: Sphinx) -> str:
    return f"frame-{short_digest(str(Path(app.outdir)))}"
