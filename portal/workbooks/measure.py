"""How high a row must be so that its wrapped text is seen whole, in every program that opens the file.

Excel measures rows when it opens a file, LibreOffice and viewers do not; so rows carry a height measured here, without
being fixed to it: editing a cell lets Excel fit the row again.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from math import ceil

# Advance widths of Arial (and Liberation Sans, its metric twin) in thousandths of the font size.
_WIDTHS = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[]\\ft", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "Jcksvxyz", 556: "#$0123456789?L_abdeghnopqu", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw",
    778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1015: "@",
}  # fmt: skip
_OF = {char: width for width, chars in _WIDTHS.items() for char in chars}
_OTHER = 600
POINTS_PER_UNIT = 5.25
"""Width of one unit of column width (a digit of the standard font, 7 pixels) in points."""
_PADDING = 4.5
HIGHEST = 400.0
"""Points. Excel takes 409; a higher row is cut there, and its text is in the portal."""


@lru_cache(maxsize=4096)
def _char(char: str) -> int:
    return _OF.get(char) or _OF.get(unicodedata.normalize("NFD", char)[0], _OTHER)


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Width of one line of text in points."""
    return sum(map(_char, text)) * size / 1000 * (1.07 if bold else 1.0)


def lines_of(text: str, units: float, size: float, bold: bool = False) -> int:
    """How many lines the text takes in a column `units` wide; words break at spaces and, where longer than a line, anywhere."""
    room = max(units * POINTS_PER_UNIT - _PADDING, 10.0)
    count = 0
    for paragraph in text.split("\n"):
        count += 1
        used = 0.0
        for word in paragraph.split(" "):
            wide = width_of(word, size, bold)
            gap = width_of(" ", size, bold) if used else 0.0
            if used and used + gap + wide > room:
                count, used, gap = count + 1, 0.0, 0.0
            if wide > room:
                count += ceil(wide / room) - 1
                wide = wide % room
            used += gap + wide
    return count


def height(lines: int, size: float) -> float:
    """Height of a row of so many lines, in points."""
    return min(HIGHEST, round(lines * size * 1.3 + 3, 1))
