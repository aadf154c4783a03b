"""The one error of reading: why a file is not read, where, and what to do."""

from __future__ import annotations

from portal.kernel.errors import N_, PortalError

WORDS = {
    "too_big": N_("The file is larger than %(limit)s MB. Leave out what is not needed and save it again."),
    "empty": N_("The file is empty. Choose a file with a table in it."),
    "kind": N_("This is neither an Excel workbook (.xlsx) nor a CSV file. Save it as one of the two."),
    "no_workbook": N_("This is no Excel workbook. Choose the file of the recipient, .xlsx or .xlsm."),
    "old_excel": N_(
        "This is a workbook of the old kind (.xls) or one locked by a password. Save it as .xlsx without one."
    ),
    "broken": N_("The workbook is damaged. Open it in Excel, save it under another name and try again."),
    "encrypted": N_("The workbook is locked by a password. Save it without one."),
    "entries": N_("The workbook has more parts than a table needs. Copy the table into a new workbook."),
    "inflated": N_("Unpacked, the workbook would be too large. Copy the table into a new workbook."),
    "path": N_("The workbook holds a part that does not belong there: %(place)s. Copy the table into a new workbook."),
    "twice": N_("The workbook holds a part twice: %(place)s. Copy the table into a new workbook."),
    "dtd": N_("The workbook holds instructions that no table needs: %(place)s. Copy the table into a new workbook."),
    "far_cell": N_(
        "A cell lies too far away: %(place)s. A sheet may have %(rows)s rows and %(columns)s columns; delete what stands beyond."
    ),
    "many_cells": N_("A sheet has too many cells: %(place)s. Divide the table into several files."),
    "too_long": N_("Reading the file took too long and was stopped. Divide the table into several files."),
    "too_heavy": N_("Reading the file needed too much memory and was stopped. Divide the table into several files."),
    "encoding": N_("The text of the CSV file cannot be read. Save it as “CSV UTF-8”."),
    "csv": N_("The CSV file cannot be read from line %(place)s on. Check the quotation marks there."),
}
"""Code → words. Places and limits come as parameters."""


class Unreadable(PortalError, ValueError):
    """A file that is not read. `code` is a key of WORDS, `place` the part, cell or line it is about ("" for the whole file).
    Shown by `portal.web.i18n.say(error)`."""

    def __init__(self, code: str, place: str = "", **params: object) -> None:
        super().__init__(WORDS[code], place=place, **params)
        self.code, self.place = code, place
