"""Making the file of a report: choosing, downloading without any trace, sending and registering; keeping one made elsewhere."""

from __future__ import annotations

from flask import Flask, Response, request, url_for

from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need, permits
from portal.layouts.order import Choices
from portal.layouts.registry import LAYOUTS, offered, suited
from portal.layouts.scoreboard import NAMES
from portal.obligations.queries import report as report_by_id
from portal.obligations.rules import ACCEPTED, CHECKED, RETURNED, SENT
from portal.register import actions, making, queries
from portal.register.forms import ElsewhereForm, SendForm
from portal.register.sheet import file_title, lines
from portal.register.views import asking
from portal.register.views.blueprint import bp
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import gettext as _
from portal.web.i18n import speaking
from portal.workbooks.sending import Moment, file_name, send

KEPT = (CHECKED, SENT, ACCEPTED, RETURNED)
"""States in which a file that was made elsewhere can be kept."""


@bp.get("/reports/<int:due_report_id>/file")
@needs("sent_file.read")
def choose(due_report_id: int) -> Response:
    """Choosing how the file is made; `?at=` names the change as of which, else the last one."""
    found, of = _place(due_report_id)
    if not offered(found, of):
        return page.render("register/no_layout.html", report=found, keeps=found.state in KEPT)
    return _page(found, of, SendForm(data=asking.first(found)))


@bp.get("/reports/<int:due_report_id>/file.xlsx")
@needs("sent_file.read")
def preview(due_report_id: int) -> Response:
    """The file, without registering anything."""
    found, of = _place(due_report_id)
    choices, at = _choices(found, of), asking.moment()
    who = asking.who()
    try:
        made = asking.make(who, at, due_report_id, choices)
    except (InvalidInput, Refused) as error:
        form = SendForm(formdata=None, data=asking.first(found))
        form.refuse(error)
        return _page(found, of, form, 422 if isinstance(error, InvalidInput) else 403)
    return send(made.data, _title(found, choices), Moment(at.at, at.id, past=page.moment() is not None), "xlsx")


@bp.post("/reports/<int:due_report_id>/file")
@needs("sent_file.add", under="due_report_id")
def send_made(due_report_id: int) -> Response:
    """Send and register: the very file that can be downloaded at this address, as of the same change."""
    found, of = _place(due_report_id)
    need(page.actor(), "sent_file.add", found)
    form = SendForm(data=asking.first(found))
    if not form.validate_on_submit():
        return _page(found, of, form)
    choices, at = _choices(found, of), asking.moment()
    who = asking.who()
    name = file_name(_title(found, choices), Moment(at.at, at.id), "xlsx")
    try:
        # Nothing is made while the lock of writers is held.
        with page.unlocked():
            if told := making.stops(page.engine(), who, at.id, due_report_id, choices):
                raise InvalidInput(dict(enumerate(told)))
            made = asking.make(who, at, due_report_id, choices)
        found, of = _place(due_report_id)
        kept_id = asking.register(found, form, made, choices, at, who, name)
    except (InvalidInput, Refused) as error:
        found, of = _place(due_report_id)
        form.refuse(error)
        return _page(found, of, form)
    page.flash(_("The file is registered, and the report is kept as sent."))
    return page.redirect_to("register.file", sent_file_id=kept_id)


@bp.route("/reports/<int:due_report_id>/file-elsewhere", methods=["GET", "POST"])
@needs("sent_file.add", under="due_report_id")
def elsewhere(due_report_id: int) -> Response:
    """Keeping a file that was not made here."""
    found = report_by_id(page.session(), page.actor(), due_report_id)
    if found is None:
        raise NotFound("due_report", id=due_report_id)
    need(page.actor(), "sent_file.add", found)
    form = ElsewhereForm(data=asking.first(found))
    if form.validate_on_submit():
        try:
            with page.writing():
                s = page.live_session()
                s.refresh(found)
                kept = actions.keep_file(
                    s, page.actor(), found, form.version.data, form.file.data, on=form.on.data,
                    reference=form.number.data or "", recipient=form.recipient.data or "",
                    file_name=_plain(form.file.file_name),
                )  # fmt: skip
                kept_id = kept.id
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The file is registered as it was sent."))
            return page.redirect_to("register.file", sent_file_id=kept_id)
    return page.render(
        "register/elsewhere.html", report=found, form=form, moves=found.state == CHECKED, open=found.state in KEPT
    )


def _page(found, of, form: SendForm, status: int | None = None) -> Response:
    choices = _choices(found, of)
    at = asking.moment_or_none()
    args = choices.args() | ({"at": at.id} if at and page.moment() is None else {})
    sends = found.state == CHECKED and permits(page.actor(), "sent_file.add", found)
    who = asking.who()
    shown = list(choices.columns or LAYOUTS[choices.layout].columns)
    rest = [key for key in LAYOUTS[choices.layout].columns if key not in shown]
    return page.render(
        "register/make.html", status, report=found, of=of, form=form, choices=choices, layouts=offered(found, of), at=at,
        args=args, layout=LAYOUTS[choices.layout].name, heeds=LAYOUTS[choices.layout].heeds,
        columns=[(key, str(NAMES[key]), key in shown, n) for n, key in enumerate([*shown, *rest], 1)],
        may_send=sends, early=sends and at is not None and actions.before_check(page.live_session(), found, at.id),
        stops=making.stops(page.engine(), who, at.id, found.id, choices) if sends and at else [],
    )  # fmt: skip


def _choices(found, of) -> Choices:
    key = request.args.get("layout", "")
    layout = LAYOUTS[key] if key in {one.key for one in offered(found, of)} else suited(found, of)
    if layout is None:
        raise NotFound("layout")
    lang = request.args.get("in") or found.obligation.language or page.lang()
    return Choices.asked(request.args, layout.key, lang, layout.columns, layout.heeds)


def _title(found, choices: Choices) -> str:
    """What the file is called: the report, the layout and the language, as that language says it."""
    with speaking(choices.lang):
        return f"{found.name(choices.lang)[:100]} {LAYOUTS[choices.layout].name} {choices.lang}"


def _plain(name: str) -> str:
    """The name of a file without folders and without what cannot be printed."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[-200:] or "file"


def _place(due_report_id: int):
    return making.place(page.session(), page.actor(), due_report_id)


def _card(report) -> dict:
    """What was sent of a report, for its page."""
    past = page.moment()
    s, actor = page.session(), page.actor()
    return {
        "files": lines(page.live_session(), actor, queries.files_of(s, actor, report.id, past.id if past else None)),
        "title": file_title,
        "make": url_for("register.choose", due_report_id=report.id),
        "keep": url_for("register.elsewhere", due_report_id=report.id) if report.state in KEPT else None,
    }


def install(app: Flask) -> None:
    app.jinja_env.globals["files_sent_of"] = _card
