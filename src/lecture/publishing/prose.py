"""What can be read off a page's source: its title, how long it takes to read, where it treats a claim."""

import re
from collections.abc import Iterator
from pathlib import Path

WORDS_A_MINUTE = 200


def reading_minutes(written: str) -> int:
    """Estimate the time to read a page: its words without code and directives' fences."""
    prose = re.sub(r"^---\n.*?\n---\n|```\{code-cell\}.*?```", "", written, flags=re.DOTALL)
    return max(1, round(len(prose.split()) / WORDS_A_MINUTE))


def title_of(written: str, default: str) -> str:
    """Return the page's title: its first heading."""
    found = re.search(r"^# (.+)$", written, flags=re.MULTILINE)
    return found[1].strip() if found else default


def figures_in(written: str) -> list[tuple[str, int]]:
    """Return the figures that a page shows, in order: the gallery script of each, and which of its figures."""
    found = re.findall(r"^`{3,}\{gallery\} +(\S+)(?: +(\d+))?", written, flags=re.MULTILINE)
    return [(script, int(number or 1)) for script, number in found]


def places(folder: Path, id: str) -> Iterator[str]:
    """Yield the places, ``book/page.md:line``, where the pages show a claim's card."""
    for page in sorted(folder.glob("*.md")):
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            if "{claim}" in line and id in line:
                yield f"{folder.name}/{page.name}:{number}"
