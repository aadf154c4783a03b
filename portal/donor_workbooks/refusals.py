"""Why a donor's file is not filled for a report, in words."""

from __future__ import annotations

from typing import Any

from portal.donor_workbooks.rules.ways import Way
from portal.kernel.errors import N_, Refused


class Stopped(Refused):
    """The same, and where it is mended."""

    def __init__(self, message: Any, way: Way | None, /, **params: Any) -> None:
        super().__init__(message, **params)
        self.way = way


OTHER_PERIOD = N_("The file is for reports on other periods. Upload the recipient’s file for this period.")
WITHDRAWN = N_("The workbook is withdrawn and not used any more.")
OTHER_KIND = N_(
    "The workbook is for reports of other kinds. Choose one for this kind, or say in it that it serves this one, too."
)
OTHER_RECIPIENT = N_("The workbook is of another recipient than the one who gets this report.")
OTHER_CURRENCY = N_("the amount is in another currency than its label says; it is not converted here")
NOTHING_MAPPED = N_("No cell of the file is mapped yet, so there is nothing to fill in.")
NEWER = N_("The workbook has a newer file for this period. Use that one.")
OVER = N_("The text for %(place)s has %(count)s, and its limit is %(limit)s. Shorten it.")
ROOM = N_("From %(place)s on there is room for %(room)s rows, and %(count)s are to be written.")
LOST = {
    "merged": N_(
        "“%(label)s”: %(place)s of the file before lies within merged cells in this one. Map its value to another cell, or say "
        "that this file does not ask for it any more."
    ),
    "other": N_(
        "“%(label)s”: %(place)s of the file before cannot be written in this one. Map its value to another cell, or say that "
        "this file does not ask for it any more."
    ),
}
CIRCULAR = N_(
    "Formulas that depend on what is written refer to themselves and have no result: %(places)s. Mend them in the file, or "
    "ask the recipient for one that is mended, and upload it."
)
