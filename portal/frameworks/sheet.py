"""Columns of frameworks. Place in the tree, participants and counts are added by the list."""

from __future__ import annotations

from dataclasses import replace

from portal.workbooks.records import NUMBER, coded, fact, names, pair, tail

KIND = "framework"
FRAMEWORK = (
    NUMBER,
    *names(KIND, 50),
    coded(KIND, "kind_code", "framework_kinds", 26),
    coded(KIND, "status", "framework_statuses", 16),
    fact(KIND, "launched", "when", 16, bounds=True),
    fact(KIND, "signed", "when", 16, bounds=True),
    fact(KIND, "ended", "when", 16, bounds=True, detail=True),
    *(replace(c, tongue=c.key[-2:]) for c in pair(KIND, "cz_role", "long", 36)),
    *pair(KIND, "description", "long", 50, detail=True),
    fact(KIND, "website", "address", 36, detail=True),
)
FRAMEWORK_TAIL = tail(KIND)
