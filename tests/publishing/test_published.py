"""What publishes the site, read by tools that know its formats: a mistake in it would show only after it was pushed.

Each tool is also shown a mistake, since one that no longer looks would pass everything.
"""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOW, WEEKLY = ".github/workflows/pages.yml", ".github/workflows/weekly.yml"
TOOLS = {
    WORKFLOW: ["jactionlint", "--no-online", "--shellcheck=", "--strict-exit"],
    WEEKLY: ["jactionlint", "--no-online", "--shellcheck=", "--strict-exit"],
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
    (WEEKLY, "needs: recompute", "needs: compute"),
    (WEEKLY, "steps.pinned.outcome", "steps.pin.outcome"),
    (WEEKLY, "system: [ubuntu-latest, macos-latest, windows-latest]", "machine: [ubuntu-latest]"),
    (WEEKLY, "17 3 * * 1", "17 25 * * 1"),
    (WEEKLY, "persist-credentials: false", "fetch-depth: 1"),
    (WEEKLY, "d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7"),
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
    for other in TOOLS:  # a workflow may call another
        (tmp_path / other).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / other, tmp_path / other)
    file = tmp_path / name
    assert complaints(name, file) == "", "else any complaint would do"
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    assert complaints(name, file) != ""


def test_a_fork_deploys_only_where_it_has_pages():
    """GitHub refuses a deployment where Pages are off, and the fork's every push would end in red."""
    jobs = yaml.safe_load((ROOT / WORKFLOW).read_text(encoding="utf-8"))["jobs"]
    deploying = [job for job in jobs.values() if any("deploy-pages" in step.get("uses", "") for step in job["steps"])]
    assert [job["if"].split(" && ") for job in deploying] == [
        ["github.ref == 'refs/heads/main'", "github.event.repository.has_pages"]
    ]


def commands(workflow):
    """Return each command that a workflow runs, as words."""
    text = yaml.safe_load((ROOT / workflow).read_text(encoding="utf-8"))
    steps = [step for job in text["jobs"].values() for step in job.get("steps", [])]
    lines = [line for step in steps for line in step.get("run", "").splitlines()]
    return [shlex.split(line.partition("|")[0], comments=True) for line in lines]


def subcommands():
    """Return the names of the commands of ``lecture``."""
    from lecture.cli import commands, judging, travelling  # noqa: F401 - each adds its own to the app
    from lecture.cli.options import app

    return {command.name or command.callback.__name__ for command in app.registered_commands}


@pytest.mark.parametrize("workflow", [WORKFLOW, WEEKLY])
def test_what_a_workflow_runs_is_there(workflow):
    goals = re.findall(r"^([^\s#:=]+):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    goals = {goal.replace("$(VENV)", ".venv") for goal in goals}
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    seen = []
    for tool, *words in filter(None, commands(workflow)):
        name = Path(tool).name
        if name == "make":
            assert words[0] in goals
        elif name == "lecture":
            assert words[0] in subcommands()
        elif name == "python" and words[0].startswith("gallery/"):
            assert (ROOT / words[0]).is_file()
        elif name == "python" and words[:3] == ["-m", "pip", "install"]:
            assert set(words[-1].removeprefix(".[").removesuffix("]").split(",")) <= extras.keys()
        else:
            continue
        seen.append(name)
    assert seen, "no command was recognised"
    assert workflow == WORKFLOW or {"make", "lecture", "python"} == set(seen)


def test_once_a_week_three_scripts_run_on_three_systems():
    jobs = yaml.safe_load((ROOT / WEEKLY).read_text(encoding="utf-8"))["jobs"]
    systems = jobs["systems"]["strategy"]["matrix"]["system"]
    assert {system.partition("-")[0] for system in systems} == {"ubuntu", "macos", "windows"}
    assert sum("gallery/" in step.get("run", "") for step in jobs["systems"]["steps"]) == 3


def test_a_verdict_that_changes_is_not_lost_on_the_way_to_the_summary():
    """``lecture reproduce | tee`` succeeds whatever happened, unless the shell has pipefail."""
    recompute = yaml.safe_load((ROOT / WEEKLY).read_text(encoding="utf-8"))["jobs"]["recompute"]
    piped = [step for step in recompute["steps"] if "reproduce" in step.get("run", "")]
    assert len(piped) == 2
    assert recompute["defaults"]["run"]["shell"] == "bash"  # GitHub adds -o pipefail to a shell that is named
    assert not any("continue-on-error" in step for step in piped)
