# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools>=4.50"]
# ///
"""Write plugins/afterword/render/text/advances.py: `python scripts/advances.py LiberationSans-Regular.ttf DejaVuSans.ttf` (needs fonttools)."""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from math import ceil
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-not-found,unused-ignore]

TARGET = Path(__file__).parent.parent / "plugins/afterword/render/text/advances.py"
BLOCKS = (
    (0x20, 0x24F),  # Latin
    (0x370, 0x6FF),  # Greek, Cyrillic, Armenian, Hebrew, Arabic (letters that stand alone are the widest)
    (0x10A0, 0x10FF),  # Georgian
    (0x1E00, 0x1FFF),  # further Latin, Greek with breathings
    (0x2010, 0x27BF),  # punctuation, currencies, arrows, operators, shapes
    (0xFB00, 0xFB4F),  # ligatures
)
STEP = 64
HEAD = '''"""How wide characters are in Liberation Sans, and so in all faces of its measures: Arial, Arimo, Helvetica.

What it does not have is taken from DejaVu Sans, which is wide for its kind. Written by scripts/advances.py; widths are in {units}ths of
the size of the font, characters in hexadecimal.
"""

from __future__ import annotations

UNITS = {units}

WIDTHS: dict[int, str] = {{
'''


def main() -> None:
    """Read the fonts' own tables of widths, the first that has a character first, and write what drawings need of them."""
    fonts = [TTFont(path) for path in sys.argv[1:]]
    units = fonts[0]["head"].unitsPerEm
    by_width: dict[int, list[int]] = defaultdict(list)
    for code in (code for first, last in BLOCKS for code in range(first, last + 1)):
        if unicodedata.category(chr(code)) in ("Mn", "Me", "Cf", "Cc"):
            continue
        font = next((font for font in fonts if code in font.getBestCmap()), None)
        if font is not None:
            width = font["hmtx"][font.getBestCmap()[code]][0] * units / font["head"].unitsPerEm
            # Another face will draw it than the one it was measured with: a step more, and steps keep the table small.
            by_width[round(width) if font is fonts[0] else ceil(width / STEP) * STEP].append(code)
    lines = [f'    {width}: "{" ".join(runs(codes))}",\n' for width, codes in sorted(by_width.items())]
    TARGET.write_text(HEAD.format(units=units) + "".join(lines) + "}\n", encoding="utf-8")


def runs(codes: list[int]) -> list[str]:
    """Join neighbours: `41-43 50`."""
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return [f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in found]


if __name__ == "__main__":
    main()
