"""An author follows CONTRIBUTING to the letter: a new script, a claim with its chapter, a chapter by another name."""

import contextlib
import json
import re
import shutil
from dataclasses import dataclass
from html import unescape
from textwrap import dedent

import pytest
from tests.book.test_build import edited
from tests.site import Result

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("book")]

EXPERIMENT = '''
    """Coins that fall."""

    from dataclasses import dataclass
    from typing import ClassVar

    import numpy as np
    import pandas as pd
    import torch

    from lecture.experiments.experiment import Experiment


    @dataclass(frozen=True, kw_only=True)
    class Coins(Experiment):
        """Throws of a coin.

        Attributes:
            throws: Throws a seed.
        """

        throws: int = 1000

        size: ClassVar[str] = "{throws} throws"
        presets: ClassVar = {"smoke": {"throws": 100}, "full": {}}
        core_seconds: ClassVar[float] = 0.1

        def run(self, device: torch.device) -> pd.DataFrame:
            """Return the share of heads for each seed."""
            seeds = list(self.seed_range())
            heads = [np.random.default_rng(seed).binomial(self.throws, 0.5) / self.throws for seed in seeds]
            return pd.DataFrame({"seed": seeds, "heads": heads})
'''
CLAIM = '''
    """C31: a coin is fair."""

    import pandas as pd

    from lecture.claims.claim import Claim, Finding, Part, Quantity, Smallest, conclude
    from lecture.claims.verdict import Verdict
    from lecture.statistics import compare


    def judge(coins: pd.DataFrame) -> Finding:
        """Ask whether heads come up more often than one time in four."""
        return conclude(compare(coins["heads"] - 0.25, smallest=0.1))


    CLAIM = Claim(
        id="C31",
        headline="Heads come up as often as tails",
        expected=(Verdict.HOLDS,),
        parts=(
            Part(
                quantity=Quantity("share of heads, less a quarter", "", ".2f"),
                smallest=Smallest(0.1, "less would not be seen at play"),
                refuted_by="Heads come up less often than a third of the time.",
                judge=judge,
            ),
        ),
        figure="chance/plot_coins",
    )
'''
SCRIPT = '''
    """
    How coins fall
    ==============

    The share of heads. Claim C31 says that a coin is fair.
    """

    import matplotlib.pyplot as plt

    from lecture import style
    from lecture.experiments.chance.coins import Coins
    from lecture.records import read

    colour = style.use()
    table = read(Coins.preset())
    figure, axes = plt.subplots(figsize=(7.2, 3))
    axes.plot(table["seed"], table["heads"], "o", color=colour["deep"])
    axes.set(title="Heads", xlabel="seed", ylabel="share")
    style.show(figure, alt=f"The share of heads is {table['heads'].mean():.2f} on average.", data=table)
'''
PAGE = """
    ---
    file_format: mystnb
    kernelspec:
      name: python3
      display_name: Python 3
    ---

    # Chance

    ```{claim} C31
    ```

    Heads less a quarter: {measured}`C31.a`, and the claim {verdict}`C31`; {setting}`chance.coins.throws` throws.

    ```{gallery} chance/plot_coins
    Each dot is a seed.
    ```

    ```{provenance}
    ```
"""
STATEMENT = "C31 | 9:59 | chance | A coin is fair.\n  a | mechanism | Heads come up more often than one time in four.\n"


@contextlib.contextmanager
def added(root, **files):
    """Add files for a while, each text by its path."""
    made = []
    try:
        for name, text in files.items():
            path = root / name
            made += [folder for folder in reversed(path.parents) if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text).lstrip(), encoding="utf-8")
            made.append(path)
        yield
    finally:
        for path in reversed(made):
            if path.is_dir():
                for cached in path.rglob("*.py[co]"):
                    cached.unlink()
                for cached in path.rglob("__pycache__"):
                    cached.rmdir()
                path.rmdir()
            else:
                path.unlink()


@dataclass(frozen=True)
class Grown:
    """The book with what an author added.

    Attributes:
        result: How its build ended.
        pages: What was published, by name.
        claims: What ``lecture claims --json`` said.
    """

    result: Result
    pages: dict[str, str]
    claims: list[dict]


def published(book):
    names = {path.relative_to(book.published).as_posix(): path for path in book.published.rglob("*.html")}
    return {name.removesuffix(".html"): unescape(path.read_text(encoding="utf-8")) for name, path in names.items()}


