"""Columns of monthly rates. A file of them can be loaded again as it is."""

from __future__ import annotations

from portal.workbooks.columns import Column, Sheet
from portal.workbooks.records import NUMBER

RATES = Sheet(
    "rates", "Kurzy", "Rates",
    (
        NUMBER,
        Column("currency", "Měna", "Currency", "text", lambda r, lang: r.currency, 9),
        Column("month", "Měsíc", "Month", "text", lambda r, lang: r.month.strftime("%Y-%m"), 10),
        Column("rate", "Kurz", "Rate", "number", lambda r, lang: r.per_euro, 16),
        Column("source", "Zdroj", "Source", "text", lambda r, lang: r.source, 40),
        Column("retrieved", "Zjištěno", "Retrieved", "day", lambda r, lang: r.retrieved, 12),
        Column("edition", "Vydání", "Edition", "count", lambda r, lang: r.edition, 9),
        Column("reason", "Důvod vydání", "Reason for the edition", "long", lambda r, lang: r.imported.reason, 40, empty=""),
        Column("file", "Soubor", "File", "text", lambda r, lang: r.imported.file_name, 30, detail=True),
        Column("place", "Místo v souboru", "Place in the file", "text", lambda r, lang: r.place, 18, detail=True),
        Column("hash", "SHA-256 souboru", "SHA-256 of the file", "text", lambda r, lang: r.imported.file_hash, 66, detail=True),
    ),
)  # fmt: skip
