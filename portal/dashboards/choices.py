"""The filter bar of the dashboard: what may be chosen, and what is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.figures import NOT_STATED, Scope
from portal.frameworks.queries import tree
from portal.funding.models import Instrument
from portal.funding.queries import instruments
from portal.kernel import codes
from portal.kernel.permission import Actor, visible_to
from portal.partners.models import Country
from portal.portfolio.queries.partner_rows import has_work
from portal.web.i18n import gettext as _


@dataclass(frozen=True)
class Filter:
    """One select of the bar: parameter, label, first line, [(value, label, chosen)]."""

    name: str
    label: str
    any: str | None
    options: list[tuple[str, str, bool]]


def filters(s: Session, actor: Actor, scope: Scope, lang: str) -> list[Filter]:
    """The selects in their order."""
    frameworks = [
        (b.framework.id, "\u2003" * b.depth + b.framework.name(lang))
        for root in tree(s, actor, lang)
        for b in root.walk()
    ]
    used = has_work(actor)
    order = Country.order_cs if lang == "cs" else Country.order_en
    countries = [
        (c.id, c.name(lang)) for c in s.scalars(select(Country).where(used, visible_to(actor, Country)).order_by(order))
    ]
    by_name = Instrument.order_cs if lang == "cs" else Instrument.order_en
    of = [(row[0].id, row[0].name(lang)) for row in s.execute(instruments(actor).order_by(by_name, Instrument.id))]
    return [
        _filter("framework", _("Framework"), _("All"), frameworks, scope.framework),
        _filter("country", _("Country"), _("All"), countries, scope.country),
        _filter("instrument", _("Instrument"), _("All"), [*of, (NOT_STATED, _("instrument not stated"))], scope.instrument),
        _filter(
            "status", _("Status of projects"), _("All"), codes.choices("activity_status", lang),
            scope.statuses[0] if scope.statuses else None,
        ),
        _filter(
            "certainty", _("Sources"), None,
            [
                ("documents", _("Documents of the ministry")), ("public", _("Public sources too")),
                ("all", _("Doubtful statements too")),
            ],
            scope.certainty,
        ),
    ]  # fmt: skip


def _filter(name: str, label: str, first: str | None, options, chosen) -> Filter:
    return Filter(name, label, first, [(str(v), str(t), str(v) == str(chosen)) for v, t in options])
