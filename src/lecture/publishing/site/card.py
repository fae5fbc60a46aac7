"""The picture that messengers show beside a link to the book: its title and how the talk came out."""

from pathlib import Path

from sphinx.application import Sphinx

from lecture.publishing.directives.outcomes import sentence, tally
from lecture.publishing.evidence import evidence_of
from lecture.publishing.site.bundle import is_site
from lecture.publishing.state import state_of

WIDTH, HEIGHT, DPI = 12.0, 6.3, 100  # 1200 by 630 pixels, what such places ask for

MARK = (
    (((0.15, 0.75), (0.23, 0.54), (0.32, 0.39), (0.44, 0.27)), "sigmoid", 9),
    (((0.44, 0.27), (0.85, 0.81)), "residual", 12),
)
"""The mark of the favicon, in a square of side 1: an error that falls, and a tick."""


def draw(path: Path, title: str, counts: dict[str, int], told: str) -> None:
    """Draw the card.

    Args:
        path: Where to save it, a PNG.
        title: The book's title.
        counts: Number of parts by the name of their verdict.
        told: The same in a sentence.
    """
    import textwrap

    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    from lecture.style import LIGHT, VERDICTS

    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, facecolor=LIGHT["paper"])
    figure.set_layout_engine("none")  # whatever a notebook in this process has set
    axes = figure.add_axes((0.08, 0.1, 0.84, 0.8))
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    wrapped = "\n".join(textwrap.wrap(title, 24))
    axes.text(0, 1, wrapped, fontsize=50, fontweight="bold", family="serif", va="top", color=LIGHT["ink"])
    start = 0.0
    for name, count in counts.items():
        share = count / sum(counts.values())
        colour = VERDICTS.get(name, VERDICTS["opinion"])
        axes.add_patch(Rectangle((start, 0.24), share - 0.004, 0.06, color=colour))
        start += share
    axes.text(0, 0.14, "\n".join(textwrap.wrap(told, 80)), fontsize=18, va="top", color=LIGHT["ink-2"])
    for points, colour, width in MARK:  # the axes are 1.9 times as wide as they are high
        x, y = [0.88 + 0.12 * u for u, _ in points], [0.38 + 0.23 * v for _, v in points]
        axes.plot(x, y, color=LIGHT[colour], linewidth=width, solid_capstyle="round")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)


def write(app: Sphinx) -> None:
    """Draw the card beside the pages unless nothing behind it has changed."""
    if not is_site(app):
        return
    path = Path(app.outdir) / "_static" / "card.png"
    if not (state_of(app).unchanged and path.exists()):
        counts = tally(evidence_of(app.env))
        draw(path, app.config.html_title, {sign.name: n for sign, n in counts.items()}, sentence(counts))
