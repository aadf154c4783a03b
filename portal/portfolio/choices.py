"""The choices of list filters: names the person may see, codes in the language of the page."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from portal.accounts.queries import colleagues
from portal.frameworks.queries import tree
from portal.funding.models import Flow
from portal.funding.queries import instruments
from portal.kernel import codes
from portal.kernel.permission import visible_to
from portal.kernel.record import Record
from portal.partners.models import Country, Organisation, Participation
from portal.partners.queries import told_of
from portal.portfolio.queries.partner_rows import has_work
from portal.projects.models import Project, Theme
from portal.web.i18n import gettext as _

NONE = "none"
"""The value of "not stated" in a filter."""


def frameworks(v) -> list[tuple[int, str]]:
    """The tree, indented by level."""
    return [
        (branch.framework.id, "\u2003" * branch.depth + branch.framework.name(v.lang))
        for root in tree(v.s, v.actor, v.lang)
        for branch in root.walk()
    ]


def countries(v) -> list[tuple[int, str]]:
    """Countries in use: a project is for them or they take part somewhere."""
    return _named(v, select(Country).where(has_work(v.actor), visible_to(v.actor, Country)), Country)


def organisations(v) -> list[tuple[int, str]]:
    return _named(v, select(Organisation).where(visible_to(v.actor, Organisation)), Organisation)


def leaders(v) -> list[tuple[int, str]]:
    """Those who lead a visible project."""
    part = aliased(Participation)
    project = exists().where(Project.id == part.within_id)
    leads = exists().where(part.participant_id == Record.id, part.role == "lead", project, told_of(v.actor, part))
    return _named(v, select(Record).where(leads, visible_to(v.actor, Record)), Record)


def funded_by(v) -> list[tuple[object, str]]:
    """Instruments, and money whose instrument is not stated."""
    found = [(row[0].id, row[0].name(v.lang)) for row in v.s.execute(instruments(v.actor))]
    unstated = v.s.scalar(select(exists().where(Flow.instrument_id.is_(None), visible_to(v.actor, Flow))))
    return found + ([(NONE, _("instrument not stated"))] if unstated else [])


def responsible(v) -> list[tuple[object, str]]:
    """People, and records nobody answers for."""
    return [(NONE, _("nobody"))] + colleagues(v.s, v.actor)


def listed(name: str):
    """The codes of one list as choices."""
    return lambda v: codes.choices(name, v.lang)


def listed_or_none(name: str):
    """The codes of one list, and "not stated"."""
    return lambda v: [*codes.choices(name, v.lang), (NONE, _("not stated"))]


def _named(v, query, model) -> list[tuple[int, str]]:
    order = model.order_cs if v.lang == "cs" else model.order_en
    return [(r.id, r.name(v.lang)) for r in v.s.scalars(query.order_by(order, model.id))]


def themes(v) -> list[tuple[int, str]]:
    return _named(v, select(Theme).where(visible_to(v.actor, Theme)), Theme)


def all_countries(v) -> list[tuple[int, str]]:
    """Countries in which an organisation of the portfolio sits."""
    seated = exists().where(Organisation.country_id == Country.id, visible_to(v.actor, Organisation))
    return _named(v, select(Country).where(seated, visible_to(v.actor, Country)), Country)


def use_of_countries(v) -> list[tuple[str, str]]:
    return [("portfolio", _("Countries in the portfolio")), ("all", _("All countries"))]


def certainty(v) -> list[tuple[str, str]]:
    """By what a record is in the portfolio."""
    return [("document", _("Documents of the ministry")), ("other", _("Public sources only"))]


def of_certainty(model, code: str):
    """SQL predicate behind `certainty`."""
    return (model.certainty == "document") if code == "document" else (model.certainty != "document")


def or_none(column, code: str):
    """SQL predicate of a code in a filter, “not stated” included."""
    return column.is_(None) if code == NONE else column == code
