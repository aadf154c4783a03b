"""Lists and pages of organisations, countries and role holders."""

from __future__ import annotations

from flask import request

from portal.kernel.errors import NotFound
from portal.partners import queries
from portal.portfolio.listings.partners import COUNTRIES, ORGANISATIONS
from portal.portfolio.queries import partner_rows, profiles
from portal.portfolio.views.blueprint import bp
from portal.web import page
from portal.web.access import needs
from portal.web.marks import Marks


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
        wanted = wanted.where(partner_rows.country_in_use(v.actor))
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


@bp.get("/role-holders/<int:role_holder_id>")
@needs("role_holder.read")
def role_holder(role_holder_id: int):
    s, actor = page.session(), page.actor()
    found = queries.role_holder(s, actor, role_holder_id)
    if found is None:
        raise NotFound("role_holder", id=role_holder_id)
    return page.render("portfolio/role_holder.html", marks=Marks(), **profiles.of_role_holder(s, actor, found))
