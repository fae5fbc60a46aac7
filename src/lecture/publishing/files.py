"""Files that a build makes again."""

from pathlib import Path


def write_changed(path: Path, text: str) -> None:
    """Write a file unless it says the same already: a newer file would have its pages read again.

    Args:
        path: Where; its folder exists.
        text: What it is to say, in UTF-8.
    """
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
