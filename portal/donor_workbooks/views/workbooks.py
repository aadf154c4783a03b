"""The list of donors' workbooks, the page of one, its forms."""

from __future__ import annotations

from flask import Response

from portal.donor_workbooks import actions, queries
from portal.donor_workbooks.forms import WithdrawForm, WorkbookForm
from portal.donor_workbooks.views.blueprint import bp
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _


@bp.get("/donor-workbooks")
@needs("donor_workbook.read")
def index() -> Response:
    rows = queries.listed(page.session(), page.actor(), page.lang())
    return page.render("donor_workbooks/index.html", rows=rows)


@bp.get("/donor-workbooks/<int:donor_workbook_id>")
@needs("donor_workbook.read")
def workbook(donor_workbook_id: int) -> Response:
    return page.render("donor_workbooks/workbook.html", workbook=found(donor_workbook_id))


@bp.route("/donor-workbooks/add", methods=["GET", "POST"])
@needs("donor_workbook.add")
def add() -> Response:
    s, who = page.session(), page.actor()
    form = WorkbookForm()
    form.recipient.offer(queries.recipients(s, who, page.lang()))
    if form.validate_on_submit():
        try:
            with page.writing():
                made = actions.add_workbook(s, who, form.units())
        except InvalidInput as error:
            form.refuse(error)
        else:
            page.flash(_("The workbook is added. Upload the recipient’s file now."))
            return page.redirect_to("donor_workbooks.workbook", donor_workbook_id=made.id)
    return page.render("donor_workbooks/add.html", form=form)


@bp.route("/donor-workbooks/<int:donor_workbook_id>/edit", methods=["GET", "POST"])
@needs("donor_workbook.edit")
def edit(donor_workbook_id: int) -> Response:
    s, who, one = page.session(), page.actor(), found(donor_workbook_id)
    need(who, "donor_workbook.edit", one)
    form = WorkbookForm(
        data={
            "name_cs": one.name_cs, "name_en": one.name_en, "recipient": one.recipient_id, "kinds": one.kind_codes,
            "note": one.note, "version": one.version,
        }
    )  # fmt: skip
    form.recipient.offer(queries.recipients(s, who, page.lang()))
    if form.validate_on_submit():
        try:
            with page.writing():
                s.refresh(one)
                actions.edit_workbook(s, who, one, form.version.data, form.units())
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("Saved."))
            return page.redirect_to("donor_workbooks.workbook", donor_workbook_id=one.id)
    return page.render("donor_workbooks/edit.html", form=form, workbook=one)


@bp.route("/donor-workbooks/<int:donor_workbook_id>/withdraw", methods=["GET", "POST"])
@needs("donor_workbook.edit")
def withdraw(donor_workbook_id: int) -> Response:
    """Withdraw it with a reason, or use it again."""
    s, who, one = page.session(), page.actor(), found(donor_workbook_id)
    need(who, "donor_workbook.edit", one)
    form = WithdrawForm(data={"version": one.version})
    if form.validate_on_submit():
        try:
            with page.writing():  # the reason is told with the workbook, to whom may see that; a change is told to all
                s.refresh(one)
                actions.withdraw_workbook(s, who, one, form.version.data, form.reason.data or "")
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The workbook is withdrawn.") if one.withdrawn else _("The workbook is used again."))
            return page.redirect_to("donor_workbooks.workbook", donor_workbook_id=one.id)
    return page.render("donor_workbooks/withdraw.html", form=form, workbook=one)


def found(donor_workbook_id: int):
    """One workbook the actor may see; NotFound."""
    one = queries.workbook(page.session(), page.actor(), donor_workbook_id)
    if one is None:
        raise NotFound("donor_workbook", id=donor_workbook_id)
    return one
