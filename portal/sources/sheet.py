"""Columns of the list of documents. A row is (document, number of facts it carries, name of who answers for it)."""

from __future__ import annotations

from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Column, Sheet
from portal.workbooks.records import NUMBER, coded, fact, head, names, tail

KIND = "document"
OWN = (
    NUMBER,
    *names(KIND, 60),
    coded(KIND, "origin", "document_origins", 22),
    fact(KIND, "publisher", "text", 34),
    fact(KIND, "dated", "when", 18, bounds=True),
    fact(KIND, "retrieved", "when", 18, detail=True),
    coded(KIND, "language", "languages", 12),
    fact(KIND, "address", "address", 50),
    fact(KIND, "file_name", "text", 26, empty="", detail=True),
)

DOCUMENTS = Sheet(
    "documents",
    "Zdroje",
    "Sources",
    (
        *(column.on(lambda row: row[0]) for column in OWN),
        Column("facts", "Počet doložených údajů", "Facts it supports", "count", lambda row, lang: row[1], 12),
        Column(
            "responsible",
            *head(KIND, "responsible"),
            "text",
            lambda row, lang: row[2],
            22,
            empty=_l("nobody"),
            detail=True,
        ),
        *(column.on(lambda row: row[0]) for column in tail(KIND)),
    ),
)
