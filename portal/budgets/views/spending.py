"""The money of a due report: expenditure, variations, forecast; the forms of its rows."""

from __future__ import annotations

from flask import Flask, Response, request, url_for

from portal.budgets import actions, queries
from portal.budgets.forms import ExpenditureForm, ReportLineForm
from portal.budgets.rules import CODE, DIRECT, HEADINGS, INDIRECT, RESERVE, heading_of, parts_of
from portal.budgets.saving import columns, looks, missing, save_row, take_away
from portal.budgets.views.blueprint import bp
from portal.kernel import asof, codes
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.obligations.queries import as_sent
from portal.obligations.queries import report as report_by_id
from portal.obligations.rules import ON_MONEY
from portal.rates.rules import NoRate
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _


@bp.get("/reports/<int:due_report_id>/money")
@needs("due_report.read")
def money(due_report_id: int) -> Response:
    report, actor = _report(due_report_id), page.actor()
    with as_sent(page.session(), page.engine(), actor, report) as (s, told, sent):
        found = queries.incurred(s, actor, told) if told is not None else None
        then = queries.told_before(s, page.engine(), actor, found) if found is not None and sent is None else None
        return _money(report, found, queries.checks(s, actor, found) if found is not None else [], sent, then)


def _money(report, found, checks: list, sent: asof.Moment | None, then: queries.ToldBefore | None) -> Response:
    """The page of what a report claims; `sent`: the moment as of which that is read; `then`: what the report
    before it said when it was sent, where that is another sum by now."""
    if found is None:
        raise NotFound("due_report", id=report.id)
    lacking = _lacking(found)
    return page.render(
        "budgets/money.html", report=report, found=found, checks=checks, headings=HEADINGS,
        open=report.is_open, sent=sent, told=then,
        lacking=lacking,
        quiet={one.code for one in found.lines if not one.needs and not any(one.code in few for few in lacking.values())},
    )  # fmt: skip


def _lacking(found) -> dict[str, set[str | int]]:
    """Lines by their codes, and headings, whose sum of the period or of before lacks an item that has no amount."""
    items = {"incurred": found.items, "before": found.items_before}
    return {
        which: _with_headings({one.row.code for one in held if isinstance(one.conversion, NoRate)})
        for which, held in items.items()
    }


def _with_headings(codes: set[str]) -> set[str | int]:
    """Lines by their codes, with the numbers of the headings that add them."""
    return codes | {heading for code in codes for heading in parts_of(code)}


@bp.route("/reports/<int:due_report_id>/expenditure/add", methods=["GET", "POST"])
@needs("due_report.edit", under="due_report_id")
def add_expenditure(due_report_id: int) -> Response:
    """The button "Save and write another" leads back here."""
    s, who = page.session(), page.actor()
    report, found = _found(due_report_id)
    need(who, "due_report.edit", report)
    form = ExpenditureForm(data={"code": request.args.get("line", "")[:16]})
    form.offer(_lines(found))
    if form.validate_on_submit() and not looks():
        try:
            with page.writing():
                s.refresh(report)
                made = actions.claim(s, who, report, form.values())
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("Document %(document)s is saved.", document=made.document))
            if "another" in request.form:
                return page.redirect_to("budgets.add_expenditure", due_report_id=due_report_id, line=made.code)
            return page.redirect_to("budgets.money", due_report_id=due_report_id)
    return _expenditure(report, found, form, None)


@bp.route("/reports/<int:due_report_id>/expenditure/<int:place>/edit", methods=["GET", "POST"])
@needs("due_report.edit", under="due_report_id")
def edit_expenditure(due_report_id: int, place: int) -> Response:
    """`away` among what is sent takes the item out of the report."""
    s, who = page.session(), page.actor()
    report, found = _found(due_report_id)
    need(who, "due_report.edit", report)
    row = queries.expenditure_of(s, due_report_id, place)
    onwards = url_for("budgets.money", due_report_id=due_report_id)
    if row is None:
        raise missing("due_report", due_report_id, queries.was_item(s, due_report_id, place), onwards)
    form = ExpenditureForm(data=ExpenditureForm.standing(columns(row)) | {"version": row.version})
    form.offer(_lines(found), row.code)
    if "away" in request.form:
        if take_away(form, report, row, lambda held: actions.take_claim_away(s, who, report, held), onwards):
            page.flash(_("Document %(document)s is taken out of the report.", document=row.document))
            return page.redirect_to("budgets.money", due_report_id=due_report_id)
        return _expenditure(report, found, form, row)
    if form.validate_on_submit() and not looks():
        saved = save_row(
            form, lambda: row, lambda values: actions.correct_claim(s, who, report, row, values),
            title=_("Document %(document)s", document=row.document), cancel=onwards,
        )  # fmt: skip
        if saved is True:
            page.flash(_("Document %(document)s is saved.", document=row.document))
            return page.redirect_to("budgets.money", due_report_id=due_report_id)
        if saved:
            return saved
    return _expenditure(report, found, form, row)


