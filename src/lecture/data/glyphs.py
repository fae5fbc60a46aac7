"""Printed digits: one glyph for each digit of each face that matplotlib ships, drawn as an image of MNIST is."""

from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from lecture.data.images import Images
from lecture.errors import LectureError

FACES = (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-BoldOblique", "DejaVuSans-Oblique",
    "DejaVuSansMono", "DejaVuSansMono-Bold", "DejaVuSansMono-BoldOblique", "DejaVuSansMono-Oblique",
    "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-BoldItalic", "DejaVuSerif-Italic",
    "STIXGeneral", "STIXGeneralBol", "STIXGeneralBolIta", "STIXGeneralItalic",
    "cmb10", "cmmi10", "cmr10", "cmss10", "cmti10", "cmtt10",
)  # fmt: skip
"""Files of matplotlib's fonts that have all ten digits. Three more claim to and draw something else in their places:
cmex10 and cmsy10 have brackets and symbols there, LastResort an empty box."""

SIDE, BOX = 28, 20
"""Pixels of an image, and of the box into which the digit is fitted (LeCun et al. 1998, section III.A)."""
LARGE = 200  # points at which a glyph is drawn before it is made small


@cache
def load() -> Images:
    """Return all glyphs, ``[220, 28, 28]``: the ten digits of the first face, then of the next."""
    pictures = [draw(face, digit) for face in FACES for digit in range(10)]
    return Images("Glyphs", torch.from_numpy(np.stack(pictures)), torch.arange(10).repeat(len(FACES)))


def draw(face: str, digit: int) -> NDArray[np.float32]:
    """Return one digit, ``[28, 28]`` from 0 (paper) to 1 (ink): its longer side fills the box, its ink is centred.

    Raises:
        LectureError: matplotlib no longer ships that face.
    """
    file = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{face}.ttf"
    if not file.is_file():
        raise LectureError(f"matplotlib {matplotlib.__version__} ships no {face}.ttf: take it out of FACES")
    large = Image.new("L", (2 * LARGE, 2 * LARGE))
    ImageDraw.Draw(large).text((LARGE // 2, LARGE // 2), str(digit), fill=255, font=ImageFont.truetype(file, LARGE))
    glyph = large.crop(large.getbbox())
    scale = BOX / max(glyph.size)
    width, height = (max(1, round(scale * side)) for side in glyph.size)
    small = np.asarray(glyph.resize((width, height), Image.Resampling.BOX), np.float32) / 255
    rows, columns = (np.average(np.arange(n), weights=small.sum(axis)) for n, axis in ((height, 1), (width, 0)))
    top, left = (round((SIDE - 1) / 2 - centre) for centre in (rows, columns))
    top, left = min(max(top, 0), SIDE - height), min(max(left, 0), SIDE - width)
    picture = np.zeros((SIDE, SIDE), np.float32)
    picture[top : top + height, left : left + width] = small
    return picture
