"""Loading the seed portfolio through the actions a person uses. Loading twice changes nothing; a file that grew adds to it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.events import actions as events
from portal.frameworks import actions as frameworks
from portal.funding import actions as funding
from portal.kernel import codes
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle, settled_together
from portal.kernel.transaction import change
from portal.kernel.when import When
from portal.legal.actions import add_legal_instrument
from portal.ops import seed_files
from portal.ops.seed_files import SeedFact, SeedRecord
from portal.partners import actions as partners
from portal.projects import actions as projects
from portal.questions.actions import ask_question
from portal.sources import actions as sources
from portal.sources import facts
from portal.sources.actions import Quotation, Support, Supports
from portal.sources.facts import Pair
from portal.sources.models import Citation, Statement

Ids = dict[str, int]


def seed(s: Session) -> int:
    """Load every record of `seed_data/portfolio` that is not there yet, and every statement. Returns the records added.

    Opens one change (door `seed`), or none where nothing is missing. Raises SeedError before anything is written when the
    files are wrong.
    """
    records = seed_files.read_portfolio()
    keyed = s.execute(select(Record.key, Record.id).where(Record.key.is_not(None)))
    ids: Ids = {key: record_id for key, record_id in keyed if key is not None}
    added = [record for record in records if record.key not in ids]
    if not added and not _unstated(s, records, ids):
        return 0
    with change(s, None, "seed", actor_name="system", reason="seed_data/portfolio"), settled_together(s):
        for record in added:
            row = _add(s, record, ids)
            row.note_cs, row.note_en = record.note_cs, record.note_en  # not every action takes a note
            ids[record.key] = row.id
        for record, lacking in _unstated(s, records, ids):
            _state(s, s.get_one(Record, ids[record.key]), lacking, ids)
    return len(added)


def _unstated(s: Session, records: list[SeedRecord], ids: Ids) -> list[tuple[SeedRecord, list[SeedFact]]]:
    """The records of which something is not stated yet, with those facts: another value, or on other quotations."""
    cited: dict[int, set] = {}
    for statement_id, *place in s.execute(
        select(Citation.statement_id, Citation.document_id, Citation.place, Citation.quotation)
    ):
        cited.setdefault(statement_id, set()).add(tuple(place))
    have = {
        (row.record_id, row.field, row.value, row.value_cs, row.value_en, frozenset(cited.get(row.id, ())))
        for row in s.execute(
            select(
                Statement.id,
                Statement.record_id,
                Statement.field,
                Statement.value,
                Statement.value_cs,
                Statement.value_en,
            )
        )
    }
    found = []
    for record in records:
        lacking = [f for f in record.facts if _as_stated(record, f, ids) not in have]
        if lacking:
            found.append((record, lacking))
    return found


def _as_stated(record: SeedRecord, f: SeedFact, ids: Ids) -> tuple:
    """A seed fact as its row and citations would be."""
    value, cs, en = facts.encode(facts.fact(record.kind, f.field), _value(record.kind, f, ids))
    cited = frozenset((ids[c.document], c.place, c.quotation) for c in f.citations)
    return ids[record.key], f.field, value, cs or f.value_cs, en or f.value_en, cited


def _add(s: Session, record: SeedRecord, ids: Ids) -> Record:
    name = Pair(record.name_cs, record.name_en)
    values = {
        "name": name, "note": Pair(record.note_cs, record.note_en), "placeholder": record.placeholder,
        "certainty": record.certainty,
    }  # fmt: skip
    led = {f.field: f for f in record.facts if f.leading}
    values |= {
        field: _value(record.kind, f, ids) for field, f in led.items() if field in facts.facts_of_kind(record.kind)
    }
    cited = {} if record.kind == "document" else {field: _support(f, ids) for field, f in led.items()}
    support = Supports(by_field=cited)
    return ADDED[record.kind](s, record, values, support, ids)


def _add_document(s, record, values, support, ids):
    own = record.columns
    document = sources.register_document(
        s, SYSTEM, title_cs=record.name_cs, title_en=record.name_en, key=record.key, origin=own["origin"],
        address=own.get("address"), publisher=own.get("publisher") or "", language=own.get("language"),
        dated=_when(own.get("dated")), file_name=own.get("file_name"), body=seed_files.body(record),
        note_cs=record.note_cs, note_en=record.note_en,
    )  # fmt: skip
    document.certainty = record.certainty
    return document


def _add_country(s, record, values, support, ids):
    return partners.add_country(
        s, SYSTEM, record.columns["iso2"], values["name"], key=record.key, certainty=record.certainty
    )


def _add_theme(s, record, values, support, ids):
    return projects.add_theme(s, SYSTEM, record.name_cs, record.name_en, key=record.key, certainty=record.certainty)


def _add_organisation(s, record, values, support, ids):
    return partners.add_organisation(s, SYSTEM, values, support, key=record.key)


def _add_framework(s, record, values, support, ids):
    return frameworks.add_framework(s, SYSTEM, values, support, key=record.key)


def _add_project(s, record, values, support, ids):
    own = record.columns
    values |= {"status_basis": own.get("status_basis"), "status_on": _when(own.get("status_on"))}
    return projects.add_project(s, SYSTEM, values, support, key=record.key)


def _add_phase(s, record, values, support, ids):
    return frameworks.add_phase(s, SYSTEM, values, support, key=record.key)


def _add_event(s, record, values, support, ids):
    return events.book_event(s, SYSTEM, values, support, key=record.key)


def _add_role_holder(s, record, values, support, ids):
    return partners.add_role_holder(s, SYSTEM, values, support, key=record.key)


def _add_money(action):
    return lambda s, record, values, support, ids: action(s, SYSTEM, values, support, key=record.key)


def _add_flow(s, record, values, support, ids):
    values["unknown_reason"] = record.columns.get("unknown_reason")
    values["amount_mark"] = support.of("amount").precision if values["amount"] else None
    return funding.book_flow(s, SYSTEM, values, support, inclusion=support.of("included_in"), key=record.key)


def _add_participation(s, record, values, support, ids):
    own = record.columns
    return partners.give_role(
        s, SYSTEM, s.get(Record, ids[own["within"]]), s.get(Record, ids[own["participant"]]), own["role"],
        Pair(own["role_cs"], own["role_en"]), support.of("role"), key=record.key, certainty=record.certainty,
    )  # fmt: skip


def _add_link(s, record, values, support, ids):
    own = record.columns
    return partners.link(
        s, SYSTEM, s.get(Record, ids[own["from"]]), own["relation"], s.get(Record, ids[own["to"]]), support.of("relation"),
        key=record.key, certainty=record.certainty, note=values["note"],
    )  # fmt: skip


def _add_question(s, record, values, support, ids):
    about = s.get_one(Record, ids[record.columns["about"]])
    return ask_question(s, SYSTEM, about, values, support, key=record.key)


ADDED = {
    "document": _add_document,
    "country": _add_country,
    "theme": _add_theme,
    "organisation": _add_organisation,
    "framework": _add_framework,
    "project": _add_project,
    "legal_instrument": lambda s, record, values, support, ids: add_legal_instrument(
        s, SYSTEM, values, support, key=record.key
    ),
    "instrument": _add_money(funding.add_instrument),
    "contract": _add_money(funding.sign_contract),
    "addendum": _add_money(funding.add_addendum),
    "flow": _add_flow,
    "phase": _add_phase,
    "event": _add_event,
    "role_holder": _add_role_holder,
    "participation": _add_participation,
    "link": _add_link,
    "question": _add_question,
}


def _state(s: Session, row: Record, lacking: list[SeedFact], ids: Ids) -> None:
    """State what is not stated yet. What a person has since let lead goes on leading."""
    for f in lacking:
        led = sources.leader(s, row.id, f.field) is not None
        value, support = _value(row.kind, f, ids), _support(f, ids)
        sources.state(s, SYSTEM, row, f.field, value, support, lead=f.leading and not led)
    settle(s, [row])


def _value(kind: str, f: SeedFact, ids: Ids) -> object:
    """The value in the type `facts.read` gives; references become ids."""
    if f.value is None:
        return None
    if codes.fact_type(kind, f.field) == facts.SET and f.references:
        return frozenset(ids[key] for key in f.references)
    if f.reference:
        return ids[f.reference] if facts.fact(kind, f.field).type == "record" else f"#{ids[f.reference]}"
    if codes.fact_type(kind, f.field) in ("text", "name"):
        return Pair(f.value_cs, f.value_en)
    return facts.decode(facts.fact(kind, f.field), f.value)


def _support(f: SeedFact, ids: Mapping[str, int]) -> Support:
    quotations = tuple(
        Quotation(ids[c.document], c.place, c.quotation, c.quotation_lang, c.verbatim) for c in f.citations
    )
    note = Pair(f.precision_note, f.precision_note_en)
    words = Pair(f.value_cs, f.value_en)
    return Support(f.certainty, quotations, precision=f.precision, precision_note=note, reason=f.reason, words=words)


def _when(text: str | None) -> When | None:
    return When(text) if text else None
