"""Two people decide of one fact which statement leads: what led when the form was drawn, what leads now, and mine."""

from __future__ import annotations

from flask import Response, url_for
from markupsafe import Markup, escape

from portal.kernel import codes
from portal.kernel.record import Record
from portal.sources import facts, queries
from portal.sources.forms import title_of
from portal.sources.forms.leading import LedForm
from portal.sources.queries import FactView, Led
from portal.sources.wording import claim_text
from portal.web import page, stale
from portal.web.formats import nbsp, unknown
from portal.web.i18n import _, lang

WRITTEN_NOW = 0
"""Stands for the id of a statement that is only being written."""


def settle(form: LedForm, record: Record, field: str, mine: Led, typed: Markup | str = "") -> stale.Settled | None:
    """My choice joined with what others chose since the form was drawn; None where the form names what never led.

    `typed` are the words of a statement that is only being written. My choice is to be written where `led` is among
    `merged.taken`.
    """
    s, who = page.session(), page.actor()
    view = queries.facts_of(s, who, record)[record.id][field]
    now, before = queries.led_now(view), queries.led_then(s, record, view, form.led.data)
    if before is None:
        return None
    changed = None
    if now != before:
        who_when = queries.led_changed(s, view, before)
        changed = stale.Changed(*who_when) if who_when and who_when[0] else stale.Changed(_("somebody"))
    words = _words(record, view)

    def shown(led: Led) -> Markup:
        said = typed if led.statement_id == WRITTEN_NOW else words.get(led.statement_id, unknown())
        if not led.reason:
            return escape(said)
        return Markup('{}<br><span class="small"><strong>{}</strong> {}</span>').format(
            said, _("Why:"), nbsp(led.reason)
        )

    return stale.settle(
        form, base={"led": before}, theirs={"led": now}, mine={"led": mine}, version=str(now), changed=changed,
        shown={"led": shown},
    )  # fmt: skip


def page_of(settled: stale.Settled, record: Record, field: str, title: str, note: str = "") -> Response:
    """The page of two decisions at once (409)."""
    label = codes.fact_label(record.kind, field, lang())
    back = url_for("sources.fact", record_id=record.id, field=field)
    return stale.page_of(settled, title=f"{label}: {title}", cancel=back, note=note)


def mine_leads(settled: stale.Settled) -> bool:
    """Whether my choice is to be written."""
    return "led" in settled.merged.taken


def _words(record: Record, view: FactView) -> dict[int | None, Markup]:
    """The statements of a fact in words, with the source of each, by id."""
    of_records = facts.fact(record.kind, view.field).type == "record"
    ids = {claim.value for claim in view.claims} - {None} if of_records else set()
    known = queries.records(page.session(), page.actor(), ids)
    made: dict[int | None, Markup] = {}
    for claim in view.claims:
        source = title_of(claim.cited[0].document) if claim.cited else ""
        if claim.statement.certainty == "uncited":
            source = _("without a source")
        made[claim.statement.id] = with_source(claim_text(record.kind, claim, known).striptags(), source)
    return made


def with_source(value: str, source: str) -> Markup:
    """A value in words and, below, what it rests on."""
    if not source:
        return escape(value)
    return Markup('{}<br><span class="small muted">{}</span>').format(value, nbsp(source))
