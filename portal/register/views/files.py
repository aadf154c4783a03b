"""The list of files sent, one file with everything kept of it, and what can be asked: its bytes, itself made again, what has
changed since, where a cell comes from."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import PurePath

from flask import Flask, Response, request, send_file, url_for

from portal.donor_workbooks.catalogue import NOTHING
from portal.donor_workbooks.filling import problems_of
from portal.donor_workbooks.wording import label_of
from portal.figures import FIGURES
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.layouts.numbers import cell_text
from portal.layouts.order import Choices
from portal.layouts.places import Made, Written
from portal.layouts.registry import LAYOUTS, WHOLE
from portal.layouts.scoreboard import NAMES
from portal.register import making, queries
from portal.register.listings import FILES
from portal.register.making import recipients
from portal.register.making.recipients import FORMULA
from portal.register.making.template import RECIPIENTS, Template
from portal.register.rules import compared, digest, moved_on
from portal.register.sheet import FILES as SHEET
from portal.register.sheet import Line, file_title, layout_name, lines, recipient_of
from portal.register.views import asking
from portal.register.views.blueprint import bp
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import gettext, say
from portal.workbooks.exports import Export, register
from portal.workbooks.filling import Unfillable
from portal.workbooks.filling.calculating import REASONS
from portal.workbooks.sending import KINDS

MOST = 500
"""Differences shown at once; the number of all stands beside them."""


@bp.get("/sent-files")
@needs("sent_file.read")
def files() -> Response:
    v = FILES.open(page.session(), page.actor(), request.args, page.lang())
    return page.render(
        "register/files.html", v=v, rows=_lines(v.rows(_selected(v))), layout_name=layout_name, file_title=file_title,
        recipient_of=recipient_of,
    )  # fmt: skip


@bp.get("/sent-files/<int:sent_file_id>")
@needs("sent_file.read")
def file(sent_file_id: int) -> Response:
    return _page(_found(sent_file_id))


@bp.get("/sent-files/<int:sent_file_id>/file")
@needs("sent_file.read")
def download(sent_file_id: int) -> Response:
    """The bytes as they were sent."""
    found = _found(sent_file_id)
    if _way(found).hidden:
        return _page(found, 403)
    ending = PurePath(found.file_name).suffix.lstrip(".")
    data = queries.content(page.session(), found.id)
    # Anything that was uploaded is given as a file to be saved, never as a page.
    kind = KINDS.get(ending, "application/octet-stream")
    return send_file(io.BytesIO(data), kind, as_attachment=True, download_name=found.file_name)


@bp.get("/sent-files/<int:sent_file_id>/again")
@needs("sent_file.read")
def again(sent_file_id: int) -> Response:
    """The file made again from the data as of then, compared byte by byte; where it differs, cell by cell."""
    found = _made_here(sent_file_id)
    if _way(found):
        return _page(found, 403)
    s = page.live_session()
    who = making.seen_by(page.actor(), queries.unseen(s, found.id))
    then = queries.cells(s, found.id)
    made, problems = None, []
    try:
        made = making.make(page.engine(), who, found.moment_id, found.due_report_id, _choices(found), fresh=True)
    except Refused as error:
        problems = [error]
    except Unfillable as error:
        problems = problems_of(error)
    same = made is not None and digest(made.data) == found.sha256
    return page.render(
        "register/again.html", file=found, same=same, made=digest(made.data) if made else "", most=MOST,
        differences=[] if same or made is None else compared(then, made.places, _say(then)),
        problems=[say(one) for one in problems], what=_what(found),
        moved=moved_on(json.loads(found.made_with), making.made_with(found.layout == RECIPIENTS)),
    )  # fmt: skip


@bp.get("/sent-files/<int:sent_file_id>/since")
@needs("sent_file.read")
def since(sent_file_id: int) -> Response:
    """What has changed since, cell by cell: the same layout made today, as the actor sees the portal."""
    found = _made_here(sent_file_id)
    if _way(found).hidden:
        return _page(found, 403)
    s, refused, differences, problems, remapped = page.live_session(), "", [], [], False
    then, choices = queries.cells(s, found.id), _choices(found)
    try:
        if isinstance(choices, Template):
            last = making.last_change(s)
            today = recipients.now(page.engine(), asking.who(), last, found.due_report_id, choices)
            # Where the file would not be made today, its formulas are not computed, and are not compared either.
            then = [one for one in then if one.field != FORMULA] if today.obstacles else then
            differences, problems = compared(then, today.places, _say(then)), [say(one) for one in today.obstacles]
            remapped = today.template.mapping != choices.mapping
        else:
            differences = compared(then, _today(found).places, _say(then))
    except (InvalidInput, NotFound):
        refused = "gone"
    return page.render(
        "register/since.html", file=found, differences=differences, refused=refused, most=MOST, what=_what(found),
        problems=problems, remapped=remapped, choices=choices, numbered=_numbered(then),
    )  # fmt: skip


@bp.get("/sent-files/<int:sent_file_id>/cell")
@needs("sent_file.read")
def cell(sent_file_id: int) -> Response:
    """Where a cell comes from: `?sheet=Projekty&cell=C7`."""
    found = _made_here(sent_file_id)
    if _way(found).hidden:
        return _page(found, 403)
    s, places = page.live_session(), queries.cells(page.live_session(), found.id)
    tab, place = request.args.get("sheet", ""), re.sub(r"[^A-Z0-9]", "", request.args.get("cell", "").upper())
    one = next((p for p in places if p.tab == tab and p.cell == place), None)
    behind = queries.records(s, page.actor(), one.records) if one else {}
    quoted = {}
    for note in places:
        if note.sheet == "sources" and one and set(note.notes) & set(one.notes):
            quoted.setdefault(note.notes[0], {})[note.field] = note.shown
    rates = json.loads(found.rates)
    return page.render(
        "register/cell.html", file=found, place=one, tab=tab, cell=place, tabs=_tabs(places), records=behind.values(),
        quoted=quoted or _quoted(found, one), row=[p for p in places if one and (p.sheet, p.row) == (one.sheet, one.row)],
        filled=found.layout == RECIPIENTS, formula=one is not None and one.field == FORMULA, label_of=label_of,
        told=cell_text, numbered=_numbered(places),
        rates=[rates[n] for n in one.rates] if one else [], earlier=_earlier(one.field) if one else "",
        figure=FIGURES.get(one.figure) if one else None,
    )  # fmt: skip


def _earlier(field: str) -> str:
    """Why another report on the same money is behind a cell: what was claimed before, or when a sum began, hangs on it."""
    if field.rpartition(".")[2] in ("before", "to_date"):
        return gettext(
            "It comes before this report on the money of the same contract, so what it claims is in this amount."
        )
    return gettext(
        "It comes before this report on the money of the same contract, so what it claims counts as spent before; nothing of it "
        "is in this cell."
    )


def _quoted(found, one) -> dict[int, dict[str, str]]:
    """What the statements behind a cell of a recipient's file cite, of documents that whoever asks may see."""
    told = queries.told(page.live_session(), found.id).get("sources", {})
    cited = {n: told[str(n)] for n in (one.notes if one else ()) if str(n) in told}
    seen = queries.records(page.live_session(), page.actor(), {document for document, *_words in cited.values()})
    return {
        n: {"title": seen[document].name(page.lang()), "place": place, "quotation": words}
        for n, (document, place, words) in cited.items()
        if document in seen
    }


