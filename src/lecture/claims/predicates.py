"""What was known when: since when each part has its present predicate, and whether its reported seeds had been seen.

``predicates.csv`` beside this module has a row for each part that is judged by records. A digest binds the row to the
predicate, so that nobody can change one without saying when, and after having seen what; a test holds them together.
"""

import ast
import csv
import inspect
import sys
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from lecture.claims.claim import Part

FILE = Path(__file__).with_name("predicates.csv")


@dataclass(frozen=True)
class Change:
    """The last change of a predicate.

    Attributes:
        date: The day, ``"2026-11-29"``.
        seen: Whether the results of the reported seeds, under the rule before, had been seen by then.
        digest: Of the predicate.
        note: What a reader should know of how it came about.
    """

    date: str
    seen: bool
    digest: str
    note: str = ""


@cache
def changes() -> dict[str, Change]:
    """Return the last change of each part's predicate, by the part's id, ``"C12.a"``."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["part"]: Change(row["changed"], row["seen"] == "yes", row["digest"], row["note"])
            for row in csv.DictReader(file)
        }


def digest(part: Part) -> str:
    """Return eight digits that change with a part's predicate: its module's code, its bar, and what would refute it.

    Wording does not count: comments, docstrings, strings with a space in them, and the claim's own texts.

    Raises:
        ValueError: The part has no predicate.
    """
    from lecture.records.fingerprint import normal_form  # here, not above: it imports torch

    if part.judge is None:
        raise ValueError(f"part {part.key} has no predicate")
    module = sys.modules[part.judge.__module__]
    tree = ast.parse(inspect.getsource(module))
    tree.body = [statement for statement in tree.body if not _is_claim(statement)]
    code = normal_form(ast.unparse(_Wordless().visit(tree)))
    bar = part.smallest.value if part.smallest else None
    return sha256(repr((code, bar, part.refuted_by)).encode()).hexdigest()[:8]


class _Wordless(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        is_words = isinstance(node.value, str) and " " in node.value
        return ast.Constant("") if is_words else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.Constant:
        return ast.Constant("")


def _is_claim(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) in ("CLAIM", "PART")
