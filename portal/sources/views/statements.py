"""Adding a statement of a fact, citing one more source for it, and choosing which further fact to state."""

from __future__ import annotations

from flask import Response, request
from markupsafe import Markup

from portal.kernel import codes
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.kernel.record import Record
from portal.sources import actions, facts, queries
from portal.sources.forms import CiteForm, FurtherForm, StatementForm, statement_form, title_of
from portal.sources.views import leading
from portal.sources.views.blueprint import bp
from portal.sources.views.facts import at_field, crumbs, find, home_of, title
from portal.sources.wording import claim_text, value_text
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, lang


@bp.route("/records/<int:record_id>/facts/<field>/state", methods=["GET", "POST"])
@needs("fact.state")
def state_fact(record_id: int, field: str) -> Response:
    s, who = page.session(), page.actor()
    record = find(record_id, field)
    need(who, f"{record.kind}.edit", record)
    view = queries.facts_of(s, who, record)[record.id][field]
    form = statement_form(s, who, record, field, lead=view.lead is None or view.lead.statement.certainty == "uncited")
    form.offer_sources(s, who)
    form.remember(view)
    if form.validate_on_submit():
        written = _write(form, record, field)
        if written is not None:
            return written
    ids = facts.records_in(facts.fact(record.kind, field), view.lead.value) if view.lead else set()
    return page.render(
        "sources/state_fact.html", form=form, record=record, field=field, crumbs=crumbs(record, field), title=title(record),
        label=codes.fact_label(record.kind, field, lang()), view=view, known=queries.records(s, who, ids),
    )  # fmt: skip


def _write(form: StatementForm, record: Record, field: str) -> Response | None:
    """Write the statement. Where it is to lead and somebody else changed meanwhile what leads, ask first (409); None where
    it is refused."""
    s, who = page.session(), page.actor()
    mine, lead, settled = queries.Led(leading.WRITTEN_NOW, form.reason), bool(form.lead.data), None
    try:
        with page.writing(reason=form.reason):
            if lead:
                # Within the change: on PostgreSQL only now nobody else writes.
                settled = leading.settle(form, record, field, mine, _in_words(form, record, field))
                if settled is None:
                    raise InvalidInput(_("The form lost track of the version it edits. Reload the page."))
                lead = leading.mine_leads(settled)
            if settled is None or not settled.open:
                support = form.support(s, who)
                actions.state_fact(s, who, record, field, form.value_given(), support, lead=lead)
    except (InvalidInput, Refused) as error:
        if settled is not None and not settled.open:
            form.saw(queries.led_now(queries.facts_of(s, who, record)[record.id][field]))
            form.lead.data = lead
        form.refuse(at_field(error, field, "value") if isinstance(error, InvalidInput) else error)
        return None
    if settled is not None and settled.open:
        note = _("Your statement is written in either case; the choice says which one leads.")
        return leading.page_of(settled, record, field, title(record), note)
    page.flash(_("The statement is written."))
    return page.redirect_to("sources.fact", record_id=record.id, field=field)


def _in_words(form: StatementForm, record: Record, field: str) -> Markup:
    """The statement that is being written, with its source."""
    s, who = page.session(), page.actor()
    f, value = facts.fact(record.kind, field), form.value_given()
    known = queries.records(s, who, facts.records_in(f, value))
    named = queries.document(s, who, form.source.data) if form.source.data is not None else None
    source = title_of(named) if named else form.source_title.data or form.source_address.data
    return leading.with_source(value_text(f, value, known).striptags(), source or _("without a source"))


@bp.route("/statements/<int:statement_id>/cite", methods=["GET", "POST"])
@needs("fact.state")
def cite(statement_id: int) -> Response:
    s, who = page.session(), page.actor()
    statement = queries.statement(s, who, statement_id)
    if statement is None:
        raise NotFound("statement", id=statement_id)
    record = queries.record(s, who, statement.record_id)
    need(who, f"{record.kind}.edit", record)
    form = CiteForm()
    form.offer_sources(s, who)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                support = form.support(s, who)
                actions.cite(s, who, statement, support.quotations, support.certainty)
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The source is cited."))
            return page.redirect_to("sources.fact", record_id=record.id, field=statement.field)
    view = queries.facts_of(s, who, record)[record.id][statement.field]
    claim = next(claim for claim in view.claims if claim.statement.id == statement_id)
    ids = facts.records_in(facts.fact(record.kind, statement.field), claim.value)
    return page.render(
        "sources/cite.html", form=form, record=record, statement=statement, crumbs=crumbs(record, statement.field),
        title=title(record), label=codes.fact_label(record.kind, statement.field, lang()),
        value=claim_text(record.kind, claim, queries.records(s, who, ids)),
    )  # fmt: skip


@bp.get("/records/<int:record_id>/facts")
@needs("fact.state")
def further_fact(record_id: int) -> Response:
    s, who = page.session(), page.actor()
    record = queries.record(s, who, record_id)
    if record is None:
        raise NotFound("record", id=record_id)
    need(who, f"{record.kind}.edit", record)
    form = FurtherForm(request.args or None, meta={"csrf": False})
    form.offer()
    if request.args and form.validate():
        return page.redirect_to("sources.state_fact", record_id=record_id, field=form.field.data)
    return page.render(
        "sources/further_fact.html", 422 if form.errors else 200, form=form, record=record, title=title(record),
        home=home_of(record),
    )  # fmt: skip
