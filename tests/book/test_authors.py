"""An author follows CONTRIBUTING to the letter: a new script, a claim with its chapter, a chapter by another name."""

import contextlib
import json
import re
import shutil
from html import unescape
from textwrap import dedent

import pytest
from tests.book.test_build import edited

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


def built(book):
    result = book.build()
    assert result.status == 0, result.said
    return result


def page(book, name):
    return unescape((book.published / f"{name}.html").read_text(encoding="utf-8"))


def test_a_new_script_is_a_figure_a_page_and_in_the_gallery(book):
    script = SCRIPT.replace("chance.coins", "gradient_vanishing.sigmoid").replace("Coins", "Sigmoid")
    script = (
        script.replace("C31", "C09").replace('"seed"', '"x"').replace('"heads"', '"slope"').replace("heads", "slope")
    )
    chapter = book.folder / "book" / "gradient_vanishing.md"
    figure = "\n```{gallery} gradient_vanishing/plot_new\nWhat it shows.\n```\n"
    with added(book.folder, **{"gallery/gradient_vanishing/plot_new.py": script}):
        with edited(chapter, lambda text: text + figure):
            result = built(book)
        assert result.scripts == 1
        assert result.executed == []
        assert "The share of slope is" in page(book, "gradient_vanishing")
        assert "How coins fall" in page(book, "gallery/index")
        assert "How coins fall" in page(book, "gallery/gradient_vanishing/plot_new")
    built(book)
    assert "How coins fall" not in page(book, "gallery/index")
    assert not (book.published / "gallery/gradient_vanishing/plot_new.html").exists()


def test_a_new_claim_brings_experiment_figure_and_chapter(book):
    files = {
        "src/lecture/experiments/chance/__init__.py": '"""Experiments on chance."""',
        "src/lecture/experiments/chance/coins.py": EXPERIMENT,
        "src/lecture/claims/chance/__init__.py": '"""Claims on chance."""',
        "src/lecture/claims/chance/c31_coins.py": CLAIM,
        "gallery/chance/GALLERY_HEADER.rst": "Chance\n------\n",
        "gallery/chance/plot_coins.py": SCRIPT,
        "book/chance.md": PAGE,
    }
    talk = book.folder / "src/lecture/claims/talk.py"
    contents = book.folder / "book" / "_toc.yml"
    with (
        added(book.folder, **files),
        edited(talk, lambda text: text.replace('\n"""  # noqa: E501', f'\n{STATEMENT}"""  # noqa: E501')),
        edited(
            contents,
            lambda text: text.replace("      - file: summary\n", "      - file: summary\n      - file: chance\n"),
        ),
    ):
        result = built(book)
        assert "chance.coins: computed in" in result.said
        assert result.scripts == 1
        shown = page(book, "chance")
        assert 'id="claim-C31"' in shown
        assert "Heads come up as often as tails" in shown
        assert "100 throws" in shown
        assert "The share of heads is" in shown
        for name in ("ledger", "talk"):
            assert "A coin is fair." in page(book, name)
        for name in ("index", "history"):
            assert 'href="chance.html"' in page(book, name)
        assert "How coins fall" in page(book, "gallery/index")
        assert "Throws of a coin." in re.sub("<[^>]+>", "", page(book, "code/C31"))
        told = json.loads(book.run("lecture", "claims", "--json").said)
        assert [part["verdict"] for claim in told if claim["id"] == "C31" for part in claim["parts"]] == ["holds"]
    shutil.rmtree(book.cache / "chance.coins")
    built(book)
    assert not (book.published / "chance.html").exists()
    assert "A coin is fair." not in page(book, "ledger")


def test_a_chapter_by_another_name_keeps_its_claims_figures_and_links(book):
    folder = book.folder / "book"
    links = [path for path in folder.glob("*.md") if "(data.md" in path.read_text(encoding="utf-8")]
    with contextlib.ExitStack() as stack:
        for path in links:
            stack.enter_context(edited(path, lambda text: text.replace("(data.md", "(labels.md")))
        stack.enter_context(edited(folder / "_toc.yml", lambda text: text.replace("file: data\n", "file: labels\n")))
        (folder / "data.md").rename(folder / "labels.md")
        stack.callback((folder / "labels.md").rename, folder / "data.md")
        built(book)
        assert not (book.published / "data.html").exists()
        assert 'id="claim-C16"' in page(book, "labels")
        for name in ("index", "ledger", "history", "talk"):
            assert "data.html" not in re.sub(r"gallery/\S*", "", page(book, name)), name
            assert "labels.html" in page(book, name)
    built(book)
    assert 'id="claim-C16"' in page(book, "data")
