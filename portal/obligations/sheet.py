"""Columns of obligations and due reports, and the sheets of their lists."""

from __future__ import annotations

from dataclasses import replace

from portal.web import asof
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Column, Sheet
from portal.workbooks.records import NUMBER, coded, fact, head, linked, names, pair, tail

RESPONSIBLE = Column(
    "responsible", *head("project", "responsible"), "text", lambda line, lang: line.responsible, 22, empty=_l("nobody"),
)  # fmt: skip
KIND = coded("obligation", "kind_code", "report_kinds", 26)
OBLIGATION = (
    NUMBER,
    *names("obligation", 50),
    linked("obligation", "of", lambda o: o.of, 40),
    KIND,
    linked("obligation", "recipient", lambda o: o.recipient, 28),
    coded("obligation", "language", "languages", 14),
    fact("obligation", "starts", "when", 18, bounds=True),
    fact("obligation", "ends", "when", 18, bounds=True),
    fact("obligation", "every", "count", 12),
    fact("obligation", "due_days", "count", 12, empty=""),
    fact("obligation", "due_months", "count", 12, empty=""),
    *pair("obligation", "due_rule", "long", 40),
)
DUE_REPORT = (
    NUMBER,
    *names("due_report", 60),
    linked("due_report", "obligation", lambda r: r.obligation, 44),
    linked("due_report", "of", lambda r: r.obligation.of, 40),
    KIND.on(lambda r: r.obligation),
    linked("due_report", "recipient", lambda r: r.obligation.recipient, 28),
    fact("due_report", "period", "when", 26, bounds=True),
    fact("due_report", "due", "when", 16, bounds=True),
    coded("due_report", "state", "report_states", 18),
    fact("due_report", "edition", "count", 10),
    fact("due_report", "sent", "when", 16, bounds=True, empty=""),
    fact("due_report", "sent_how", "text", 30, empty=""),
)  # fmt: skip


def _number(key: str, cs: str, en: str, width: int) -> Column:
    """How many reports of an obligation there are; no document states them."""
    value = lambda line, lang: None if asof.stated_on() else getattr(line, key)  # noqa: E731
    return Column(key, cs, en, "count", value, width, empty=_l("not stated by documents"))


def _whole(column: Column) -> Column:
    """The column of a report's line: also what lies with something confidential (`queries.confidential`) is so."""
    if column.key == "confidential":
        return replace(column, value=lambda line, lang: line.confidential)
    return column.on(lambda line: line.record)


OBLIGATIONS = Sheet(
    "obligations",
    "Povinnosti podávat zprávy",
    "Reporting obligations",
    (
        *(c.on(lambda line: line.record) for c in OBLIGATION),
        _number("reports", "Počet zpráv", "Reports", 10),
        _number("owed", "Z toho dosud dlužných", "Of which still owed", 12),
        RESPONSIBLE,
        *(c.on(lambda line: line.record) for c in tail("obligation")),
    ),
)
DUE_REPORTS = Sheet(
    "reports",
    "Zprávy k podání",
    "Due reports",
    (
        *(c.on(lambda line: line.record) for c in DUE_REPORT),
        RESPONSIBLE,
        *(_whole(c) for c in tail("due_report")),
    ),
)