def _expenditure(report, found, form: ExpenditureForm, row) -> Response:
    """The form of an item, with what the item as it is typed would do to the sums of the report."""
    place = row.place if row is not None else 0
    typed = _typed(report, form, place)
    then = queries.incurred(page.session(), page.actor(), report, typed) if typed is not None else None
    checked = queries.checks(page.session(), page.actor(), then) if then is not None else []
    return _form(
        "budgets/expenditure.html", report, found, form, row, then=then, typed=typed,
        brings=[
            one for one in checked
            if typed is not None and one.concerns(typed.code, place)
            and not (form.paid.errors and one.code == "paid_unknown")
        ],
        item=next((one for one in then.items if one.row.place == place), None) if then is not None else None,
        line=next((one for one in then.lines if one.code == typed.code), None) if then is not None and typed else None,
        lacking=_lacking(then) if then is not None else {},
    )  # fmt: skip


def _typed(report, form: ExpenditureForm, place: int):
    """The item as it stands in the form, written down nowhere; None while its line or amount cannot be read."""
    if not form.code.data or form.amount.data is None or form.code.errors or form.amount.errors:
        return None
    paid = form.paid.data.earliest if form.paid.data is not None and not form.paid.errors else None
    quantity = None if form.quantity.errors else form.quantity.data
    given = {"document": form.document.data or "", "paid": paid, "payee": form.payee.data or "", "quantity": quantity}
    return queries.unwritten_item(report.id, place, form.amount.data, code=form.code.data, **given)


@bp.route("/reports/<int:due_report_id>/lines/<line>/edit", methods=["GET", "POST"])
@needs("due_report.edit", under="due_report_id")
def edit_report_line(due_report_id: int, line: str) -> Response:
    """What the report says of a line; `another` among what is sent goes on to the next line."""
    s, who = page.session(), page.actor()
    report, found = _found(due_report_id)
    need(who, "due_report.edit", report)
    if not CODE.fullmatch(line):
        raise NotFound("due_report", id=due_report_id)
    row = queries.report_line(s, due_report_id, line)
    held = columns(row) if row is not None else {"version": 0}
    form = ReportLineForm(
        data=(ReportLineForm.standing(held) if row is not None else {}) | {"version": held["version"]}
    )
    form.offer(found.currency)
    onwards = url_for("budgets.money", due_report_id=due_report_id, _anchor="lines")

    def held_now():
        s.refresh(report)
        return queries.report_line(s, due_report_id, line)

    def put(values):
        return actions.say_of_line(s, who, report, line, values, found.currency)

    if form.validate_on_submit():
        saved = save_row(
            form, held_now, put, title=_("Line %(code)s", code=line), cancel=onwards,
        )  # fmt: skip
        if saved is True:
            page.flash(_("What the report says of line %(code)s is saved.", code=line))
            coming = _next(found, line) if "another" in request.form else None
            if coming:
                return page.redirect_to("budgets.edit_report_line", due_report_id=due_report_id, line=coming)
            return page.redirect_to("budgets.money", due_report_id=due_report_id, _anchor="lines")
        if saved:
            return saved
    told = next((one for one in found.lines if one.code == line), None)
    return _form(
        "budgets/report_line.html", report, found, form, row, told=told, code=line, following=_next(found, line),
        lacking=_lacking(found),
    )  # fmt: skip


def _form(template: str, report, found, form, row, **more) -> Response:
    if not report.is_open and request.method == "GET":
        form.refuse(Refused("report_closed"))
    action = url_for(request.endpoint, **(request.view_args or {}))
    return page.render(
        template, 200 if looks() else None, report=report, found=found, form=form, row=row, action=action, **more
    )


def _next(found, line: str) -> str | None:
    lines = [one.code for one in found.lines]
    return next(iter(lines[lines.index(line) + 1 :]), None) if line in lines else None


def _lines(found) -> list[tuple[str, str]]:
    """(code, name) of the lines money may be spent on: those of the budget in force; without one the headings."""
    if found.version is None:
        spent = [*DIRECT, INDIRECT]
        return [(str(one), f"{one} {codes.label('budget_headings', str(one), page.lang())}") for one in spent]
    rows = [row for row in found.version.rows if heading_of(row.code) != RESERVE]
    return [(row.code, f"{row.code} {row.name(page.lang())}") for row in rows]


def _found(due_report_id: int):
    """The report of an address and what it claims; NotFound where it is on no money."""
    report = _report(due_report_id)
    found = queries.incurred(page.session(), page.actor(), report)
    if found is None:
        raise NotFound("due_report", id=due_report_id)
    return report, found


def _report(due_report_id: int):
    found = report_by_id(page.session(), page.actor(), due_report_id)
    if found is None:
        raise NotFound("due_report", id=due_report_id)
    return found


def _is_on_money(report) -> bool:
    """Whether a report is on the money of a contract, for its page."""
    return report.obligation.of.kind == "contract" and report.obligation.kind_code in ON_MONEY


def install(app: Flask) -> None:
    app.jinja_env.globals["is_on_money"] = _is_on_money