def built(book):
    result = book.build()
    assert result.status == 0, result.said
    return result


@pytest.fixture(scope="module")
def grown(book):
    """The book with a new script, a new claim and a chapter by another name; afterwards it is as before, and built."""
    new = SCRIPT.replace("chance.coins", "gradient_vanishing.sigmoid").replace("Coins", "Sigmoid")
    new = new.replace("C31", "C09").replace('"seed"', '"x"').replace('"heads"', '"slope"').replace("heads", "slope")
    files = {
        "gallery/gradient_vanishing/plot_new.py": new.replace("How coins fall", "How hills fall"),
        "src/lecture/experiments/chance/__init__.py": '"""Experiments on chance."""',
        "src/lecture/experiments/chance/coins.py": EXPERIMENT,
        "src/lecture/claims/chance/__init__.py": '"""Claims on chance."""',
        "src/lecture/claims/chance/c31_coins.py": CLAIM,
        "gallery/chance/GALLERY_HEADER.rst": "Chance\n------\n",
        "gallery/chance/plot_coins.py": SCRIPT,
        "book/chance.md": PAGE,
    }
    folder, talk = book.folder / "book", book.folder / "src/lecture/claims/talk.py"
    figure = "\n```{gallery} gradient_vanishing/plot_new\nWhat it shows.\n```\n"
    changes = [
        (folder / "gradient_vanishing.md", lambda text: text + figure),
        (talk, lambda text: text.replace('\n"""  # noqa: E501', f'\n{STATEMENT}"""  # noqa: E501')),
        (folder / "_toc.yml", lambda text: text.replace("file: data\n", "file: labels\n      - file: chance\n")),
    ]
    for path in folder.glob("*.md"):
        if "(data.md" in path.read_text(encoding="utf-8"):
            changes.append((path, lambda text: text.replace("(data.md", "(labels.md")))
    with contextlib.ExitStack() as stack:
        stack.enter_context(added(book.folder, **files))
        for path, change in changes:
            stack.enter_context(edited(path, change))
        (folder / "data.md").rename(folder / "labels.md")
        stack.callback((folder / "labels.md").rename, folder / "data.md")
        result = built(book)
        found = Grown(result, published(book), json.loads(book.run("lecture", "claims", "--json").said))
    shutil.rmtree(book.cache / "chance.coins")
    built(book)
    return found


def test_a_new_script_is_a_figure_a_page_and_in_the_gallery(grown):
    assert grown.result.scripts == 2  # and the new claim's
    assert not {"gradient_vanishing.md", "history.md"} & {*grown.result.executed}
    assert "The share of slope is" in grown.pages["gradient_vanishing"]
    for name in ("gallery/index", "gallery/gradient_vanishing/plot_new"):
        assert "How hills fall" in grown.pages[name]


def test_a_new_claim_brings_experiment_figure_and_chapter(grown):
    assert "chance.coins: computed in" in grown.result.said
    shown = grown.pages["chance"]
    assert 'id="claim-C31"' in shown
    assert "Heads come up as often as tails" in shown
    assert "100 throws" in shown
    assert "The share of heads is" in shown
    for name in ("ledger", "talk"):
        assert "A coin is fair." in grown.pages[name]
    for name in ("index", "history"):
        assert 'href="chance.html"' in grown.pages[name]
    assert "How coins fall" in grown.pages["gallery/index"]
    assert "Throws of a coin." in re.sub("<[^>]+>", "", grown.pages["code/C31"])
    assert [part["verdict"] for claim in grown.claims if claim["id"] == "C31" for part in claim["parts"]] == ["holds"]


def test_a_chapter_by_another_name_keeps_its_claims_figures_and_links(grown):
    assert "data" not in grown.pages
    assert 'id="claim-C16"' in grown.pages["labels"]
    for name in ("index", "ledger", "history", "talk"):
        assert "data.html" not in re.sub(r"gallery/\S*", "", grown.pages[name]), name
        assert "labels.html" in grown.pages[name]


def test_what_is_taken_away_again_leaves_nothing_behind(book, grown):
    now = published(book)
    assert grown.pages.keys() - now.keys() == {
        "chance", "labels", "code/C31", "gallery/chance/index", "gallery/chance/plot_coins",
        "gallery/gradient_vanishing/plot_new",
    }  # fmt: skip
    assert 'id="claim-C16"' in now["data"]
    for name in ("ledger", "gallery/index"):
        assert not re.search(r"A coin is fair|How (coins|hills) fall", now[name])
