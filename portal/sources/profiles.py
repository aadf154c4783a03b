"""What profiles of single records share: the facts of a record with the names they refer to, and saving a form."""

from __future__ import annotations

from typing import Any

from flask import Response

from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.record import Record
from portal.sources.facts import fact, facts_of_kind, read, records_in
from portal.sources.forms import Sets, no_sets, readers_of, save, standing
from portal.sources.queries import facts_of
from portal.sources.queries import records as records_by_id
from portal.web import page
from portal.web.i18n import lang
from portal.web.links import record_url
from portal.web.marks import Marks


def context(record: Record, *others: Record) -> dict[str, Any]:
    """The facts of a profile's record and of the records its tables show, with the names its facts refer to."""
    s, who = page.session(), page.actor()
    found = facts_of(s, who, record, *others)
    declared = tuple(facts_of_kind(record.kind).values())
    mine = found[record.id]
    values = [(f, value) for f in declared for value in (read(record, f), *(c.value for c in mine[f.field].claims))]
    named = set().union(*(records_in(f, value) for f, value in values))
    return {
        "record": record,
        "facts": mine,
        "facts_by_record": found,
        "declared": declared,
        "named": records_by_id(s, who, named),
        "further": [
            f for f in mine.by_field if f not in facts_of_kind(record.kind) and not fact(record.kind, f).part_of
        ],
        "marks": Marks(),
    }


def saved_new(form, template: str, act, onwards, said: str, **more: Any) -> Response:
    """Draw or take the form of a new record. `act(values, support)` adds it, `onwards(it)` answers where to go on."""
    s, who = page.session(), page.actor()
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                made = act(form.values(), form.support(s, who))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(said)
            return onwards(made)
    return page.render(template, form=form, **more)


def opened(kind: type, record: Record, sets: Sets = no_sets):
    """The form of a record, filled with what it holds. `sets`: as `forms.standing` takes them."""
    s, who = page.session(), page.actor()
    form = kind(data=standing(record, sets) | readers_of(s, who, record))
    form.offer(s, who, record)
    return form


def saved(form, record: Record, template: str, act, onwards, sets: Sets = no_sets, **more: Any) -> Response:
    """Draw or take the form of a record that stands. `act(values, support)` writes it; `onwards()` answers where to go on."""
    name = record.name(lang())
    profile = record_url(record)
    if form.validate_on_submit():
        done = save(form, record, act, sets=sets, title=name, cancel=profile)
        if done is True:
            page.flash(form.saved_words(record))
            return onwards()
        if done:
            return done
    return page.render(template, form=form, record=record, name=name, profile=profile, **more)
