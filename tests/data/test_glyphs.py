from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.ft2font import FT2Font

from lecture.data import glyphs
from lecture.errors import LectureError

DIGITS = "0123456789"
OTHER_THINGS = {"LastResortHE-Regular", "cmex10", "cmsy10"}  # boxes, brackets and symbols in the places of digits


def test_every_face_that_matplotlib_ships_with_digits_is_used():
    files = (Path(matplotlib.get_data_path()) / "fonts" / "ttf").glob("*.ttf")
    claiming = {
        file.stem for file in files if {ord(digit) for digit in DIGITS} <= FT2Font(str(file)).get_charmap().keys()
    }
    assert claiming - OTHER_THINGS == set(glyphs.FACES)


def test_a_glyph_fills_the_box_and_its_ink_is_centred():
    found = glyphs.load()
    assert found.x.shape == (10 * len(glyphs.FACES), 28, 28)
    assert found.y.tolist() == list(range(10)) * len(glyphs.FACES)
    for picture in found.x.numpy():
        rows, columns = np.nonzero(picture > 0)
        assert max(np.ptp(rows), np.ptp(columns)) + 1 == glyphs.BOX
        centre = [np.average(np.arange(28), weights=picture.sum(axis)) for axis in (1, 0)]
        assert centre == pytest.approx([13.5, 13.5], abs=0.51)


def test_glyphs_are_those_digits_and_not_others():
    """Nearest neighbours among the glyphs of other faces: wrong pictures (brackets, boxes) would agree with nobody."""
    found = glyphs.load()
    x = found.x.flatten(1)
    distance = (x[:, None] - x[None]).norm(dim=2)
    family = np.repeat(np.arange(len(glyphs.FACES)), 10)
    distance[family[:, None] == family[None]] = np.inf
    assert (found.y[distance.argmin(1)] == found.y).float().mean() > 0.9


def test_a_face_that_is_gone_is_named():
    with pytest.raises(LectureError, match=r"no Nobody\.ttf"):
        glyphs.draw("Nobody", 3)
