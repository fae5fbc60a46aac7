"""What publishes the site, read by tools that know its formats: a mistake in it would show only after it was pushed.

Each tool is also shown a mistake, since one that no longer looks would pass everything.
"""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOW = ".github/workflows/pages.yml"
TOOLS = {
    WORKFLOW: ["jactionlint", "--no-online", "--shellcheck=", "--strict-exit"],
    ".github/dependabot.yml": ["jactionlint", "--no-online", "--strict-exit"],
    ".readthedocs.yaml": ["check-jsonschema", "--builtin-schema", "vendor.readthedocs"],
    "CITATION.cff": ["check-jsonschema", "--builtin-schema", "vendor.citation-file-format"],
    "Containerfile": ["hadolint", "--no-color"],
}
MISTAKES = [
    (WORKFLOW, "needs: [test, site]", "needs: [test, book]"),
    (WORKFLOW, "github.event.repository.has_pages", "github.event_repository.has_pages"),
    (WORKFLOW, "steps.deployment.outputs", "steps.deploy.outputs"),
    (WORKFLOW, "persist-credentials: false", "fetch-depth: 1"),
    (WORKFLOW, "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7"),
    (WORKFLOW, "run: make test", 'run: echo "${{ github.head_ref }}"'),
    (WORKFLOW, "cancel-in-progress: ${{ github.event_name == 'pull_request' }}", "cancel-in-progress: true"),
    (".github/dependabot.yml", "interval: monthly", "interval: yearlong"),
    (".readthedocs.yaml", "commands:", "comands:"),
    ("CITATION.cff", "cff-version:", "version-of-cff:"),
    ("Containerfile", "--from=site", "--from=sight"),
]


def complaints(name, file):
    """What the tool for a file says of it; nothing if it is content."""
    tool, *options = TOOLS[name]
    command = Path(sys.executable).with_name(tool)  # absent, it must fail: nobody would notice that it never ran
    done = subprocess.run([command, *options, file], capture_output=True, text=True, timeout=60, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("name", TOOLS)
def test_it_is_as_the_machines_expect_it(name):
    assert complaints(name, ROOT / name) == ""


@pytest.mark.parametrize(("name", "right", "wrong"), MISTAKES)
def test_a_mistake_would_be_found(name, right, wrong, tmp_path):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert right in text
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    assert complaints(name, file) != ""


def test_a_fork_deploys_only_where_it_has_pages():
    """GitHub refuses a deployment where Pages are off, and the fork's every push would end in red."""
    jobs = yaml.safe_load((ROOT / WORKFLOW).read_text(encoding="utf-8"))["jobs"]
    deploying = [job for job in jobs.values() if any("deploy-pages" in step.get("uses", "") for step in job["steps"])]
    assert [job["if"].split(" && ") for job in deploying] == [
        ["github.ref == 'refs/heads/main'", "github.event.repository.has_pages"]
    ]
