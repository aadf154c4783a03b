"""Why a workbook is not filled: every obstacle at once, each with its place and what to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.kernel.errors import N_, PortalError
from portal.workbooks.reading.cells import Place

WORDS = {
    "signed": N_("The workbook is signed. Writing into it would break the signature; use a copy without one."),
    "unclear": N_("A part of the workbook is written in an unusual way: %(part)s. Open it in Excel and save it anew."),
    "no_sheet": N_("The workbook has no sheet “%(sheet)s”."),
    "formula": N_("%(place)s holds a formula; choose a cell that is meant to be filled in."),
    "merged": N_("%(place)s lies within merged cells; choose the first of them, %(first)s."),
    "locked": N_("%(place)s is locked by whoever made the workbook; choose a cell that is meant to be filled in."),
    "table_head": N_("%(place)s is the head of a table; choose a cell below it."),
    "pivot": N_(
        "%(place)s lies within a pivot table, which Excel makes anew; choose a cell among the data it is made from."
    ),
    "overflow": N_("From %(place)s on there is room for %(room)s rows, and %(count)s are to be written."),
    "too_long": N_("The text for %(place)s has more characters than a cell holds (%(most)s). Shorten it."),
    "control": N_("The text for %(place)s holds characters that a workbook cannot hold. Write it anew."),
    "too_early": N_("The day for %(place)s lies before the days that the workbook counts."),
    "not_a_number": N_("The value for %(place)s is no number."),
    "twice": N_("Two values are meant for %(place)s."),
    "many_cells": N_("The workbook has more cells than a form has. Keep the form, and leave out sheets of data."),
    "too_slow": N_("Working on the workbook took too long and was stopped. Nothing was written."),
    "too_heavy": N_("Working on the workbook needed too much memory and was stopped. Nothing was written."),
    "broken": N_("The workbook is damaged. Open it in Excel, save it under another name and try again."),
}
"""Code → words. Places come as parameters."""


@dataclass(frozen=True)
class Obstacle:
    """One reason. `code` is a key of WORDS; `place` None where it is about the whole workbook."""

    code: str
    place: Place | None = None
    params: dict[str, object] = field(default_factory=dict)

    @property
    def error(self) -> PortalError:
        """To be shown by `portal.web.i18n.say`."""
        return PortalError(WORDS[self.code], **{"place": str(self.place or ""), **self.params})


class Unfillable(PortalError, ValueError):
    """Nothing was written. `obstacles`: all that stand in the way."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        first = obstacles[0].error
        super().__init__(first.message, **first.params)
        self.obstacles = obstacles
