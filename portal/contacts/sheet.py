"""Columns of contact persons."""

from __future__ import annotations

from portal.workbooks.columns import Column, Sheet
from portal.workbooks.records import NUMBER, coded, fact, head, linked, names, pair

CONTACT = (
    NUMBER,
    *names("contact", 30),
    *pair("contact", "function", "text", 30),
    linked("contact", "organisation", lambda c: c.organisation, 40),
    linked("contact", "concerns", lambda c: c.concerns, 40, empty=""),
    fact("contact", "email", "text", 32),
    fact("contact", "phone", "text", 22),
    coded("contact", "language", "languages", 16),
    *pair("contact", "purpose", "long", 44),
    fact("contact", "delete_on", "day", 14),
)
CONTACTS = Sheet(
    "contacts",
    "Kontaktní osoby",
    "Contact persons",
    (
        *(c.on(lambda line: line.record) for c in CONTACT),
        Column(
            "responsible", *head("contact", "responsible"), "text", lambda line, lang: line.responsible, 22, empty=""
        ),
        *(c.on(lambda line: line.record) for c in pair("contact", "note", "long", 40, empty="", detail=True)),
    ),
)
