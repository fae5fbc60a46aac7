"""Make the font of the formulas: STIX Two Math, of which a page needs a third, and as browsers draw it best.

    pip download --no-deps ziamath==0.13 && unzip ziamath-0.13-*.whl ziamath/fonts/STIXTwoMath-Regular.ttf
    python -m lecture.publishing.site.math_font ziamath/fonts/STIXTwoMath-Regular.ttf

Four things are changed. Primes have the shape for superscripts, where they stand: Chromium does not choose it itself.
Brackets grow in fewer steps and in pieces after that, and roots of all heights are equally wide: Chromium leaves as
much room beside each as the widest would take. Fractions in a line of text are as low as TeX's, and leave the lines
where they are. The site is sent only what its formulas write (see ``lecture.publishing.site.fonts``).
"""

import sys
from hashlib import sha256
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

MADE_OF = "8f42cb183a85043a4dc3f8e41ac3821eb27bf178d68ace929ba439523622323c"
TARGET = Path(__file__).parents[4] / "book" / "_static" / "math" / "lecture-math.woff2"
TALLEST = 2000
"""Thousandths of an em: brackets that are taller are put together from pieces."""
ROOTS = (1000, 1200, 1800, 2400)
"""The heights of the roots that are one piece."""
PRIMES = (0x2032, 0x2033, 0x2034, 0x2035, 0x2036, 0x2037, 0x2057)
ROOT = 0x221A
WANTED = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x131, 0x131), (0x237, 0x237), (0x2C6, 0x2DD), (0x300, 0x338), (0x391, 0x3F6),
    (0x2010, 0x2057), (0x2061, 0x2064), (0x20D0, 0x20F0), (0x2100, 0x214F), (0x2190, 0x22FF), (0x2308, 0x230B),
    (0x231C, 0x231F), (0x239B, 0x23E1), (0x25A0, 0x25FF), (0x2605, 0x2606), (0x2660, 0x266F), (0x2713, 0x2720),
    (0x27C0, 0x27FF), (0x2900, 0x2AFF), (0xFE00, 0xFE01), (0x1D400, 0x1D7FF),
)  # fmt: skip


def primes(font: TTFont) -> None:
    """Write each prime as it stands in a superscript."""
    table = font["GSUB"].table
    feature = next(record for record in table.FeatureList.FeatureRecord if record.FeatureTag == "ssty")
    shapes: dict[str, str] = {}
    for lookup in feature.Feature.LookupListIndex:
        for part in table.LookupList.Lookup[lookup].SubTable:
            shapes |= getattr(getattr(part, "ExtSubTable", part), "alternates", {})
    for encoding in (table for table in font["cmap"].tables if table.isUnicode() and hasattr(table, "cmap")):
        for sign in PRIMES:
            if (name := encoding.cmap.get(sign)) in shapes:
                encoding.cmap[sign] = shapes[name][0]


def brackets(font: TTFont) -> None:
    """Keep the lower sizes of what can also be put together from pieces."""
    variants, root = font["MATH"].table.MathVariants, font.getBestCmap()[ROOT]
    for name, grown in zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True):
        if grown.GlyphAssembly and name != root:
            sizes = grown.MathGlyphVariantRecord
            grown.MathGlyphVariantRecord = [size for size in sizes if size.AdvanceMeasurement < TALLEST]
            grown.VariantCount = len(grown.MathGlyphVariantRecord)


def roots(font: TTFont) -> None:
    """Make roots as tall as TeX's, so that a low one stays in its line, and all as wide as the lowest."""
    variants, name = font["MATH"].table.MathVariants, font.getBestCmap()[ROOT]
    grown = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(name)]
    width = round(font["hmtx"][name][0] * ROOTS[0] / grown.MathGlyphVariantRecord[0].AdvanceMeasurement)
    for size, height in zip(grown.MathGlyphVariantRecord, ROOTS, strict=True):
        _scale(font, size.VariantGlyph, width, height / size.AdvanceMeasurement)
        size.AdvanceMeasurement = height
    for part in {piece.glyph for piece in grown.GlyphAssembly.PartRecords}:
        _scale(font, part, width, 1)


def _scale(font: TTFont, name: str, width: int, height: float) -> None:
    before, left = font["hmtx"][name]
    drawn = font["glyf"][name]
    drawn.coordinates.scale((width / before, height))
    drawn.coordinates.toInt()
    drawn.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, round(left * width / before))


def fractions(font: TTFont) -> None:
    """Set fractions in text as TeX does with Computer Modern, a tenth larger as this font's small letters are."""
    measures = font["MATH"].table.MathConstants
    for name, wanted in (
        ("NumeratorShiftUp", 434),
        ("DenominatorShiftDown", 380),
        ("NumeratorGapMin", 50),
        ("DenominatorGapMin", 50),
    ):
        getattr(measures, f"Fraction{name}").Value = wanted


def main() -> None:
    """Write the font."""
    source = Path(sys.argv[1])
    if sha256(source.read_bytes()).hexdigest() != MADE_OF:
        sys.exit(f"{source} is not the STIX Two Math 2.11 that comes with ziamath 0.13")
    font = TTFont(source)
    for change in (primes, brackets, roots, fractions):
        change(font)
    options = subset.Options(flavor="woff2", hinting=False, layout_features=[], name_IDs=[0, 13, 14])
    options.drop_tables += ["DSIG", "GPOS"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[sign for first, last in WANTED for sign in range(first, last + 1)])
    cutter.subset(font)
    for number, text in ((1, "Lecture Math"), (2, "Regular"), (4, "Lecture Math"), (6, "LectureMath-Regular")):
        font["name"].setName(text, number, 3, 1, 0x409)  # a changed font may not bear the old name
    subset.save_font(font, str(TARGET), options)
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes, {len(font.getGlyphOrder()):,} glyphs")


if __name__ == "__main__":
    main()
