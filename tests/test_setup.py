"""Set-up: an environment in whatever state works by itself, or one line says what to do; nothing is installed here."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from jupyter_book.config import get_final_config
from sphinx_autobuild.__main__ import _parse_args
from sphinx_autobuild.filter import IgnoreFilter

ROOT = Path(__file__).parents[1]
PYTHON = """#!/bin/sh
# Stands for Python, here and in an environment that it makes: writes down what it is asked for.
echo "$*" >> "$JOURNAL"
case "$*" in
  "-m venv "*)
    for folder; do :; done
    [ "$3" = --clear ] && rm -rf "$folder" && mkdir "$folder"
    mkdir -p "$folder/bin" && touch "$folder/pyvenv.cfg" && rm -f "$folder/bin/python" && cp "$0" "$folder/bin/python"
    printf '#!/bin/sh\\necho built >> "$JOURNAL"\\n' > "$folder/bin/jupyter-book" && chmod +x "$folder/bin/jupyter-book"
    [ -z "$HALF" ] || exit 1
    touch "$folder/pip" ;;
  *pip*--version) [ -e "$(dirname "$0")/../pip" ] ;;
  "-m ensurepip") [ -z "$BARE" ] && touch "$(dirname "$0")/../pip" ;;
esac
"""
MADE, ANEW, BUILT = "-m venv .venv", "-m venv --clear .venv", "built"


class Project:
    """A folder with this project's Makefile and a Python that installs nothing."""

    def __init__(self, folder):
        self.folder = folder
        self.venv = folder / ".venv"
        self.journal = folder.parent / "journal"

    def begin(self):
        self.folder.mkdir()
        shutil.copy(ROOT / "Makefile", self.folder)
        for name in ("pyproject.toml", "constraints.txt"):
            (self.folder / name).touch()
        (self.folder / "python").write_text(PYTHON)
        (self.folder / "python").chmod(0o755)
        return self

    def make(self, goal="book", **variables):
        """Return the status of a goal, what it wrote on stderr, and which of our commands it ran."""
        self.journal.write_text("")
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "VIRTUAL"))}
        done = subprocess.run(
            ["make", goal, "PYTHON=./python"], cwd=self.folder, capture_output=True, text=True, check=False, timeout=60,
            env=bare | {"JOURNAL": str(self.journal)} | variables,
        )  # fmt: skip
        return done.returncode, done.stderr, self.journal.read_text().splitlines()


@pytest.fixture(params=["project", "Bob's project"])
def project(tmp_path, request):
    return Project(tmp_path / request.param).begin()


def test_the_first_time_and_the_second(project):
    status, said, ran = project.make()
    assert (status, said) == (0, "")
    assert ran[0] == MADE
    assert ran[-2:] == ["-m pip --disable-pip-version-check install -q -c constraints.txt -e .[book,imagenet]", BUILT]
    assert [line for line in project.make()[2] if line != "-c "] == [BUILT]


def test_changed_dependencies_are_installed(project):
    project.make()
    os.utime(project.venv / "book.stamp", (1, 1))
    ran = project.make()[2]
    assert MADE not in ran
    assert any("install" in line for line in ran)


@pytest.mark.parametrize("move", [shutil.copytree, shutil.move], ids=["copied", "moved"])
def test_copied_or_moved_with_its_folder_it_is_made_anew(project, tmp_path, move):
    project.make()
    other = Project(tmp_path / "other")
    move(project.folder, other.folder)
    status, said, ran = other.make()
    assert status == 0
    assert said == f"make: .venv was set up for {project.folder}: making it anew\n"
    assert ran[-1] == BUILT
    assert ANEW in ran
    assert [line for line in other.make()[2] if line != "-c "] == [BUILT]


def test_an_environment_whose_python_is_gone_is_made_anew(project):
    project.make()
    (project.venv / "bin" / "python").unlink()
    (project.venv / "bin" / "python").symlink_to("/gone/python3.11")
    status, said, ran = project.make()
    assert (status, said) == (0, "make: .venv has no Python that starts: making it anew\n")
    assert ANEW in ran
    assert ran[-1] == BUILT


def test_one_that_is_no_environment_is_left_alone(project):
    project.venv.mkdir()
    (project.venv / "thesis.txt").write_text("mine")
    status, said, ran = project.make()
    assert status != 0
    assert said.splitlines()[0] == (
        "make: .venv has no Python that starts: move it away, or name another folder: make VENV=.venv-book book"
    )
    assert ran == []
    assert (project.venv / "thesis.txt").read_text() == "mine"


def test_one_shared_with_another_checkout_is_left_alone(project, tmp_path):
    project.make()
    other = Project(tmp_path / "other").begin()
    other.venv.symlink_to(project.venv)
    status, said, ran = other.make()
    assert status != 0
    assert said.startswith(
        f"make: .venv was set up for {project.folder}: move it away, or name another folder: make VENV="
    )
    assert not any("install" in line for line in ran)
    assert (project.venv / "book.stamp").exists()


@pytest.mark.parametrize("filled", [False, True], ids=["just made", "in use"])
def test_one_without_pip_gets_it(project, filled):
    """As uv makes it, or as Debian leaves it when python3-venv is missing."""
    if filled:
        project.make()
        os.utime(project.venv / "book.stamp", (1, 1))
    else:
        project.make(HALF="yes", BARE="yes")
    (project.venv / "pip").unlink(missing_ok=True)
    status, said, ran = project.make()
    assert (status, said) == (0, "")
    assert "-m ensurepip" in ran
    assert ran[-1] == BUILT


