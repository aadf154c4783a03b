"""The pages on which two records are compared, merged and separated, and what profiles tell of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, request, url_for
from sqlalchemy.orm import Session

from portal.desk.rules import OF_THE_DESK
from portal.kernel.errors import Forbidden, InvalidInput, NotFound, Refused, Stale
from portal.kernel.permission import Actor, holds
from portal.kernel.record import Record
from portal.merging import actions, queries
from portal.merging import policy as policy  # declares the permissions
from portal.merging.actions.allowing import obstacle
from portal.merging.forms import MergeForm, OtherForm, ReasonForm, choices, seal
from portal.merging.parting import foresee_parting, written_since
from portal.merging.rules import DIFFERS, EQUAL, KINDS, ONLY_ABSORBED, ONLY_KEPT
from portal.sources.facts import records_in
from portal.sources.forms import MESSAGES
from portal.sources.queries import facts_of, names_of_kinds
from portal.sources.queries import record as find_record
from portal.sources.queries import records as records_by_id
from portal.standing.queries import frameworks_of, side_by_side, sums
from portal.web import page
from portal.web.access import may_write, needs
from portal.web.i18n import _, lang
from portal.web.links import record_url
from portal.web.marks import Marks

bp = Blueprint("merging", __name__)


@bp.get("/records/<int:record_id>/compare")
@needs("record.compare")
def choose(record_id: int) -> Response:
    """Choose the record to compare with; `other` names it."""
    s, who = page.session(), page.actor()
    record = _found(record_id)
    form = OtherForm(formdata=request.args if "other" in request.args else None)
    names = names_of_kinds(s, who, lang(), (record.kind,))
    form.other.offer((i, name) for i, name, _kind in names if i != record.id)
    if "other" in request.args and form.validate():
        return page.redirect_to("merging.compare", record_id=record.id, other_id=form.other.data)
    return _choice(record, form, 422 if form.errors else 200)


def _choice(record: Record, form: OtherForm, status: int) -> Response:
    s, who = page.session(), page.actor()
    return page.render(
        "merging/choose.html", status, form=form, record=record, profile=record_url(record),
        same=queries.possibly_same(s, who, record),
    )  # fmt: skip


@bp.get("/records/<int:record_id>/compare/<int:other_id>")
@needs("record.compare")
def compare(record_id: int, other_id: int) -> Response:
    s = page.session()
    record, other = _found(record_id), _found(other_id)
    problem = obstacle(s, record, other)
    if problem in ("merge_itself", "merge_other_kind"):
        form = OtherForm(formdata=None)
        names = names_of_kinds(s, page.actor(), lang(), (record.kind,))
        form.other.offer((i, name) for i, name, _kind in names if i != record.id)
        form.form_errors.append(str(MESSAGES[problem]))
        return _choice(record, form, 422)
    may = page.moment() is None and all(_may_merge(page.actor(), one) for one in (record, other))
    return page.render(
        "merging/compare.html", **_context(record, other), may=may,
        problem=MESSAGES[problem] if problem and may else None,
    )  # fmt: skip


@bp.route("/records/<int:record_id>/merge/<int:other_id>", methods=["GET", "POST"])
@needs("record.merge")
def merge(record_id: int, other_id: int) -> Response:
    """`record_id` is kept, `other_id` merged into it. A first POST shows what changes, the next one does it."""
    s, who = page.session(), page.actor()
    record, other = _found(record_id), _found(other_id)
    for one in (record, other):
        if not _may_merge(who, one):
            raise Forbidden(f"{one.kind}.edit")
    problem = obstacle(s, record, other)
    if problem and page.unsafe():
        raise Refused(MESSAGES[problem])
    if problem:
        return page.redirect_to("merging.compare", record_id=record.id, other_id=other.id)
    form = MergeForm()
    context = _context(record, other)
    flows = queries.booked(s, who, record, other)
    chosen = choices(request.form, context["units"], flows)
    if not form.validate_on_submit():
        return _merge_page(form, context, flows, chosen)
    kind, reason = record.kind, form.reason.data or ""
    try:
        if request.form.get("do"):
            if _merged(record, other, chosen, reason):
                page.flash(_("The two records are one. This one stands for both."))
                return page.redirect_back(record_url(record))
            form.form_errors.append(
                _("Something was changed since this page was shown. Nothing is merged yet; look again.")
            )
        return _shown(form, record, other, chosen)
    except (InvalidInput, Refused) as error:
        form.refuse_of(kind, error)
        return _merge_page(form, _context(_found(record_id), _found(other_id)), flows, chosen)


def _merged(record: Record, other: Record, chosen: actions.Choices, reason: str) -> bool:
    """Merge what was shown; False where it is no longer that."""
    sent = request.form.get("seal", "")
    mark = sent.partition("-")[0]
    if sent != seal(mark, chosen):
        return False
    try:
        with page.writing(reason=reason):
            actions.merge(page.session(), page.actor(), record, other, chosen, reason, mark)
    except Stale:
        return False
    return True


def _shown(form: MergeForm, record: Record, other: Record, chosen: actions.Choices) -> Response:
    """The page once more, with what merging would come to and the button that does it."""
    s, who = page.session(), page.actor()
    frameworks = frameworks_of(s, who, record, other)
    now = sums(s, who, frameworks)
    moving, then = actions.promise(
        s, who, record, other, chosen, form.reason.data or "", lambda s: sums(s, who, frameworks)
    )
    status = 409 if form.form_errors else 200
    return _merge_page(
        form, _context(record, other), queries.booked(s, who, record, other), chosen, status,
        effects=side_by_side(frameworks, now, then), seal=seal(moving.mark, chosen),
        moved=_counted(s, who, moving.rows()), stays=_counted(s, who, moving.stays),
    )  # fmt: skip


def _merge_page(
    form: MergeForm, context: dict, flows: list, chosen: actions.Choices, status: int | None = None, **more: Any
) -> Response:
    return page.render("merging/merge.html", status, form=form, **context, flows=flows, chosen=chosen, **more)


@bp.route("/records/<int:record_id>/separate", methods=["GET", "POST"])
@needs("record.merge")
def separate(record_id: int) -> Response:
    """What separating would take back and what would stay; a POST shows the totals it would come to, or does it."""
    s, who = page.session(), page.actor()
    record = _found(record_id)
    form = ReasonForm()
    if not _may_merge(who, record):
        raise Forbidden(f"{record.kind}.edit")
    if record.merged_into_id is None and page.unsafe():
        raise Refused(MESSAGES["part_not_merged"])
    if record.merged_into_id is None:
        page.flash(MESSAGES["part_not_merged"], "note")
        return page.redirect_back(record_url(record))
    kept = _found(record.merged_into_id)
    if not _may_merge(who, kept):
        raise Forbidden(f"{kept.kind}.edit")
    effects = None
    if form.validate_on_submit():
        reason = form.reason.data or ""
        try:
            if request.form.get("show"):
                frameworks = frameworks_of(s, who, record, kept)
                now = sums(s, who, frameworks)
                then = actions.promise_parting(s, who, record, reason, lambda s: sums(s, who, frameworks))
                effects = side_by_side(frameworks, now, then)
            else:
                with page.writing(reason=reason):
                    actions.separate(s, who, record, reason)
                page.flash(_("The records are two again."))
                return page.redirect_back(record_url(record))
        except InvalidInput as error:
            form.refuse_of(record.kind, error)
    return _separate_page(form, _found(record_id), _found(kept.id), effects)


def _separate_page(form: ReasonForm, record: Record, kept: Record, effects: list | None) -> Response:
    s, who = page.session(), page.actor()
    change = queries.merger(s, record)
    if change is None:
        raise NotFound("record", id=record.id)
    found = foresee_parting(s, record, change)
    about = records_by_id(s, who, {i for i, _unit in found.changed})
    return page.render(
        "merging/separate.html", None if effects is None else 200, form=form, record=record, kept=kept,
        told=queries.merged(s, who, record), parting=found,
        back=_counted(s, who, found.rows), changed=[(about[i], unit) for i, unit in found.changed if i in about],
        since=written_since(s, who, kept, change), effects=effects, hidden=actions.hidden_apart(s, kept, record),
    )  # fmt: skip


def _found(record_id: int) -> Record:
    record = find_record(page.session(), page.actor(), record_id)
    if record is None or record.kind not in KINDS:
        raise NotFound("record", id=record_id)
    return record


def _may_merge(who: Actor, record: Record) -> bool:
    return holds(who, "record.merge") and holds(who, f"{record.kind}.edit", record)


def _context(record: Record, other: Record) -> dict[str, Any]:
    """Both records unit by unit, with the names their values refer to, and what hangs on each."""
    s, who = page.session(), page.actor()
    facts = facts_of(s, who, record, other)
    units = queries.compared(s, who, record, other, facts)
    named = {i for one in units if one.fact is not None for value in one.values for i in records_in(one.fact, value)}
    by_state = {
        state: [one for one in units if one.state == state] for state in (DIFFERS, ONLY_KEPT, ONLY_ABSORBED, EQUAL)
    }
    return {
        "record": record, "other": other, "units": units, "by_state": by_state, "named": records_by_id(s, who, named),
        "hanging": queries.hanging(s, who, (record.id, other.id)), "marks": Marks(),
    }  # fmt: skip


def _counted(s: Session, who: Actor, rows) -> list[tuple[str, int]]:
    """(table, how many) of the rows whose records the actor may see."""
    pairs = {(table, key) for table, key in rows}
    ids = {key for table, key in pairs if table not in OF_THE_DESK}
    seen = records_by_id(s, who, ids)
    found: dict[str, int] = {}
    for table, key in pairs:
        if table in OF_THE_DESK or key in seen:
            found[table] = found.get(table, 0) + 1
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def compare_url(record: Record) -> str | None:
    """For the buttons of a profile: where to compare or merge the record; None where that is not for this person."""
    if record.kind not in KINDS or record.standing == "merged" or not may_write(f"{record.kind}.edit", record):
        return None
    return url_for("merging.choose", record_id=record.id)


def pair_url(one: Record, other: Record) -> str | None:
    """Where two records are compared; None where their kinds are not."""
    if one.kind != other.kind or one.kind not in KINDS:
        return None
    return url_for("merging.compare", record_id=one.id, other_id=other.id)


def merged_told(record: Record):
    """For the banner of a profile: into what the record was merged; None where it was not."""
    if record.kind not in KINDS or record.merged_into_id is None:
        return None
    moment = page.moment()
    return queries.merged(page.session(), page.actor(), record, moment.id if moment else None)


def merged_here(record: Record) -> list[Record]:
    """For the banner of a profile: what was merged into the record."""
    return queries.absorbed_by(page.session(), page.actor(), record) if record.kind in KINDS else []


def separate_url(record: Record) -> str | None:
    """Where a merged record is separated again; None where this person may not."""
    if page.moment() is not None or not _may_merge(page.actor(), record):
        return None
    return url_for("merging.separate", record_id=record.id)


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        compare_url=compare_url, pair_url=pair_url, merged_told=merged_told, merged_here=merged_here, separate_url=separate_url,
    )  # fmt: skip
