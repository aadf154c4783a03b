"""Columns of projects. Framework, umbrella, participants, countries and money are added by the list."""

from __future__ import annotations

from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.records import NUMBER, coded, fact, names, pair, tail

KIND = "project"
NAMES = (
    NUMBER,
    *names(KIND, 50),
    fact(KIND, "acronym", "text", 12, detail=True),
    *pair(KIND, "full_title", "long", 44, detail=True),
)
STATE = (
    coded(KIND, "status", "activity_status", 16),
    coded(KIND, "status_basis", "status_bases", 18, detail=True),
    fact(KIND, "status_on", "when", 16, detail=True),
)
DATES = (
    fact(KIND, "planned_start", "when", 16, bounds=True, detail=True),
    fact(KIND, "actual_start", "when", 16, bounds=True),
    fact(KIND, "planned_end", "when", 16, bounds=True, detail=True),
    fact(KIND, "actual_end", "when", 16, bounds=True),
)
REPORTS = (
    coded(KIND, "light", "lights", 14, empty=_l("not rated")),
    fact(KIND, "light_on", "day", 14, empty="", detail=True),
    fact(KIND, "reported_on", "day", 14, empty=_l("no update yet")),
)
TEXTS = (
    *pair(KIND, "cz_role", "long", 36, detail=True),
    *pair(KIND, "description", "long", 50, detail=True),
    fact(KIND, "website", "address", 36, detail=True),
)
TAIL = tail(KIND)