def test_half_made_for_want_of_pip_a_line_says_what_to_install(project):
    status, said, ran = project.make(HALF="yes", BARE="yes", PATH="/usr/bin:/bin")
    assert status != 0
    assert "make: .venv has no pip: install venv (Debian: apt install python3-venv) or uv, then the same again" in said
    assert BUILT not in ran


@pytest.mark.parametrize("browser", ["chromium", "chromium-browser", "google-chrome"])
def test_a_browser_that_is_there_is_enough(project, tmp_path, browser):
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("sh", "cat", "touch", "rm", "cp", "mkdir", "chmod", "dirname", "date", "make", "uname"):
        (tools / tool).symlink_to(shutil.which(tool))
    (tools / browser).symlink_to("/bin/true")
    assert project.make(".venv/test.stamp", PATH=str(tools))[:2] == (0, "")
    (project.venv / "test.stamp").unlink()
    (tools / browser).unlink()
    assert "playwright" in project.make(".venv/test.stamp", PATH=str(tools))[1], "else this test could not fail"


def serve(*settings, **environment):
    """Return what sphinx-autobuild makes of ``make serve``: its own arguments and those for Sphinx."""
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    done = subprocess.run(
        ["make", "-n", "serve", *settings],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=clean | environment,
    )
    return _parse_args(shlex.split(done.stdout.splitlines()[-1])[1:])


def test_serve_says_where_and_shows_drafts(monkeypatch):
    monkeypatch.chdir(ROOT)
    arguments, sphinx = serve()
    assert (arguments.host, arguments.port) == ("127.0.0.1", 8000)
    assert "lecture_draft=1" in sphinx
    arguments, _ = serve("HOST=192.168.1.5", "PORT=8123")
    assert (arguments.host, arguments.port) == ("192.168.1.5", 8123)


@pytest.mark.skipif(os.uname().sysname == "Darwin", reason="there is always a screen")
def test_serve_opens_a_browser_only_before_a_screen(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert not serve()[0].open_browser
    assert serve(DISPLAY=":0")[0].open_browser
    assert serve(WAYLAND_DISPLAY="wayland-0")[0].open_browser
    assert not serve(DISPLAY="localhost:10.0", SSH_CONNECTION="10.0.0.1 1 10.0.0.2 22")[0].open_browser


def test_serve_watches_what_the_book_is_made_of_and_not_what_it_makes(monkeypatch):
    monkeypatch.chdir(ROOT)
    arguments, _ = serve()
    ignored = IgnoreFilter([*arguments.ignore, arguments.outdir, arguments.doctree_dir], arguments.re_ignore)
    watched = [arguments.sourcedir, *map(Path, arguments.additional_watched_dirs)]

    def rebuilds(name):
        path = ROOT / name
        return any(path.is_relative_to(place.resolve()) for place in watched) and not ignored(str(path))

    sources = [
        "book/history.md", "book/_toc.yml", "book/_templates/layout.html", "book/_static/page.css",
        "book/references.bib", "src/lecture/style.py", "gallery/history/plot_alexnet.py", "_config.yml", "CITATION.cff",
    ]  # fmt: skip
    made = [
        "book/gallery/history/plot_alexnet.rst", "book/gallery/index.rst", "_build/html/index.html",
        "src/lecture/__pycache__/style.cpython-311.pyc", "src/lecture.egg-info/SOURCES.txt",
        "book/.history.md.swp", "book/4913", "book/history.md~", "book/.#history.md",
    ]  # fmt: skip
    assert [name for name in sources if not rebuilds(name)] == []
    assert [name for name in made if rebuilds(name)] == []


@pytest.mark.filterwarnings("ignore:'BaseCommand':DeprecationWarning")  # jupyter-book's own
def test_plain_sphinx_gets_the_configuration_that_jupyter_book_gives(monkeypatch):
    """Else ``make serve`` after ``make book`` reads everything again: one value differs, and Sphinx trusts no page."""
    from jupyter_book import sphinx
    from jupyter_book.cli import main as cli

    asked = {}
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sphinx, "build_sphinx", lambda *places, **options: asked.update(options) or 0)
    monkeypatch.setattr(cli, "builder_specific_actions", lambda *_: None)
    assert CliRunner().invoke(cli.main, ["build", "book"]).exit_code == 0
    theirs, _ = get_final_config(
        user_yaml=Path(asked["path_config"]), sourcedir=ROOT / "book", cli_config=asked["confoverrides"]
    )
    ours = {"__file__": str(ROOT / "book" / "conf.py")}
    exec((ROOT / "book" / "conf.py").read_text(encoding="utf-8"), ours)
    assert theirs
    assert {name: ours.get(name) for name in theirs} == theirs


def test_the_readme_installs_alike_in_both_shells():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    bash, powershell = (
        "\n".join(re.findall(rf"```{shell}\n(.*?)```", readme, re.DOTALL)) for shell in ("console", "powershell")
    )
    lines = [set(re.findall(r"pip install -c .*", text)) for text in (bash, powershell)]
    assert len(lines[0]) == 2
    assert lines[0] == lines[1]
