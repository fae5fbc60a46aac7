"""One look for every figure: colours with a fixed meaning, two themes, and the way a gallery script ends."""

import io
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure

LIGHT: Mapping[str, str] = {
    "ink": "#1d1f24", "ink-2": "#5a606b", "paper": "#fdfcf9", "line": "#dedad0",
    "sigmoid": "#ab2a1c", "tanh": "#a96300", "relu": "#1874cb", "residual": "#0c6454",
    "classical": "#7e7248", "deep": "#44308f", "neutral": "#66738a",
}  # fmt: skip
"""Colours on light paper. The names are the meanings: a colour never stands for something else.

The data colours are far enough apart for eyes that lack a kind of cone, and dark enough for letters; a test measures
both. ``book/_static/palette.css`` says the same colours to the pages.
"""

DARK: Mapping[str, str] = {
    "ink": "#e6e3dc", "ink-2": "#a9a79f", "paper": "#16181c", "line": "#33373e",
    "sigmoid": "#dd6955", "tanh": "#e2a032", "relu": "#48b1de", "residual": "#5ee8cf",
    "classical": "#dccb98", "deep": "#7b8af0", "neutral": "#958792",
}  # fmt: skip
"""The same colours on dark paper."""

VERDICTS: Mapping[str, str] = {
    "holds": "#037c4f", "in_part": "#9b600c", "fails": "#af2831", "undecided": "#3a55b4", "opinion": "#6f3a82",
    "untested": "#686681",
}  # fmt: skip
"""Colours of the verdicts on light paper; a word and a sign always stand beside them."""

FILES = ("agg", "cairo", "pdf", "pgf", "ps", "svg", "template")
"""matplotlib's backends that write files and have no window."""


def use(theme: Mapping[str, str] = LIGHT) -> Mapping[str, str]:
    """Set matplotlib up for the book's figures and return the colours by meaning."""
    mpl.rcParams.update(
        {
            "figure.figsize": (7.2, 3.8), "figure.constrained_layout.use": True,
            "figure.facecolor": "none", "axes.facecolor": "none", "savefig.facecolor": "none",
            "svg.fonttype": "none", "svg.hashsalt": "lecture", "font.size": 11,
            "font.family": ["sans-serif"], "font.sans-serif": ["DejaVu Sans"],
            "text.color": theme["ink"], "axes.labelcolor": theme["ink-2"], "axes.edgecolor": theme["line"],
            "xtick.color": theme["line"], "ytick.color": theme["line"],
            "xtick.labelcolor": theme["ink-2"], "ytick.labelcolor": theme["ink-2"],
            "axes.titlelocation": "left", "axes.titlesize": 11, "axes.titleweight": "bold",
            "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True,
            "axes.grid": True, "axes.grid.axis": "y", "grid.color": theme["line"], "grid.linewidth": 0.6,
            "lines.linewidth": 2, "lines.solid_capstyle": "round", "legend.frameon": False,
            "axes.prop_cycle": cycler(color=[theme["deep"], theme["classical"], theme["relu"], theme["sigmoid"]]),
        }
    )  # fmt: skip
    return theme


def show(figure: Figure, *, alt: str, data: pd.DataFrame) -> None:
    """End a gallery script: show the figure, or save it where there is no window.

    Args:
        figure: The finished figure.
        alt: What it shows, with the measured values, for somebody who cannot see it.
        data: The numbers that are drawn, offered to readers as CSV.
    """
    figure.lecture = {"alt": alt, "data": data}  # type: ignore[attr-defined]  # the book's scraper reads it here
    if _called_by_the_gallery():
        return
    if mpl.get_backend().lower() in FILES:
        path = Path(sys.argv[0]).with_suffix(".png").name
        figure.savefig(path, dpi=200, facecolor=LIGHT["paper"])
        print(f"{alt}\nNo window here: saved as {path}")
    else:
        plt.show()


def as_svg(figure: Figure) -> str:
    """Return the figure as SVG, the same text for the same figure: no date, no random ids."""
    with io.StringIO() as stream, mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "lecture"}):
        figure.savefig(stream, format="svg", metadata={"Date": None})
        return stream.getvalue()


def _called_by_the_gallery() -> bool:
    """Tell whether sphinx-gallery runs the script; that it is merely imported, as in a test, does not count."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if frame.f_globals.get("__name__", "").startswith("sphinx_gallery."):
            return True
        frame = frame.f_back
    return False


def name_line(axes: Axes, x: float, y: float, text: str, colour: str, dy: float = 0.0, ha: str = "left") -> None:
    """Write a line's name where the line ends, in its colour: nobody has to look up a legend.

    Args:
        axes: The panel.
        x: End of the line, in data coordinates.
        y: End of the line, in data coordinates.
        text: The name.
        colour: The line's colour.
        dy: Shift in points, to keep two names apart.
        ha: ``"left"`` writes to the right of the point, ``"right"`` to its left.
    """
    shift = 6 if ha == "left" else -6
    axes.annotate(
        text, (x, y), (shift, dy), textcoords="offset points", color=colour, va="center", ha=ha, annotation_clip=False
    )
