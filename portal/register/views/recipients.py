"""The recipient's own file for a report: what would be written, taking it, sending and registering it."""

from __future__ import annotations

from flask import Response, url_for

from portal.donor_workbooks.catalogue import NOTHING
from portal.donor_workbooks.filling import filled as filled_in
from portal.donor_workbooks.filling import problems_of
from portal.donor_workbooks.gathered import Entry, Rows
from portal.donor_workbooks.queries import file as find_file
from portal.donor_workbooks.rules.labels import label_at
from portal.donor_workbooks.rules.limits import COUNTINGS
from portal.donor_workbooks.rules.replacing import own_text, own_texts, quoted
from portal.donor_workbooks.wording import amount_text, label_of
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need, permits
from portal.obligations.queries import report as find_report
from portal.obligations.rules import CHECKED
from portal.register import actions
from portal.register.forms import SendForm
from portal.register.making import recipients
from portal.register.making.template import Template
from portal.register.views import asking
from portal.register.views.blueprint import bp
from portal.register.views.ways import addresses
from portal.web import page
from portal.web.access import may_write, needs
from portal.web.i18n import LANGUAGES, _, gettext, say
from portal.workbooks.filling import Filled, Unfillable
from portal.workbooks.filling.calculating import REASONS
from portal.workbooks.filling.looking import Look
from portal.workbooks.reading.cells import Place
from portal.workbooks.sending import as_file


@bp.get("/reports/<int:due_report_id>/workbooks/<int:donor_file_id>")
@needs("donor_workbook.fill")
def recipient(due_report_id: int, donor_file_id: int) -> Response:
    """What would be written where, what is not known, and what stands in the way; `?at=` names the change as of which."""
    found, file = _found(due_report_id, donor_file_id)
    return _page(found, file, SendForm(formdata=None, data=asking.first(found)))


@bp.get("/reports/<int:due_report_id>/workbooks/<int:donor_file_id>/filled")
@needs("donor_workbook.fill")
def filled(due_report_id: int, donor_file_id: int) -> Response:
    """The filled file, without registering anything; back to the page where something stands in the way."""
    found, file = _found(due_report_id, donor_file_id)
    at = asking.moment()
    try:
        made = asking.make(asking.who(), at, found.id, _template(found, file))
    except (Refused, Unfillable) as error:
        if isinstance(error, Refused) and error.message == asking.HIDDEN:
            form = SendForm(formdata=None, data=asking.first(found))
            form.refuse(error)
            return _page(found, file, form, 403)
        back = {} if page.moment() is not None else {"at": at.id}
        return page.redirect_to("register.recipient", due_report_id=found.id, donor_file_id=file.id, **back)
    return as_file(made.data, file.ending, _name(found, file))


@bp.post("/reports/<int:due_report_id>/workbooks/<int:donor_file_id>")
@needs("sent_file.add", under="due_report_id")
def send_filled(due_report_id: int, donor_file_id: int) -> Response:
    """Send and register: the very file that can be taken at this address, as of the same change."""
    found, file = _found(due_report_id, donor_file_id)
    need(page.actor(), "sent_file.add", found)
    need(page.actor(), "donor_workbook.fill")
    form = SendForm(data=asking.first(found))
    if not form.validate_on_submit():
        return _page(found, file, form)
    at, who, name, template = asking.moment(), asking.who(), _name(found, file), _template(found, file)
    try:
        # Nothing is made while the lock of writers is held.
        with page.unlocked():
            with recipients.reading(page.engine(), who, at.id, due_report_id, donor_file_id) as read:
                template = recipients.template_of(read.file, template.lang)
            made = asking.make(who, at, due_report_id, template)
        found, file = _found(due_report_id, donor_file_id)
        kept_id = asking.register(found, form, made, template, at, who, name)
    except Unfillable:
        found, file = _found(due_report_id, donor_file_id)
        return _page(found, file, form, 422)
    except (InvalidInput, Refused) as error:
        found, file = _found(due_report_id, donor_file_id)
        form.refuse(error)
        return _page(found, file, form)
    page.flash(_("The file is registered, and the report is kept as sent."))
    return page.redirect_to("register.file", sent_file_id=kept_id)


def _page(found, file, form: SendForm, status: int | None = None) -> Response:
    at, who = asking.moment(), asking.who()
    done, args = None, {"at": at.id} if page.moment() is None else {}
    with recipients.reading(page.engine(), who, at.id, found.id, file.id) as read:
        problems = list(read.gathered.obstacles)
        if not problems:
            try:
                done = filled_in(read.s, read.file, read.gathered)
            except (Refused, Unfillable) as refusal:
                problems = problems_of(refusal, read.file)
    ways = [*(one.way for one in problems), *(one.found.way for one in read.gathered.all)]
    may_send = not problems and found.state == CHECKED and permits(page.actor(), "sent_file.add", found)
    return page.render(
        "register/recipient.html", status, report=found, file=file, gathered=read.gathered, done=done, form=form, at=at,
        anew=url_for("register.recipient", due_report_id=found.id, donor_file_id=file.id), args=args, may_send=may_send,
        problems=[(say(one), one.way) for one in problems], way_to=addresses(found, file, ways), label_of=label_of,
        nothing=NOTHING, amount_text=amount_text,
        lost_word=lambda reason: gettext(REASONS[reason]), counting_word=lambda counting: gettext(COUNTINGS[counting]),
        word=lambda text: gettext(text) if text else "", minded=lambda one: _minded(one, done, read.gathered.look),
        replaced=lambda rows: _replaced(rows, read.gathered.look),
        unmapped=[(place, label_at(read.gathered.look, place)) for place in read.gathered.unmapped[:60]],
        pivots=[(one.place, one.name, one.state) for one in done.pivots] if done else [],
        maps=may_write("donor_workbook.edit", file.workbook),
        early=may_send and actions.before_check(page.live_session(), found, at.id),
    )  # fmt: skip


def _minded(one: Entry, done: Filled | None, look: Look) -> list[str]:
    """What a person should know of a cell before the file is sent."""
    told = [gettext(text) for text in one.found.doubts]
    text = own_text(look, one.place) if one.written is not None else ""
    if text and text != one.written:
        told.append(_("it replaces a text of the file: “%(text)s”", text=quoted(text)))
    if done is not None and one.place in done.in_words:
        told.append(_("its cell is not formatted as a date, so the day is written as text"))
    return told


def _replaced(rows: Rows, look: Look) -> list[tuple[Place, str]]:
    """Texts of the file in cells of repeated rows that are emptied, or say that nothing applies."""
    return own_texts(look, [*rows.emptied, *(place for _cell, place, _words in rows.otherwise)])


def _template(found, file) -> Template:
    told = found.obligation.language
    return Template(file.id, told if told in LANGUAGES else page.lang())


def _name(found, file) -> str:
    stem = file.file_name.rpartition(".")[0] or "report"
    return f"{stem[:160]}-{found.period_from.isoformat()}-{found.period_to.isoformat()}.{file.ending}"


def _found(due_report_id: int, donor_file_id: int):
    s, who = page.session(), page.actor()
    found, file = find_report(s, who, due_report_id), find_file(s, who, donor_file_id)
    if found is None or file is None:
        raise NotFound("due_report" if found is None else "donor_file")
    return found, file
