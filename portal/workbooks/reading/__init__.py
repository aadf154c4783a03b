"""Reading workbooks (xlsx) and CSV that people upload, within bounds.

    rows = read(data, "kurzy.xlsx")                       # [Row(sheet, number, cells)], or Unreadable
    rows[0].cell(2).value                                 # str, Decimal, bool, date, datetime or None (empty)
    rows[0].cell(2).place                                 # Place("List1", 1, 3): its words are "List1, C1"

What is uploaded is hostile until shown otherwise: the directory of the archive is checked before anything is unpacked, and the
parts are looked through and the cells read in a process of their own with a limit of memory and time. The process of the
portal never parses the file. Formulas are not computed: the value the program that saved the file kept is read.
"""

from portal.workbooks.reading.cells import Cell, Place, Row
from portal.workbooks.reading.limits import LIMITS, Limits
from portal.workbooks.reading.process import read
from portal.workbooks.reading.refusals import Unreadable

__all__ = ["LIMITS", "Cell", "Limits", "Place", "Row", "Unreadable", "read"]
