"""All that is stated of one fact of one record, side by side, and the choice of what leads."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response

from portal.kernel import codes
from portal.kernel.errors import InvalidInput, NotFound
from portal.kernel.permission import need, permits
from portal.kernel.record import Record
from portal.sources import actions, facts, queries, wording
from portal.sources.forms import MESSAGES, LeadForm
from portal.sources.forms.refusals import explained
from portal.sources.views import leading
from portal.sources.views.blueprint import bp
from portal.web import asof, page
from portal.web.access import needs
from portal.web.i18n import _, lang
from portal.web.links import record_url


@dataclass(frozen=True)
class Stated:
    """One statement in words, with the record it is about."""

    title: str
    url: str | None
    record_id: int
    field: str
    label: str
    value: object
    leading: bool
    certainty: str


@bp.get("/records/<int:record_id>/facts/<field>")
@needs("fact.read")
def fact(record_id: int, field: str) -> Response:
    record = find(record_id, field)
    return _page(record, field, LeadForm(formdata=None))


@bp.post("/records/<int:record_id>/facts/<field>")
@needs("fact.state")
def choose_leading(record_id: int, field: str) -> Response:
    s, who = page.session(), page.actor()
    record = find(record_id, field)
    need(who, f"{record.kind}.edit", record)
    form = LeadForm()
    view = queries.facts_of(s, who, record)[record.id][field]
    form.leading.offer((claim.statement.id, str(claim.statement.id)) for claim in view.claims)
    if form.validate_on_submit():
        chosen = _choose(form, record, field)
        if chosen is not None:
            return chosen
    return _page(record, field, form)


def _choose(form: LeadForm, record: Record, field: str) -> Response | None:
    """Write the choice, or ask (409) where somebody else chose meanwhile; None where it is refused."""
    s, who = page.session(), page.actor()
    mine = queries.Led(int(form.leading.data), form.reason.data)
    settled = leading.settle(form, record, field, mine)
    to_fact = page.redirect_to("sources.fact", record_id=record.id, field=field)
    if settled is not None and not settled.open and not leading.mine_leads(settled):
        page.flash(_("The leading statement stays as it is."))
        return to_fact
    try:
        with page.writing(reason=form.reason.data):
            # Again within the change: on PostgreSQL only now nobody else writes.
            settled = leading.settle(form, record, field, mine)
            if settled is not None and leading.mine_leads(settled):
                actions.choose_leading(s, who, queries.statement(s, who, mine.statement_id), mine.reason)
    except InvalidInput as error:
        form.saw(queries.led_now(queries.facts_of(s, who, record)[record.id][field]))
        form.refuse(at_field(error, field, "leading"))
        return None
    if settled is None:
        form.form_errors.append(_("The form lost track of the version it edits. Reload the page."))
        return None
    if settled.open:
        return leading.page_of(settled, record, field, title(record))
    page.flash(_("The leading statement is chosen; the others stay beside it."))
    return to_fact


def _page(record: Record, field: str, form: LeadForm) -> Response:
    s, who = page.session(), page.actor()
    f = facts.fact(record.kind, field)
    view = queries.facts_of(s, who, record)[record.id][field]
    values = [claim.value for claim in view.claims] + ([facts.read(record, f)] if facts.refers(f) else [])
    ids = set().union(*(facts.records_in(f, value) for value in values))
    form.leading.offer((claim.statement.id, str(claim.statement.id)) for claim in view.claims)
    form.remember(view)
    return page.render(
        "sources/fact.html", form=form, record=record, view=view, fact=f, crumbs=crumbs(record, field),
        label=codes.fact_label(record.kind, field, lang()), known=queries.records(s, who, ids),
        title=title(record), may_edit=not asof.away() and permits(who, f"{record.kind}.edit", record),
    )  # fmt: skip


def find(record_id: int, field: str) -> Record:
    """The record, if the actor may see it and it can have such a fact. NotFound."""
    record = queries.record(page.session(), page.actor(), record_id)
    if record is None:
        raise NotFound("record", id=record_id)
    declared = facts.facts_of_kind(record.kind)
    if field not in declared and not codes.is_fact(record.kind, field):
        raise NotFound("fact", field=field)
    if field in declared and declared[field].type == facts.YEARS:  # each year of it is one
        raise NotFound("fact", field=field)
    return record


def title(record: Record) -> str:
    """What a record is called; one without a name by what it is about."""
    return titles([record])[record.id]


def titles(records: list[Record]) -> dict[int, str]:
    """The same of several, in one query."""
    nameless = [r.id for r in records if not r.name(lang())]
    hosts = queries.hosts(page.session(), page.actor(), nameless)
    return {
        r.id: r.name(lang())
        or " – ".join(host.name(lang()) for host in hosts.get(r.id, ()))
        or codes.label("record_kinds", r.kind, lang())
        for r in records
    }


def home_of(record: Record) -> str | None:
    """The address of a record's page, or of the page of what it is about."""
    hosts = () if record_url(record) else queries.hosts(page.session(), page.actor(), [record.id]).get(record.id, ())
    return next((address for address in map(record_url, (record, *hosts)) if address), None)


def crumbs(record: Record, field: str) -> list[tuple[str | None, str]]:
    """The way back to the record."""
    return [(home_of(record), title(record)), (None, codes.fact_label(record.kind, field, lang()))]


def at_field(error: InvalidInput, field: str, place: str) -> InvalidInput:
    """The messages of a refused fact at the form's own field."""
    moved = {place if unit == field else unit: code for unit, code in error.errors.items()}
    return explained(InvalidInput(moved), MESSAGES, {place, f"{place}_cs", "source_reason", "reason"})


def stated(s, who, rows) -> list[Stated]:
    """(citation, statement, record) rows in words, in their order; four queries however many. Another statement is said to
    lead only where the person may be told of it."""
    rows = [(statement, record, facts.fact(record.kind, statement.field)) for _citation, statement, record in rows]
    called = titles(list({record.id: record for _st, record, _f in rows}.values()))
    values = [facts.decode(f, st.value, st.value_cs, st.value_en) for st, _record, f in rows]
    named = [facts.records_in(f, value) for value, (_st, _record, f) in zip(values, rows, strict=True)]
    known = queries.records(s, who, set().union(*named))
    led = queries.led(s, who, {record.id for _st, record, _f in rows})
    return [
        Stated(
            title=called[record.id], url=record_url(record), record_id=record.id, field=st.field,
            label=wording.field_label(record.kind, st.field), value=wording.value_text(f, value, known),
            leading=st.leading or (record.id, st.field) not in led,
            certainty=st.certainty,
        )
        for value, (st, record, f) in zip(values, rows, strict=True)
    ]  # fmt: skip
