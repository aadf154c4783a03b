"""Uploading the recipient's file, its periods, and taking it back as it was."""

from __future__ import annotations

from flask import Response

from portal.donor_workbooks import actions, queries
from portal.donor_workbooks.forms import FileForm, PeriodForm, held
from portal.donor_workbooks.views.blueprint import bp
from portal.donor_workbooks.views.workbooks import found as found_workbook
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, say
from portal.workbooks.filling import Unfillable
from portal.workbooks.filling.process import look_apart
from portal.workbooks.reading import Unreadable
from portal.workbooks.sending import as_file


@bp.route("/donor-workbooks/<int:donor_workbook_id>/files/add", methods=["GET", "POST"])
@needs("donor_workbook.edit")
def add_file(donor_workbook_id: int) -> Response:
    one, form, seen = found_workbook(donor_workbook_id), FileForm(), None
    need(page.actor(), "donor_workbook.edit", one)
    fine = form.validate_on_submit()
    if form.is_submitted() and form.file.readable and not (form.forged or form.csrf_failed):
        # A stranger's file is looked through while no lock is held; also beside a wrong date, so that both are told at once.
        with page.unlocked():
            try:
                seen = look_apart(form.file.data, form.file.file_name)
            except (Unreadable, Unfillable) as refusal:
                form.file.refuse(say(refusal))
        one = found_workbook(donor_workbook_id)
        if fine and seen is not None:
            try:
                with page.writing():
                    made = actions.add_file(
                        page.session(), page.actor(), one, form.file.data, form.file.file_name, seen, *form.days()
                    )
            except InvalidInput as error:
                form.refuse(error)
            else:
                page.flash(_("The file is kept. Confirm which cells get which values."))
                endpoint = "donor_workbooks.carry" if queries.before(made) is not None else "donor_workbooks.file"
                return page.redirect_to(endpoint, donor_file_id=made.id)
    return page.render("donor_workbooks/add_file.html", form=form, workbook=one)


@bp.route("/donor-files/<int:donor_file_id>/edit", methods=["GET", "POST"])
@needs("donor_workbook.edit")
def edit_file(donor_file_id: int) -> Response:
    s, who, one = page.session(), page.actor(), found(donor_file_id)
    need(who, "donor_workbook.edit", one.workbook)
    form = PeriodForm(data={"valid_from": held(one.valid_from), "valid_to": held(one.valid_to), "version": one.version})
    if form.validate_on_submit():
        try:
            with page.writing():
                s.refresh(one)
                actions.edit_file(s, who, one, form.version.data, *form.days())
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("Saved."))
            return page.redirect_to("donor_workbooks.workbook", donor_workbook_id=one.workbook_id)
    return page.render("donor_workbooks/edit_file.html", form=form, file=one)


@bp.get("/donor-files/<int:donor_file_id>/original")
@needs("donor_workbook.read")
def original(donor_file_id: int) -> Response:
    """The file as it was uploaded, byte for byte."""
    one = found(donor_file_id)
    data = queries.data_of(page.session(), one)
    return as_file(data, one.ending, one.file_name)


def found(donor_file_id: int):
    """One file of a workbook the actor may see; NotFound."""
    one = queries.file(page.session(), page.actor(), donor_file_id)
    if one is None:
        raise NotFound("donor_file", id=donor_file_id)
    return one
