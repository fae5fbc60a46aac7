"""What docstrings say, as reStructuredText that a page can show: the first sentence, the rest, and named things."""

import re
from collections.abc import Iterator
from inspect import cleandoc

SECTIONS = ("Args", "Attributes", "Raises", "Returns", "Yields")
_HEAD = re.compile(rf"^({'|'.join(SECTIONS)}):$", re.MULTILINE)
_ROLE = re.compile(r":(\w+):`~?([^`]+)`")
_SENTENCE = re.compile(r"(?s)\A(.+?[.?!])(?=\s+[A-Z`*]|\s*\Z)")


def plain_roles(text: str) -> str:
    """Return text with names in the place of references: on these pages each name has an entry of its own.

    Of a module its whole name stays, of anything else that in its module. A bar is a bar, and no substitution.
    """

    def name(found: re.Match[str]) -> str:
        kind, target = found.groups()
        within = re.sub(r"^lecture(\.[a-z_\d]+)*\.(?=\w)", "", target)
        return f"``{target if kind == 'mod' else within}``"

    parts = _ROLE.sub(name, text).split("``")
    return "``".join(part if n % 2 else part.replace("|", r"\|") for n, part in enumerate(parts))


def first_sentence(docstring: str) -> str:
    """Return the first sentence of a docstring with its markup, in a line; empty where there is none."""
    head = " ".join(_introduction(docstring).partition("\n\n")[0].split())
    found = _SENTENCE.match(head)
    return found[1] if found else head


def rest(docstring: str) -> str:
    """Return what follows the first sentence: text, then a field for each section."""
    text = cleandoc(docstring)
    intro = _introduction(docstring)
    paragraph, _, more = intro.partition("\n\n")
    first = len(first_sentence(docstring).split())
    left = " ".join(paragraph.split()[first:])
    fields = (_field(name, body) for name, body in _sections(text))
    return "\n\n".join(part for part in (left, more.strip(), "\n".join(fields)) if part)


def named(docstring: str, section: str) -> dict[str, str]:
    """Return what a section, such as ``Attributes``, says of each name, in a line each."""
    found: dict[str, str] = {}
    for name, body in _sections(cleandoc(docstring)):
        if name == section:
            found |= dict(_items(body))
    return found


def _introduction(docstring: str) -> str:
    return plain_roles(_HEAD.split(cleandoc(docstring), maxsplit=1)[0].strip())


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the indented text of each section."""
    pieces = _HEAD.split(text)
    yield from zip(pieces[1::2], (plain_roles(piece) for piece in pieces[2::2]), strict=True)


def _items(body: str) -> Iterator[tuple[str, str]]:
    """Yield each named thing of a section with what is said of it; further lines of an item are indented deeper."""
    for item in re.split(r"\n(?=\S)", cleandoc(body)):
        name, colon, told = item.partition(":")
        if colon:
            yield name.strip(), " ".join(told.split())


def _field(name: str, body: str) -> str:
    if name in ("Returns", "Yields"):
        return f":{name}: {' '.join(body.split())}"
    return f":{name}:\n" + "\n".join(f"    - ``{item}``: {told}" for item, told in _items(body))
