"""The list of legal instruments, the page of one, its forms."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request

from portal.kernel.errors import NotFound
from portal.kernel.permission import need
from portal.legal import actions, queries, sheet
from portal.legal.forms import LegalInstrumentForm
from portal.legal.listings import LEGAL_INSTRUMENTS
from portal.partners.queries import links_of
from portal.sources import profiles
from portal.sources.forms import readers_of
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _
from portal.workbooks.exports import Export, register

bp = Blueprint("legal", __name__)


@bp.get("/legal")
@needs("legal_instrument.read")
def legal_instruments() -> Response:
    s, actor = page.session(), page.actor()
    v = LEGAL_INSTRUMENTS.open(s, actor, request.args, page.lang())
    rows = queries.lines(s, actor, v.rows(queries.legal_instruments(actor)), page.lang())
    return page.render("legal/legal_instruments.html", v=v, rows=rows)


@bp.get("/legal/<int:legal_instrument_id>")
@needs("legal_instrument.read")
def legal_instrument(legal_instrument_id: int) -> Response:
    s, actor = page.session(), page.actor()
    found = _found(legal_instrument_id)
    links = links_of(s, actor, [found.id])
    return page.render(
        "legal/legal_instrument.html", instrument=found, links=links,
        laid_down=queries.laid_down(s, actor, found.id, page.lang()),
        **profiles.context(found, *(link for link, _source, _target in links)),
    )  # fmt: skip


@bp.route("/legal/add", methods=["GET", "POST"])
@needs("legal_instrument.add")
def add() -> Response:
    s, who = page.session(), page.actor()
    form = LegalInstrumentForm(data=readers_of(s, who, None))
    form.offer(s, who)

    def act(values, support):
        return actions.add_legal_instrument(s, who, values, support)

    return profiles.saved_new(form, "legal/add.html", act, _to_profile, _("The document is added."))


@bp.route("/legal/<int:legal_instrument_id>/edit", methods=["GET", "POST"])
@needs("legal_instrument.edit")
def edit(legal_instrument_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = _found(legal_instrument_id)
    need(who, "legal_instrument.edit", found)
    return profiles.saved(
        profiles.opened(LegalInstrumentForm, found), found, "legal/edit.html",
        lambda values, support: actions.edit_legal_instrument(s, who, found, values, support), lambda: _to_profile(found),
    )  # fmt: skip


def _to_profile(made) -> Response:
    """Its profile; the list, where the actor has hidden it from themselves."""
    if queries.legal_instrument(page.session(), page.actor(), made.id) is None:
        return page.redirect_to("legal.legal_instruments")
    return page.redirect_to("legal.legal_instrument", legal_instrument_id=made.id)


def _found(legal_instrument_id: int):
    found = queries.legal_instrument(page.session(), page.actor(), legal_instrument_id)
    if found is None:
        raise NotFound("legal_instrument", id=legal_instrument_id)
    return found


def install(app: Flask) -> None:
    """Navigation, where legal instruments have their pages, their list as a file."""
    from portal.web import links, nav
    from portal.web.i18n import lazy_gettext as _l

    nav.register(
        app, "legal.legal_instruments", _l("Legal and policy documents"), needs="legal_instrument.read", order=55,
        also=("legal",),
    )  # fmt: skip
    links.register(app, "legal_instrument", "legal.legal_instrument", "legal_instrument_id")
    register(
        app,
        Export(
            sheet.LEGAL_INSTRUMENTS, LEGAL_INSTRUMENTS, lambda v: queries.legal_instruments(v.actor),
            "legal_instrument.read", lambda s, actor, rows: queries.lines(s, actor, rows, page.lang()),
        ),
    )  # fmt: skip
