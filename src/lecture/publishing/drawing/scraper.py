"""What sphinx-gallery calls after each block of a gallery script: saves the figures that ``style.show`` finished."""

import io
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lecture.publishing.drawing.svg import standalone, tidy

if TYPE_CHECKING:  # sphinx-gallery imports this module at every build, also where no script will run
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 160
"""Of the PNG. A PDF would be a third of the size and take twice the time: ten seconds more at every first build."""
NARROW = 4.0  # inches: at 360 pixels the type is then 14 pixels high
PANEL = 2.9  # inches: height of one panel on a phone
TALL = 3.2  # inches: the most that a lone panel gets there


def scrape(block: Any, block_vars: dict[str, Any], gallery_conf: dict[str, Any]) -> str:
    """Save every finished figure in all its forms and return the reStructuredText that shows it.

    A figure becomes ``NAME.wide.svg`` and ``NAME.narrow.svg`` for the page, ``NAME.light.svg`` and ``NAME.dark.svg``
    for lists and e-books, ``NAME.png`` for paper, and ``NAME.csv`` to download; NAME is sphinx-gallery's, without the
    folder's path.
    """
    import matplotlib.pyplot as plt

    shown = []
    for figure in map(plt.figure, plt.get_fignums()):
        finish = getattr(figure, "lecture", None)
        if finish is None:
            continue
        path = Path(next(block_vars["image_path_iterator"]))
        save(figure, path, **finish)
        inside = path.with_suffix("").relative_to(gallery_conf["src_dir"]).as_posix()
        shown.append(f"\n.. gallery-figure:: {inside}\n")
        plt.close(figure)
    return "".join(shown)


def save(figure: "Figure", path: Path, alt: str, data: "pd.DataFrame") -> None:
    """Write the figure's files beside ``path`` (a PNG); a file that would not change is left alone."""
    from lecture.style import DARK, LIGHT, as_svg

    wide, layout = tidy(as_svg(figure), alt), figure.get_layout_engine()
    figure.set_layout_engine("none")  # where things stand is known now: to find it takes longer than to draw them
    with io.BytesIO() as stream:
        figure.savefig(stream, format="png", dpi=DPI)
        _write_changed(path, stream.getvalue())
    figure.set_layout_engine(layout)
    _write_changed(path.with_suffix(".csv"), data.to_csv(index=False))
    _write_changed(path.with_suffix(".wide.svg"), wide)
    for name, theme in (("light", LIGHT), ("dark", DARK)):
        _write_changed(path.with_suffix(f".{name}.svg"), standalone(wide, theme))
    restack(figure)
    _write_changed(path.with_suffix(".narrow.svg"), tidy(as_svg(figure), alt))


def _write_changed(path: Path, content: str | bytes) -> None:
    """Write a file unless it says the same already: a newer file would have its pages read again.

    Args:
        path: Where; its folder exists.
        content: What it is to say; text in UTF-8.
    """
    data = content.encode() if isinstance(content, str) else content
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def restack(figure: "Figure") -> None:
    """Lay the figure out for a phone: panels that stood side by side one below the other, everything at phone width."""
    panels = [axes for axes in figure.axes if axes.get_subplotspec() is not None and not hasattr(axes, "_colorbar")]
    columns = max((axes.get_subplotspec().get_gridspec().ncols for axes in panels), default=1)  # type: ignore[union-attr]
    height = min(figure.get_figheight(), TALL)
    if columns > 1:
        rows = list(_rows(panels))
        heights = [PANEL if len(row) == 1 else NARROW / 2 for row in rows]
        grid = figure.add_gridspec(len(rows), 2, height_ratios=heights)
        height = sum(heights)
        for number, row in enumerate(rows):
            for side, axes in enumerate(row):
                axes.set_subplotspec(grid[number, :] if len(row) == 1 else grid[number, side])
                _stand_alone(axes, panels)
    figure.set_size_inches(NARROW, height)
    for axes in panels:
        _wrap_title(axes)


def _rows(panels: list["Axes"]) -> Iterator[list["Axes"]]:
    """Yield what stands side by side on a phone: two pictures without a scale, or one panel with a scale."""
    pair: list[Axes] = []
    for axes in panels:
        if len(axes.get_yticks()):
            yield from ([pair] if pair else [])
            pair = []
            yield [axes]
        else:
            pair.append(axes)
            if len(pair) == 2:
                yield pair
                pair = []
    yield from ([pair] if pair else [])


def _stand_alone(axes: "Axes", panels: list["Axes"]) -> None:
    """Give a panel the labels that it shared with another one."""
    if shared := [other for other in panels if axes.get_shared_y_axes().joined(axes, other)]:
        axes.tick_params(labelleft=True)
        if not axes.get_ylabel():
            axes.set_ylabel(shared[0].get_ylabel())


def _wrap_title(axes: "Axes") -> None:
    for location in ("left", "center", "right"):
        title = axes.get_title(loc=location)
        if title and "\n" not in title:
            axes.set_title("\n".join(textwrap.wrap(title, 38)), loc=location)
