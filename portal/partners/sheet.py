"""Columns of organisations and countries. The names around an organisation are given by the rows of the list."""

from __future__ import annotations

from portal.workbooks.records import NUMBER, coded, fact, names, tail

ORGANISATION = (
    NUMBER,
    *names("organisation", 50),
    fact("organisation", "abbreviation", "text", 14),
    coded("organisation", "kind_code", "organisation_kinds", 24),
    coded("organisation", "type_code", "organisation_types", 24, detail=True),
    fact("organisation", "ref", "text", 22, detail=True),
    fact("organisation", "channel_code", "text", 12, detail=True),
    fact("organisation", "founded", "when", 16, detail=True),
    fact("organisation", "seat", "text", 20, detail=True),
    fact("organisation", "website", "address", 36),
)
ORGANISATION_TAIL = tail("organisation")
COUNTRY = (NUMBER, *names("country", 36), fact("country", "iso2", "text", 12))
COUNTRY_TAIL = tail("country")
