"""Columns of legal instruments, and the sheet of their list."""

from __future__ import annotations

from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Column, Sheet
from portal.workbooks.records import NUMBER, coded, fact, head, linked, names, pair, tail

KIND = "legal_instrument"
LEGAL_INSTRUMENT = (
    NUMBER,
    *names(KIND, 60),
    coded(KIND, "kind_code", "legal_kinds", 26),
    coded(KIND, "status", "legal_statuses", 18),
    *pair(KIND, "number", "text", 18),
    fact(KIND, "dated", "when", 14, bounds=True),
    fact(KIND, "adopted_on", "when", 14, bounds=True),
    linked(KIND, "adopted_by", lambda i: i.adopted_by, 28),
    *pair(KIND, "adopted_by_words", "text", 28, detail=True),
    fact(KIND, "signed", "when", 14, bounds=True),
    fact(KIND, "concluded", "when", 14, bounds=True),
    fact(KIND, "in_force", "when", 14, bounds=True),
    fact(KIND, "transposition_deadline", "when", 14, bounds=True),
    fact(KIND, "end_of_validity", "when", 14, bounds=True),
    *pair(KIND, "repealed_by", "text", 30, detail=True),
    fact(KIND, "period", "when", 14, bounds=True),
    *pair(KIND, "text_version", "text", 24, detail=True),
    linked(KIND, "laid_down_in", lambda i: i.laid_down_in, 40),
    fact(KIND, "celex", "text", 18),
    fact(KIND, "oj", "text", 30, detail=True),
    fact(KIND, "eli", "address", 36, detail=True),
    *pair(KIND, "full_title", "long", 60, detail=True),
    *pair(KIND, "aim", "long", 50, detail=True),
)
RESPONSIBLE = Column(
    "responsible", *head("project", "responsible"), "text", lambda line, lang: line.responsible, 22, empty=_l("nobody"),
    detail=True,
)  # fmt: skip
GROUNDS = Column(
    "grounds", "Čeho je základem", "What it grounds", "long",
    lambda line, lang: "; ".join(record.name(lang) for record in line.grounds), 50, empty=_l("nothing recorded"),
)  # fmt: skip

LEGAL_INSTRUMENTS = Sheet(
    "legal",
    "Právní a koncepční dokumenty",
    "Legal and policy documents",
    (*(c.on(lambda line: line.record) for c in LEGAL_INSTRUMENT), GROUNDS, RESPONSIBLE,
     *(c.on(lambda line: line.record) for c in tail(KIND))),
)  # fmt: skip
