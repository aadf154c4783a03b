"""The forms of the lines of a draft."""

from __future__ import annotations

from flask import Flask, Response, request, url_for

from portal.budgets import actions, queries
from portal.budgets.forms import LineForm
from portal.budgets.rules import BY_ADDENDUM, DRAFT, Line, heading_of, problems_of_line, shifted, totals
from portal.budgets.saving import columns, looks, missing, save_row, take_away
from portal.budgets.views.blueprint import bp
from portal.budgets.views.budgets import found_budget, limits_of
from portal.kernel.errors import InvalidInput, Refused
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
    if form.validate_on_submit() and not looks():
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
    if form.validate_on_submit() and not looks():
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
    """The form of a line, with the sums and limits of the version as they would be with the line as it is typed."""
    s, actor = page.session(), page.actor()
    version = queries.version(s, found)
    if found.state != DRAFT and request.method == "GET":
        form.refuse(Refused("budget_agreed"))
    without = [one for one in version.lines if row is None or one.code != row.code]
    held = version.lines[version.rows.index(row)] if row is not None else None
    typed = _typed(form, without)
    line = typed or held
    sums = totals([*without, line] if line else without)
    compared = queries.comparison(s, actor, found)
    kind = found.kind_code
    return page.render(
        "budgets/line.html", 200 if looks() else None, budget=found, form=form, row=row, version=version, line=line, sums=sums,
        heading=heading_of(line.code) if line else None, unread=form.is_submitted() and typed is None,
        allowed=limits_of(sums, version.limits), before=compared.old if compared else None,
        shifted=shifted(compared.old.totals, sums, compared.old.limits, kind) if compared and kind != BY_ADDENDUM else [],
        action=url_for(request.endpoint, **(request.view_args or {})),
    )  # fmt: skip


def _typed(form: LineForm, others: list[Line]) -> Line | None:
    """The line as it stands in the form that was sent; None while it cannot be read, or is none that the version could have."""
    if not form.is_submitted() or form.code.errors or form.number.errors or form.value.errors:
        return None
    if not form.code.data or form.number.data is None or form.value.data is None:
        return None
    made = Line(form.code.data.strip(), form.number.data, form.value.data.minor)
    return None if problems_of_line(made, [one.code for one in others]) else made


def install(app: Flask) -> None:
    """Nothing to offer to other pages."""
