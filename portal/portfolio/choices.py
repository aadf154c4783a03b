"""The choices of list filters: names the person may see, codes in the language of the page."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from portal.events.models import Event
from portal.frameworks.models import Framework
from portal.frameworks.queries import indented
from portal.funding.models import Flow, Instrument
from portal.funding.queries import from_instrument, told
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.partners.models import Country, Organisation, Participation
from portal.partners.queries import takes_part, told_of
from portal.projects.models import Project, Theme
from portal.projects.queries import is_served
from portal.sources.queries import names_where
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice
from portal.web.listing.values import NONE, coded


def frameworks(v) -> list[tuple[int, str]]:
    """The tree, indented by level."""
    return indented(v.s, v.actor, v.lang)


def organisation_and_role(within) -> tuple[Choice, Choice]:
    """Filters: an organisation or a state takes part in the record in column `within`; somebody does as this role, of the
    participant where one is chosen."""
    return (
        Choice(
            "organisation", _l("Participant"), participants,
            lambda i, v: takes_part(v.actor, within, [int(i)]),
        ),
        Choice(
            "role", _l("Role of the participant"), coded("participation_roles"),
            lambda c, v: takes_part(v.actor, within, [int(i) for i in v.values.get("organisation", ())], [c]), any=_l("Any"),
        ),
    )  # fmt: skip


def participants(v) -> list[tuple[int, str]]:
    """Every organisation, and the states and office holders that take part somewhere."""
    part = aliased(Participation)
    somewhere = exists().where(part.participant_id == Record.id, told_of(v.actor, part))
    some = Record.kind.in_(("country", "role_holder")) & somewhere
    return names_where(v, Record, (Record.kind == "organisation") | some)


def leaders(v) -> list[tuple[int, str]]:
    """Those who lead a visible project."""
    part = aliased(Participation)
    projects = select(Project.__table__.c.id)
    leading = select(part.participant_id).where(
        part.role == "lead", part.within_id.in_(projects), told_of(v.actor, part)
    )
    return names_where(v, Record, Record.id.in_(leading))


def funded_by(v) -> list[tuple[object, str]]:
    """Instruments, and money whose instrument is not stated."""
    found: list[tuple[object, str]] = [*names_where(v, Instrument, told(v.actor, Instrument))]
    unstated = v.s.scalar(select(exists().where(from_instrument(None), told(v.actor, Flow))))
    return found + ([(NONE, _("instrument not stated"))] if unstated else [])


def themes(v) -> list[tuple[object, str]]:
    return names_where(v, Theme)


def countries_in_frameworks(v) -> list[tuple[object, str]]:
    """Countries that take part in a framework, whatever their role."""
    return names_where(v, Country, _takes_part_in(v.actor, Framework))


def countries_of_events(v) -> list[tuple[object, str]]:
    """Countries where events took place, that took part in them, or whose projects and frameworks have events."""
    host = exists().where(Event.country_id == Country.id, visible_to(v.actor, Event))
    return names_where(v, Country, host | _takes_part_in(v.actor, Event) | is_served(v.actor))


def _takes_part_in(actor: Actor, model) -> ColumnElement[bool]:
    part, within = aliased(Participation), select(model.__table__.c.id)
    return exists().where(part.participant_id == Country.id, part.within_id.in_(within), told_of(actor, part))


def all_countries(v) -> list[tuple[int, str]]:
    """Countries in which an organisation of the portfolio sits."""
    seated = exists().where(Organisation.country_id == Country.id, visible_to(v.actor, Organisation))
    return names_where(v, Country, seated)


def use_of_countries(v) -> list[tuple[str, str]]:
    return [("portfolio", _("Countries in the portfolio")), ("all", _("All countries"))]


def certainty(v) -> list[tuple[str, str]]:
    """By what a record is in the portfolio."""
    return [("document", _("Documents of the ministry")), ("other", _("Public sources only"))]


def of_certainty(model, code: str):
    """SQL predicate behind `certainty`."""
    return (model.certainty == "document") if code == "document" else (model.certainty != "document")
