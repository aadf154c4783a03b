"""The forms of the lines of a draft."""

from __future__ import annotations

from flask import Flask, Response, request, url_for

from portal.budgets import actions, queries
from portal.budgets.forms import LineForm
from portal.budgets.rules import DRAFT, ENTERED, heading_of, totals
from portal.budgets.saving import columns, missing, save_row, take_away
from portal.budgets.views.blueprint import bp
from portal.budgets.views.budgets import found_budget, limits_of
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.money import decimals_of
from portal.kernel.permission import need
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _


@bp.route("/budgets/<int:budget_id>/lines/add", methods=["GET", "POST"])
@needs("budget.edit", under="budget_id")
def add_line(budget_id: int) -> Response:
    """The button "Save and write another" leads back here."""
    s, who = page.session(), page.actor()
    found = found_budget(budget_id)
    need(who, "budget.edit", found)
    form = LineForm()
    form.offer(found.currency)
    if form.validate_on_submit():
        try:
            with page.writing():
                s.refresh(found)
                made = actions.write_line(s, who, found, form.values())
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("Line %(code)s is saved.", code=made.code))
            if "another" in request.form:
                return page.redirect_to("budgets.add_line", budget_id=budget_id)
            return page.redirect_to("budgets.budget", budget_id=budget_id)
    return _page(found, form, None)


@bp.route("/budgets/<int:budget_id>/lines/<int:place>/edit", methods=["GET", "POST"])
@needs("budget.edit")
def edit_line(budget_id: int, place: int) -> Response:
    """`away` among what is sent takes the line out of the draft."""
    s, who = page.session(), page.actor()
    found = found_budget(budget_id)
    need(who, "budget.edit", found)
    row = queries.line(s, budget_id, place)
    onwards = url_for("budgets.budget", budget_id=budget_id)
    if row is None:
        raise missing("budget", budget_id, queries.was_line(s, budget_id, place), onwards)
    form = LineForm(data=LineForm.standing(columns(row)) | {"version": row.version})
    form.offer(found.currency)
    if "away" in request.form:
        if take_away(form, found, row, lambda held: actions.take_line_away(s, who, found, held), onwards):
            page.flash(_("Line %(code)s is taken out of the draft.", code=row.code))
            return page.redirect_to("budgets.budget", budget_id=budget_id)
        return _page(found, form, row)
    if form.validate_on_submit():
        saved = save_row(
            form, lambda: row, lambda values: actions.edit_line(s, who, found, row, values),
            title=_("Line %(code)s", code=row.code), cancel=onwards,
        )  # fmt: skip
        if saved is True:
            page.flash(_("Line %(code)s is saved.", code=row.code))
            return page.redirect_to("budgets.budget", budget_id=budget_id)
        if saved:
            return saved
    return _page(found, form, row)


def _page(found, form: LineForm, row) -> Response:
    s = page.session()
    version = queries.version(s, found)
    if found.state != DRAFT and request.method == "GET":
        form.refuse(Refused("budget_agreed"))
    without = [line for line in version.lines if row is None or line.code != row.code]
    sums = totals(without)
    watched = {
        "others": {str(heading): sums[heading] for heading in ENTERED},
        "indirect": str(version.limits.indirect), "reserve": str(version.limits.reserve),
        "decimals": decimals_of(version.currency),
    }  # fmt: skip
    heading = heading_of(row.code) if row is not None else None
    return page.render(
        "budgets/line.html", budget=found, form=form, row=row, version=version, watched=watched, heading=heading,
        allowed=limits_of(version),
        action=url_for(request.endpoint, **(request.view_args or {})),
    )  # fmt: skip


def install(app: Flask) -> None:
    """Nothing to offer to other pages."""
