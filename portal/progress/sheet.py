"""Columns of status updates. What an update is of, and who wrote it, are given by the rows of the list."""

from __future__ import annotations

from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.records import coded, fact

KIND = "status_update"
STATE = (
    fact(KIND, "held_on", "when", 16, bounds=True),
    coded(KIND, "light", "lights", 14, empty=_l("not rated")),
    coded(KIND, "status", "activity_status", 16),
    fact(KIND, "happened", "long", 60, empty=""),
    fact(KIND, "next_steps", "long", 44, empty=""),
)
TAIL = (
    fact(KIND, "written_on", "day", 14),
    coded(KIND, "certainty", "certainties", 24, detail=True),
)
