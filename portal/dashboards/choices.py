"""The filter bar of the dashboard: what may be chosen, what is, and how a choice is said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.figures import NOT_STATED, Figure, Scope
from portal.figures.names import status_name
from portal.figures.scope import REACHES
from portal.figures.wording import BY_SOURCES
from portal.frameworks.queries import tree
from portal.funding.models import Flow, Instrument
from portal.kernel import codes
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.partners.models import Country, Participation
from portal.partners.queries import told_of
from portal.projects.queries import is_served
from portal.sources.queries import records
from portal.web.i18n import gettext as _

MOST = 400
"""Records one select offers; a longer one would weigh more than the page."""
NO_BODIES = ("role_holder",)
"""Participants whom the filter of participants leaves out: ministers are persons."""


@dataclass(frozen=True)
class Filter:
    """One select of the bar: parameter, label, first line, [(value, label, chosen)]. `text` is that of a field to write in."""

    name: str
    label: str
    any: str | None
    options: list[tuple[str, str, bool]]
    text: str | None = None


@dataclass(frozen=True)
class Chip:
    """A filter in use, by its field of the scope, and the scope without it."""

    name: str
    label: str
    value: str
    without: Scope


def filters(s: Session, actor: Actor, scope: Scope, lang: str) -> list[Filter]:
    """The selects in their order."""
    frameworks = [
        (b.framework.id, "\u2003" * b.depth + b.framework.name(lang))
        for root in tree(s, actor, lang)
        for b in root.walk()
    ]
    used = is_served(actor) | (Country.id == scope.country)
    order = Country.order_cs if lang == "cs" else Country.order_en
    countries = [
        (c.id, c.name(lang)) for c in s.scalars(select(Country).where(used, visible_to(actor, Country)).order_by(order))
    ]
    by_name = Instrument.order_cs if lang == "cs" else Instrument.order_en
    seen = select(Instrument).where(visible_to(actor, Instrument)).order_by(by_name, Instrument.id)
    of = [(one.id, one.name(lang)) for one in s.scalars(seen)]
    organisations = _named(
        s, actor, lang, Participation.participant_id, told_of(actor, Participation), scope.organisation
    )
    providers = _named(s, actor, lang, Flow.provider_id, visible_to(actor, Flow), scope.provider)
    money = select(Flow.amount_currency).where(Flow.amount_currency.is_not(None), visible_to(actor, Flow)).distinct()
    currencies = sorted({*s.scalars(money), *([scope.currency] if scope.currency else [])})
    return [
        _filter("framework", _("Framework"), _("All"), frameworks, scope.framework),
        _filter("country", _("For the country"), _("All"), countries, scope.country),
        _filter("organisation", _("Participant"), _("All"), organisations, scope.organisation),
        _filter("role", _("Role"), _("All"), codes.choices("participation_roles", lang), scope.role),
        _filter("instrument", _("Instrument"), _("All"), [*of, (NOT_STATED, _("instrument not stated"))], scope.instrument),
        _filter("provider", _("Provider"), _("All"), providers, scope.provider),
        _filter(
            "status", _("Status of projects"), _("All"), codes.choices("activity_status", lang),
            scope.statuses[0] if scope.statuses else None,
        ),
        Filter("years", _("Years"), None, [], "–".join(str(year) for year in dict.fromkeys(scope.years or ()))),
        _filter("currency", _("Currency"), _("All"), [(code, code) for code in currencies], scope.currency),
        _filter("reach", _("Total of"), None, [(one, reach_words(one)) for one in REACHES], scope.reach),
        _filter(
            "certainty", _("Sources"), None,
            list(BY_SOURCES.items()), scope.certainty,
        ),
    ]  # fmt: skip


def misread(args: MultiDict, scope: Scope, shown: Sequence[Filter]) -> list[str]:
    """What the address asks of the filters shown and its scope does not hold, in words: a mistyped year, a record that is not
    there. The page is of the scope without it, and says so."""
    held = {**scope.args(), "certainty": scope.certainty, "reach": scope.reach}

    def holds(name: str, text: str) -> bool:
        value = held.get(name)
        exact = name in ("certainty", "reach", "status")
        return value is not None and (not exact or text == value or (isinstance(value, list) and text in value))

    words = _("The filter “%(filter)s” does not know the value “%(value)s”; it was left out.")
    return [
        words % {"filter": one.label, "value": text.strip()[:40]}
        for one in shown
        for text in args.getlist(one.name)
        if text.strip() and not holds(one.name, text)
    ]


def _named(s: Session, actor: Actor, lang: str, column, told, chosen: int | None) -> list[tuple[int, str]]:
    """(id, name) of the records a column refers to in rows that are told, by name; of a field of participants no persons.
    Of more than `MOST` the list holds those that are referred to most."""
    ids = select(column, func.count()).where(column.is_not(None), told).group_by(column)
    used = dict(s.execute(ids.order_by(func.count().desc(), column).limit(MOST)).all())
    asked = select(Record.id, Record.kind, Record.name_cs, Record.name_en).where(
        Record.id.in_({*used, *([chosen] if chosen else [])}), visible_to(actor)
    )
    order = Record.order_cs if lang == "cs" else Record.order_en
    return [
        (i, (cs or en) if lang == "cs" else (en or cs))
        for i, kind, cs, en in s.execute(asked.order_by(order, Record.id))
        if kind not in NO_BODIES or i == chosen or column is Flow.provider_id
    ]


def said(s: Session, actor: Actor, scope: Scope, lang: str) -> list[tuple[str, str]]:
    """What a scope asks for in words: (label, value), the certainty first. What it does not ask for is left out."""
    return [
        (_("Sources"), scope_words(scope)),
        *((label, value) for _name, label, value in _asked(s, actor, scope, lang)),
    ]


def unheeded(s: Session, actor: Actor, scope: Scope, figure: Figure, lang: str) -> list[str]:
    """The labels of the filters in use that do not concern a figure."""
    names = [(name, label) for name, label, _value in _asked(s, actor, scope, lang)]
    if "certainty" in figure.unheeded and scope.certainty != Scope().certainty:
        names.insert(0, ("certainty", _("Sources")))
    of_money = figure.unheeded and scope.reach != "led"
    return [label for name, label in names if name in figure.unheeded or (name == "reach" and of_money)]


def chips(s: Session, actor: Actor, scope: Scope, lang: str) -> list[Chip]:
    """What a scope asks for otherwise than usual, each with the scope that is left without it. The sources stand last."""
    default, asked = Scope(), _asked(s, actor, scope, lang)
    if scope.certainty != default.certainty:
        asked.append(("certainty", _("Sources"), scope_words(scope)))
    return [Chip(name, label, value, replace(scope, **{name: getattr(default, name)})) for name, label, value in asked]


def _asked(s: Session, actor: Actor, scope: Scope, lang: str) -> list[tuple[str, str, str]]:
    """(field of the scope, label, value)."""
    labels = {
        "framework": (_("Framework"), _("framework not stated")), "country": (_("For the country"), _("not stated")),
        "organisation": (_("Participant"), _("not stated")), "instrument": (_("Instrument"), _("instrument not stated")),
        "provider": (_("Provider"), _("not stated")),
    }  # fmt: skip
    asked = {name: getattr(scope, name) for name in labels if getattr(scope, name) is not None}
    named = records(s, actor, set(asked.values()) - {NOT_STATED})
    lines = [
        (name, labels[name][0], named[i].name(lang) if i in named else labels[name][1] if i == NOT_STATED else f"#{i}")
        for name, i in asked.items()
    ]
    if scope.statuses:
        lines.append(
            ("statuses", _("Status of projects"), ", ".join(status_name(code, lang) for code in scope.statuses))
        )
    if scope.role:
        lines.append(("role", _("Role"), codes.label("participation_roles", scope.role, lang)))
    if scope.currency:
        lines.append(("currency", _("Currency"), scope.currency))
    if scope.reach != "all":
        lines.append(("reach", _("Total of"), reach_words(scope.reach)))
    if scope.years:
        lines.append(("years", _("Years"), "–".join(str(year) for year in dict.fromkeys(scope.years))))
    return lines


def reach_words(reach: str) -> str:
    """Which of the four totals it is."""
    return {
        "all": _("the whole portfolio"), "led": _("records led by us"), "through": _("money that goes through us"),
        "own": _("our own money"),
    }[reach]  # fmt: skip


def scope_words(scope: Scope) -> str:
    """By which sources the figures are."""
    return str(BY_SOURCES[scope.certainty])


def _filter(name: str, label: str, first: str | None, options, chosen) -> Filter:
    return Filter(name, label, first, [(str(v), str(t), str(v) == str(chosen)) for v, t in options])