def _page(found, status: int = 200) -> Response:
    """One file, with what stands in the way of whoever asks."""
    way = _way(found)
    s = page.session()
    choices = _choices(found) if found.layout is not None else None
    return page.render(
        "register/file.html", status, file=found, line=Line(found, not way.hidden), way=way, file_title=file_title,
        recipient_of=recipient_of, layout_name=layout_name, choices=choices,
        # what a layout does not heed is not told, though files of before have it written beside them
        heeds=LAYOUTS[found.layout].heeds if found.layout in LAYOUTS else WHOLE,
        whole=digest(queries.content(s, found.id)) == found.sha256, filled=found.layout == RECIPIENTS,
        columns=[str(NAMES[key]) for key in choices.columns] if isinstance(choices, Choices) else [],
        made_with=json.loads(found.made_with), rates=json.loads(found.rates),
        told={} if way.hidden else queries.told(s, found.id), label_of=label_of, nothing=NOTHING,
        lost_word=lambda reason: gettext(REASONS[reason]) if reason in REASONS else reason,
        word=lambda text: gettext(text) if text else "",
        tabs=_tabs(queries.cells(s, found.id)) if choices and not way.hidden else [],
    )  # fmt: skip


def _today(found) -> Made:
    """The same choices, by the layout and the data of today."""
    last = making.last_change(page.live_session())
    return making.make(page.engine(), asking.who(), last, found.due_report_id, _choices(found))


def _say(then: list[Written]) -> Callable[[Written], str]:
    """How the cells of a file are told. Of one registered before numbers were kept apart, all are told as the file says them."""
    return cell_text if _numbered(then) else lambda place: place.shown


def _numbered(places: list[Written]) -> bool:
    return any(one.number for one in places)


def _what(found) -> str:
    return "recipients" if found.layout == RECIPIENTS else "layout"


def _tabs(places) -> list[str]:
    return list(dict.fromkeys(p.tab for p in places))


def _lines(found) -> list[Line]:
    return lines(page.live_session(), page.actor(), found)


def _choices(found) -> Choices | Template:
    if found.layout == RECIPIENTS:
        return Template.read(found.layout_version, found.language, found.choices)
    return Choices.read(found.layout, found.language, found.choices)


def _way(found) -> queries.InTheWay:
    return queries.in_the_way(page.live_session(), page.actor(), found.id)


def _until() -> int | None:
    past = page.moment()
    return past.id if past is not None else None


def _found(sent_file_id: int):
    found = queries.file(page.session(), page.actor(), sent_file_id, _until())
    if found is None:
        raise NotFound("sent_file", id=sent_file_id)
    return found


def _made_here(sent_file_id: int):
    """A file that the portal made; NotFound of any other: it cannot be made again."""
    found = _found(sent_file_id)
    if found.layout is None or found.layout not in (*LAYOUTS, RECIPIENTS):
        raise NotFound("sent_file", id=sent_file_id)
    return found


def _selected(v):
    return queries.files(v.actor, _until())


def install(app: Flask) -> None:
    app.jinja_env.globals["cell_url"] = lambda f, p: url_for(
        "register.cell", sent_file_id=f.id, sheet=p.tab, cell=p.cell
    )
    register(app, Export(SHEET, FILES, _selected, "sent_file.read", lines))
