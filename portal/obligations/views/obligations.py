"""The list of obligations, the page of one, its forms."""

from __future__ import annotations

import re
from datetime import date

from flask import Flask, Response, request, url_for

from portal.kernel import clock
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.kernel.when import When
from portal.obligations import actions, queries, sheet
from portal.obligations.facts import RULE
from portal.obligations.forms import ObligationForm, WithdrawForm
from portal.obligations.listings import OBLIGATIONS
from portal.obligations.rules import day_of, missing
from portal.obligations.views.blueprint import bp
from portal.sources import profiles
from portal.sources.forms import readers_of
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, ngettext
from portal.workbooks.exports import Export, register

ID = re.compile(r"[0-9]{1,9}")


@bp.get("/obligations")
@needs("obligation.read")
def obligations() -> Response:
    s, actor = page.session(), page.actor()
    v = OBLIGATIONS.open(s, actor, request.args, page.lang())
    rows = queries.obligation_lines(s, actor, v.rows(queries.obligations(actor)))
    return page.render("obligations/obligations.html", v=v, rows=rows)


@bp.get("/obligations/<int:obligation_id>")
@needs("obligation.read")
def obligation(obligation_id: int) -> Response:
    s, actor = page.session(), page.actor()
    found = _found(obligation_id)
    return page.render(
        "obligations/obligation.html", obligation=found, reports=queries.reports_of(s, actor, found.id),
        gone=queries.withdrawn_of(s, actor, found.id),
        lacking=missing({unit: getattr(found, unit) for unit in RULE}), **profiles.context(found),
    )  # fmt: skip


@bp.route("/obligations/add", methods=["GET", "POST"])
@needs("obligation.add", under="of")
def add() -> Response:
    """`?of=<id>` names the contract, framework or project."""
    s, who = page.session(), page.actor()
    form = ObligationForm(data={"of": page.asked_id("of")} | readers_of(s, who, None))
    form.offer(s, who)
    return profiles.saved_new(
        form, "obligations/add.html", lambda values, support: actions.lay_down_obligation(s, who, values, support),
        _to_page, _("The obligation is added."),
    )  # fmt: skip


@bp.route("/obligations/<int:obligation_id>/edit", methods=["GET", "POST"])
@needs("obligation.edit")
def edit(obligation_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = _found(obligation_id)
    need(who, "obligation.edit", found)
    return profiles.saved(
        profiles.opened(ObligationForm, found), found, "obligations/edit.html",
        lambda values, support: actions.edit_obligation(s, who, found, values, support), lambda: _to_page(found),
    )  # fmt: skip


@bp.route("/obligations/<int:obligation_id>/withdraw", methods=["GET", "POST"])
@needs("obligation.edit")
def withdraw(obligation_id: int) -> Response:
    """Withdrawing the planned reports due before a day. A first POST lists them, the next one (`do`) withdraws those."""
    s, who = page.session(), page.actor()
    found = _found(obligation_id)
    need(who, "obligation.edit", found)
    form, day = WithdrawForm(data={"before": When(clock.today().isoformat())}), clock.today()
    if form.validate_on_submit():
        day = day_of(form.before.data)
        try:
            if not request.form.get("do"):
                return _list(found, form, day, 200)
            shown = [int(one) for one in request.form.getlist("shown") if ID.fullmatch(one)]
            with page.writing(reason=form.reason.data):
                gone = actions.withdraw_planned(s, who, found, day, form.reason.data or "", shown)
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(ngettext("%(num)s report is withdrawn.", "%(num)s reports are withdrawn.", len(gone)))
            return page.redirect_to("obligations.obligation", obligation_id=obligation_id)
    return _list(_found(obligation_id), form, None if form.before.errors else day)


def _list(found, form: WithdrawForm, day: date | None, status: int | None = None) -> Response:
    """The page with the reports that are due before a day; refused where there is none."""
    rows = queries.untouched(page.session(), page.actor(), found.id, day) if day else []
    if day and not rows and not form.form_errors:
        form.refuse(Refused("nothing_to_withdraw"))
    status = None if form.form_errors else status
    return page.render("obligations/withdraw.html", status, obligation=found, form=form, rows=rows)


def _to_page(made) -> Response:
    """Its page; the list, where the actor has hidden it from themselves."""
    if queries.obligation(page.session(), page.actor(), made.id) is None:
        return page.redirect_to("obligations.obligations")
    return page.redirect_to("obligations.obligation", obligation_id=made.id)


def _found(obligation_id: int):
    found = queries.obligation(page.session(), page.actor(), obligation_id)
    if found is None:
        raise NotFound("obligation", id=obligation_id)
    return found


def _card(record) -> dict:
    """The obligations of a record with their reports, for its page."""
    s, actor = page.session(), page.actor()
    found = queries.obligations_of(s, actor, record.id)
    reports = queries.reports_of(s, actor, *(one.id for one in found)) if found else []
    return {"obligations": found, "reports": reports, "add": url_for("obligations.add", of=record.id)}


def install(app: Flask) -> None:
    app.jinja_env.globals["obligations_of"] = _card
    register(
        app,
        Export(
            sheet.OBLIGATIONS, OBLIGATIONS, lambda v: queries.obligations(v.actor), "obligation.read",
            queries.obligation_lines,
        ),
    )  # fmt: skip
