"""The list of instruments, the page of one, its forms."""

from __future__ import annotations

from flask import Flask, Response, request

from portal.funding import actions, queries, sheet
from portal.funding.forms import InstrumentForm
from portal.funding.queries import lines, listings
from portal.funding.views.blueprint import bp
from portal.kernel.errors import NotFound
from portal.kernel.permission import need
from portal.partners.queries import links_of
from portal.sources import profiles
from portal.sources.forms import readers_of
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _
from portal.workbooks.exports import Export, register


@bp.get("/instruments")
@needs("instrument.read")
def instruments() -> Response:
    s, actor = page.session(), page.actor()
    v = listings.INSTRUMENTS.open(s, actor, request.args, page.lang())
    return page.render("funding/instruments.html", v=v, rows=v.rows(listings.select_instruments(actor)))


@bp.get("/instruments/<int:instrument_id>")
@needs("instrument.read")
def instrument(instrument_id: int) -> Response:
    s, actor = page.session(), page.actor()
    found = _found(instrument_id)
    flows, links = queries.flows_of_instrument(s, actor, instrument_id), links_of(s, actor, [instrument_id])
    return page.render(
        "funding/instrument.html", instrument=found, flows=flows, links=links,
        adding=queries.adding(s, actor, flows),
        contracts=queries.contracts_of_instrument(s, actor, instrument_id),
        **profiles.context(found, *flows, *(link for link, _source, _target in links)),
    )  # fmt: skip


@bp.route("/instruments/add", methods=["GET", "POST"])
@needs("instrument.add")
def add_instrument() -> Response:
    s, who = page.session(), page.actor()
    form = InstrumentForm(data=readers_of(s, who, None))
    form.offer(s, who)

    def act(values, support):
        return actions.add_instrument(s, who, values, support)

    return profiles.saved_new(form, "funding/add_instrument.html", act, _to_profile, _("The instrument is added."))


@bp.route("/instruments/<int:instrument_id>/edit", methods=["GET", "POST"])
@needs("instrument.edit")
def edit_instrument(instrument_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = _found(instrument_id)
    need(who, "instrument.edit", found)
    return profiles.saved(
        profiles.opened(InstrumentForm, found), found, "funding/edit_instrument.html",
        lambda values, support: actions.edit_instrument(s, who, found, values, support), lambda: _to_profile(found),
    )  # fmt: skip


def _to_profile(made) -> Response:
    """Its profile; the list, where the actor has hidden it from themselves."""
    if queries.instrument(page.session(), page.actor(), made.id) is None:
        return page.redirect_to("funding.instruments")
    return page.redirect_to("funding.instrument", instrument_id=made.id)


def _found(instrument_id: int):
    found = queries.instrument(page.session(), page.actor(), instrument_id)
    if found is None:
        raise NotFound("instrument", id=instrument_id)
    return found


def offer(app: Flask) -> None:
    register(
        app,
        Export(
            sheet.INSTRUMENTS, listings.INSTRUMENTS, lambda v: listings.select_instruments(v.actor), "instrument.read",
            lines.of_instruments,
        ),
    )  # fmt: skip
