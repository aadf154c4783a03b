"""The list of files sent: how it may be filtered and ordered."""

from __future__ import annotations

from sqlalchemy import ColumnElement, case, func, literal_column, null, or_, select

from portal.kernel.search import matching
from portal.layouts.registry import LAYOUTS
from portal.obligations.models import DueReport, Obligation
from portal.register.making.template import RECIPIENTS
from portal.register.models import SentFile
from portal.register.queries import found, nameless
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.listing.values import coded_or_none, equals, year

ELSEWHERE = "elsewhere"


def _found(text: str, v) -> ColumnElement[bool]:
    # Written into the statement: as parameters they would soon be more than a statement takes.
    own = SentFile.id.in_([literal_column(str(i)) for i in found(v.s, v.actor, text)])
    return or_(own, matching(v.s, v.actor, text, SentFile.due_report_id))


def _shown_name(v) -> list[ColumnElement[str | None]]:
    """What a file is called, where that may be read: an order by hidden names, or the cursor of a page, would tell them."""
    without = nameless(v.s, v.actor, v.s.scalars(select(SentFile.id)).all())
    if not without:
        return [SentFile.file_name.expression]
    hidden = SentFile.id.in_([literal_column(str(i)) for i in sorted(without)])
    return [case((hidden, null()), else_=SentFile.file_name)]


def _of_kind(code: str) -> ColumnElement[bool]:
    report, obligation = DueReport.__table__, Obligation.__table__
    asked = select(report.c.id).join(obligation, obligation.c.id == report.c.obligation_id)
    return SentFile.due_report_id.in_(asked.where(equals(obligation.c.kind_code, code)))


def _layouts(v) -> list[tuple[str, str]]:
    return [(key, str(layout.name)) for key, layout in LAYOUTS.items()] + [
        (RECIPIENTS, _("the recipient’s own file")), (ELSEWHERE, _("made elsewhere")),
    ]  # fmt: skip


FILES = Listing(
    filters=(
        Search("q", _l("Search files sent"), _found, hint=_l("report, number of the letter, name or hash of the file")),
        Choice("kind", _l("Kind of report"), coded_or_none("report_kinds"), lambda c, v: _of_kind(c)),
        Choice(
            "layout", _l("Layout"), _layouts,
            lambda c, v: SentFile.layout.is_(None) if c == ELSEWHERE else SentFile.layout == c, many=True,
        ),
        Text(
            "year", _l("Year"), lambda text, v: func.extract("year", SentFile.sent_on) == year(text),
            hint=_l("in which it was sent"),
        ),
    ),
    sorts=(
        Sort("sent", _l("Sent on"), lambda v: [SentFile.sent_on], descending=True),
        Sort("file", _l("File"), _shown_name, nullable=True),
    ),
    key=SentFile.id,
)  # fmt: skip
