"""The list of legal instruments: how it may be filtered and ordered."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, func, or_

from portal.kernel.permission import visible_to
from portal.kernel.record import may_fall_into
from portal.kernel.search import matching
from portal.legal.models import DATES, LISTED_BY, LegalInstrument
from portal.partners.models import Organisation
from portal.sources.queries import certainty, names_where, responsible
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.listing.values import archived, coded_or_none, equals, year


def _dated(years: tuple[int, int]) -> ColumnElement[bool]:
    """One of its dates, or the time it is for, may fall into the years."""
    columns = LegalInstrument.__table__.c
    return or_(
        *(
            may_fall_into(*(columns[f"{d}_{part}"] for part in ("from", "to", "edtf")), years)
            for d in (*DATES, "period")
        )
    )


def _adopting(v) -> list[tuple[object, str]]:
    """The organisations that adopted one the actor may see."""
    adopted = exists().where(LegalInstrument.adopted_by_id == Organisation.id, visible_to(v.actor, LegalInstrument))
    return names_where(v, Organisation, adopted)


def _date(v) -> list[ColumnElement]:
    return [func.coalesce(*(LegalInstrument.__table__.c[f"{field}_from"] for field in LISTED_BY))]


LEGAL_INSTRUMENTS = Listing(
    filters=(
        Search(
            "q", _l("Search documents"), lambda text, v: matching(v.s, v.actor, text, LegalInstrument.id),
            hint=_l("e.g. 326/1999 or readmise"),
        ),
        Choice("kind", _l("Kind"), coded_or_none("legal_kinds"), lambda c, v: equals(LegalInstrument.kind_code, c)),
        Choice("status", _l("Status"), coded_or_none("legal_statuses"), lambda c, v: equals(LegalInstrument.status, c)),
        Text("year", _l("Year"), lambda text, v: _dated((year(text),) * 2), hint=_l("e.g. 2013")),
        certainty(LegalInstrument),
        responsible(LegalInstrument),
        archived(LegalInstrument),
        Choice("adopted_by", _l("Adopted by"), _adopting, lambda i, v: LegalInstrument.adopted_by_id == int(i)),
    ),
    sorts=(
        Sort("name", _l("Document"), lambda v: [LegalInstrument.order_cs if v.lang == "cs" else LegalInstrument.order_en]),
        Sort("date", _l("Date"), _date, nullable=True),
    ),
    key=LegalInstrument.id,
)  # fmt: skip
