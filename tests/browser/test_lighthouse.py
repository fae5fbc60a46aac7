"""Lighthouse, as a phone on a slow network: how fast a page of each kind is, and what else it has to say."""

import json
import os
import subprocess
import time

import pytest
from tests.browser.conftest import FLAGS, NODE, from_npm

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PACKAGE = "lighthouse@13.5.0"
WANTED = {"performance": 0.95, "accessibility": 1, "best-practices": 1, "seo": 1}
TRIES = 6
SLOW = 500
"""Lighthouse's benchmark index of a slow phone. It slows an idle laptop down four times to be one. While other tests
run, this machine is slower to begin with: then each further try is slowed down by what is left to a slow phone."""


@pytest.fixture(scope="module")
def lighthouse(chromium):
    """Return a function that has Lighthouse judge an address."""
    program = from_npm(PACKAGE) / "cli" / "index.js"

    def judge(url, slowdown):
        command = [
            NODE, program, url, "--quiet", "--output=json", f"--throttling.cpuSlowdownMultiplier={slowdown}",
            f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        ]  # fmt: skip
        where = {"CHROME_PATH": chromium} if chromium else {}
        said = subprocess.run(command, capture_output=True, text=True, timeout=180, env={**os.environ, **where})
        assert said.returncode == 0, said.stderr
        return json.loads(said.stdout)

    return judge


@pytest.mark.parametrize("name", ["index.html", "gradient_vanishing.html", "gallery/index.html", "ledger.html"])
def test_lighthouse_is_content(address, lighthouse, name):
    best, slowdown = dict.fromkeys(WANTED, 0), 4.0
    for number in range(TRIES):
        time.sleep(15 * (number > 1))  # what keeps the machine busy beside us may be over by then
        report = lighthouse(f"{address}/{name}", slowdown)
        slowdown = min(4.0, max(1.0, report["environment"]["benchmarkIndex"] / SLOW))
        best = {kind: max(best[kind], report["categories"][kind]["score"]) for kind in WANTED}
        short = {kind: score for kind, score in best.items() if score < WANTED[kind]}
        if not short:
            return
    audits = {
        audit["id"]: report["audits"][audit["id"]].get("displayValue", "")
        for kind in short
        for audit in report["categories"][kind]["auditRefs"]
        if audit["weight"] and (report["audits"][audit["id"]]["score"] or 0) < 1
    }
    assert not short, audits
