"""How cells look: one place for fonts, colours, borders and number formats. openpyxl is imported here when first used.

The colours are those of the portal (dark blue accent, grey for the unknown) and read in black and white too.
"""

from __future__ import annotations

from copy import copy
from typing import Any

FONT = "Arial"
"""Stands on every desktop, and where it does not, a twin of the same widths takes its place."""
INK, INK_SOFT, BLUE, BLUE_DARK = "FF16202C", "FF5A6675", "FF1B4F92", "FF143B6E"
FILL_HEAD, FILL_SOFT, LINE, LINE_STRONG = "FFE9F0F8", "FFF5F6F8", "FFE2E6EB", "FFC8CFD8"

LINKS = ("link", "cover_link", "number_link")
HEADS = ("head", "head_right")
DAY = {"cs": 'd". "m". "yyyy', "en": "d mmmm yyyy"}
LOCALE = {"cs": "", "en": "[$-809]"}
PLANNED = {"cs": '"plán: "', "en": '"planned: "'}
DISPUTED = {"cs": '"\u00a0(rozpor)"', "en": '"\u00a0(conflict)"'}
AMOUNT = {0: "#,##0", 2: "#,##0.00", 3: "#,##0.000", 4: "#,##0.0000"}


def format_of(look: str, lang: str, decimals: int = 2) -> str:
    """The number format of a look; text is `@` so that it stays text when somebody edits it."""
    if look == "day":
        return LOCALE[lang] + DAY[lang]
    if look == "planned":
        return LOCALE[lang] + PLANNED[lang] + DAY[lang]
    if look == "disputed":
        return LOCALE[lang] + DAY[lang] + DISPUTED[lang]
    if look in ("money", "total"):
        return AMOUNT[decimals]
    if look in ("count", "key"):
        return "0" if look == "key" else "#,##0"
    return "@" if look in ("text", "long", "link") else "General"


class Looks:
    """The looks of one workbook. `give(cell, look)` styles a cell; a look made once is only pointed at afterwards."""

    def __init__(self, book: Any, lang: str) -> None:
        self.book, self.lang = book, lang
        self._made: dict[tuple, Any] = {}

    def give(self, cell: Any, look: str, decimals: int = 2, strong: bool = False, indent: int = 0) -> None:
        """Give `cell` a look: of `cells.Cell`, or title, subtitle, head, label, total, note, section, prose."""
        key = (look, decimals, strong, indent)
        if key in self._made:
            cell._style = copy(self._made[key])
            return
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        cell.font = Font(FONT, **_font(look, strong))
        cell.alignment = Alignment(**_alignment(look, indent))
        if fill := _fill(look):
            cell.fill = PatternFill("solid", fgColor=fill)
        if line := _line(look):
            cell.border = Border(**{side: Side(style, color=colour) for side, (style, colour) in line.items()})
        cell.number_format = format_of(look, self.lang, decimals)
        self._made[key] = copy(cell._style)


def size_of(look: str) -> int:
    """Size of the font of a look, in points."""
    return {"title": 18, "subtitle": 11, "section": 12, "prose": 10, "cover": 10, "cover_link": 10}.get(look, 9)


def _font(look: str, strong: bool) -> dict[str, Any]:
    more: dict[str, Any] = {}
    bold, colour = strong, INK
    if look in ("title", "section"):
        bold, colour = True, BLUE_DARK
    elif look == "subtitle":
        colour = INK_SOFT
    elif look in HEADS:
        bold, colour = True, BLUE_DARK
    elif look in ("total", "label", "cover"):
        bold = True
    elif look in ("unknown", "note"):
        colour, more = INK_SOFT, {"italic": look == "unknown"}
    elif look in LINKS:
        colour, more = BLUE, {"underline": "single"}
    elif look in ("key", "currency", "mark"):
        colour = INK_SOFT
    return {"size": size_of(look), "bold": bold, "color": colour, **more}


def _alignment(look: str, indent: int) -> dict[str, Any]:
    across = {
        "head_right": "right",
        "money": "right",
        "total": "right",
        "count": "center",
        "number": "right",
        "number_link": "center",
        "mark": "right",
        "key": "center",
    }
    single = (
        "title",
        "subtitle",
        "section",
        "money",
        "total",
        "currency",
        "mark",
        "key",
        "count",
        "number",
        "day",
        "label",
    )
    return {
        "horizontal": across.get(look, "left"),
        "vertical": "center" if look in HEADS else "top",
        "wrap_text": look not in single,
        "indent": indent or int(look == "currency"),  # away from the amount at its left
    }


def _fill(look: str) -> str | None:
    return {"head": FILL_HEAD, "head_right": FILL_HEAD, "total": FILL_SOFT, "label": FILL_SOFT}.get(look)


def _line(look: str) -> dict[str, tuple[str, str]]:
    if look in ("title", "subtitle", "note", "section", "prose", "cover", "cover_link"):
        return {}
    if look in HEADS:
        return {"top": ("thin", LINE_STRONG), "bottom": ("medium", BLUE), "right": ("thin", LINE_STRONG)}
    if look in ("label", "total"):
        return {"bottom": ("thin", LINE)}
    return {"bottom": ("thin", LINE), "right": ("thin", LINE)}
