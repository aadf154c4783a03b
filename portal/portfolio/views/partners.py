"""Lists and pages of organisations and countries."""

from __future__ import annotations

from flask import request
from sqlalchemy import exists

from portal.kernel.errors import NotFound
from portal.kernel.search import matching
from portal.partners import queries
from portal.partners.models import Country, Organisation, Participation
from portal.portfolio import choices
from portal.portfolio.queries import partner_rows, profiles
from portal.portfolio.views import bp
from portal.portfolio.views.projects import or_none
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort
from portal.web.marks import Marks


def _holds(role: str):
    return exists().where(Participation.participant_id == Organisation.id, Participation.role == role)


ORGANISATIONS = Listing(
    filters=(
        Search("q", _l("Search organisations"), lambda text, v: matching(v.actor, text, Organisation.id)),
        Choice("kind", _l("Kind"), choices.listed_or_none("organisation_kinds"), lambda c, v: or_none(Organisation.kind_code, c)),
        Choice("country", _l("Country"), choices.all_countries, lambda i, v: Organisation.country_id == int(i)),
        Choice("role", _l("Role"), choices.listed("participation_roles"), lambda c, v: _holds(c), any=_l("Any")),
        Choice("certainty", _l("Source"), choices.certainty, lambda c, v: choices.of_certainty(Organisation, c)),
    ),
    sorts=(Sort("name", _l("Organisation"), lambda v: [Organisation.order_cs if v.lang == "cs" else Organisation.order_en]),),
    key=Organisation.id,
)  # fmt: skip
COUNTRIES = Listing(
    filters=(
        Search("q", _l("Search countries"), lambda text, v: matching(v.actor, text, Country.id)),
        Choice(
            "use", _l("Shown"), choices.use_of_countries,
            lambda c, v: partner_rows.country_in_use() if c == "portfolio" else Country.id.is_not(None),
        ),
    ),
    sorts=(Sort("name", _l("Country"), lambda v: [Country.order_cs if v.lang == "cs" else Country.order_en]),),
    key=Country.id,
)  # fmt: skip


@bp.get("/organisations")
@needs("organisation.read")
def organisations():
    s, actor = page.session(), page.actor()
    v = ORGANISATIONS.open(s, actor, request.args, page.lang())
    rows = partner_rows.dress(s, actor, v.rows(queries.organisations(actor)))
    return page.render("portfolio/organisations.html", v=v, rows=rows)


@bp.get("/organisations/<int:organisation_id>")
@needs("organisation.read")
def organisation(organisation_id: int):
    s, actor = page.session(), page.actor()
    found = queries.organisation(s, actor, organisation_id)
    if found is None:
        raise NotFound("organisation")
    return page.render(
        "portfolio/organisation.html", marks=Marks(), **profiles.of_organisation(s, actor, found, page.lang())
    )


def countries_shown(v):
    """SELECT of the countries of the list: those the portfolio says something of, until somebody asks for others."""
    wanted = queries.countries(v.actor)
    if "use" not in v.values and "q" not in v.values:
        wanted = wanted.where(partner_rows.country_in_use())
    return wanted


@bp.get("/countries")
@needs("country.read")
def countries():
    s, actor = page.session(), page.actor()
    v = COUNTRIES.open(s, actor, request.args, page.lang())
    rows = partner_rows.dress(s, actor, v.rows(countries_shown(v)))
    return page.render("portfolio/countries.html", v=v, rows=rows)


@bp.get("/countries/<int:country_id>")
@needs("country.read")
def country(country_id: int):
    s, actor = page.session(), page.actor()
    found = queries.country(s, actor, country_id)
    if found is None:
        raise NotFound("country")
    return page.render("portfolio/country.html", marks=Marks(), **profiles.of_country(s, actor, found, page.lang()))
