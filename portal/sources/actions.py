"""Everything a person does with sources: register a document, state a fact, choose the leading statement."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import Actor, need, sees
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.sources import facts, texts  # noqa: F401  texts registers what is searched
from portal.sources.models import Citation, Document, Statement
from portal.sources.queries import document_at
from portal.sources.rules import allowed_certainty


@dataclass(frozen=True)
class Quotation:
    """A citation as a person gives it: an existing document, the place in it, the words quoted."""

    document_id: int
    place: str = ""
    quotation: str = ""
    quotation_lang: str | None = None
    verbatim: bool = False


@dataclass(frozen=True)
class Support:
    """What a set of facts rests on: how sure, by which quotations, why it leads. Without quotations it is `uncited`.

    `words` say in both languages what the source writes where the value itself is a code, a date or an amount.
    """

    certainty: str = "uncited"
    quotations: tuple[Quotation, ...] = ()
    precision: str | None = None
    precision_note: facts.Pair = facts.NOTHING
    reason: str = ""
    words: facts.Pair = facts.NOTHING

    def of(self, field: str) -> Support:
        """What one fact rests on: the same for all facts given together."""
        return self


UNSUPPORTED = Support()


@dataclass(frozen=True)
class Supports(Support):
    """A support of its own for each fact; a fact without one rests on nothing."""

    by_field: Mapping[str, Support] = dataclasses.field(default_factory=dict)

    def of(self, field: str) -> Support:
        return self.by_field.get(field, UNSUPPORTED)


def register_document(
    s: Session, actor: Actor, *, title_cs: str, title_en: str = "", origin: str = "public", address: str | None = None,
    publisher: str = "", language: str | None = None, dated: When | None = None, retrieved: When | None = None,
    file_name: str | None = None, body: str = "", key: str | None = None, confidential: bool = False,
    note_cs: str = "", note_en: str = "",
) -> Document:  # fmt: skip
    """Add a document. Refuses a second one with the same address (InvalidInput {address: address_taken}); one the actor
    may not see counts as absent, so that nobody learns of it."""
    need(actor, "document.add")
    if address and document_at(s, actor, address):
        raise InvalidInput({"address": "address_taken"})
    document = Document(
        key=key, origin=origin, address=address, publisher=publisher, language=language, file_name=file_name, body=body,
        confidential=confidential, note_cs=note_cs, note_en=note_en,
        certainty="document" if origin == "ministry" else "public",
    )  # fmt: skip
    document.dated, document.retrieved = dated, retrieved
    document.rename(title_cs, title_en)
    s.add(document)
    settle(s, [document])
    return document


def edit_document(s: Session, actor: Actor, document: Document, values: Mapping[str, object]) -> Document:
    """Change a document's own columns; `title` is a Pair, dates are When or None."""
    need(actor, "document.edit", document)
    for field, value in values.items():
        if field == "title":
            document.rename(value.cs, value.en)
        else:
            setattr(document, field, value)
    settle(s, [document])
    return document


def state(
    s: Session,
    actor: Actor,
    record: Record,
    field: str,
    value: object,
    support: Support = UNSUPPORTED,
    *,
    lead: bool = True,
) -> Statement:
    """Add a statement of one fact. When it leads, the one before stays beside it and the record's column takes the value.

    `value` is of the fact's type (see `facts.read`); None means the source was read and does not say. The same statement
    (value, certainty and quotations) made twice is one.
    """
    need(actor, f"{record.kind}.edit", record)
    f = facts.fact(record.kind, field)
    canonical, value_cs, value_en = facts.encode(f, value)
    value_cs, value_en = value_cs or support.words.cs, value_en or support.words.en
    origin = _origin(s, actor, support.quotations)
    statement = _same(s, record, field, (canonical, value_cs, value_en), support)
    if statement is None:
        last = s.scalar(
            select(func.max(Statement.position)).where(Statement.record_id == record.id, Statement.field == field)
        )
        statement = Statement(
            record_id=record.id, field=field, value=canonical, value_cs=value_cs, value_en=value_en,
            precision=support.precision or _precision(value),
            precision_note_cs=support.precision_note.cs, precision_note_en=support.precision_note.en,
            certainty=allowed_certainty(support.certainty, origin), leading=False, position=(last or 0) + 1,
        )  # fmt: skip
        statement.citations = [
            Citation(
                document_id=q.document_id, place=q.place, quotation=q.quotation, quotation_lang=q.quotation_lang,
                verbatim=q.verbatim,
            )
            for q in support.quotations
        ]  # fmt: skip
        s.add(statement)
        s.flush()
    if lead:
        _take_lead(s, record, f, statement, support.reason)
    return statement


def state_all(
    s: Session, actor: Actor, record: Record, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> list[str]:
    """State every fact in `values` that differs from what the record holds. Returns the fields that changed."""
    changed = []
    for field, value in values.items():
        if facts.read(record, facts.fact(record.kind, field)) != value:
            state(s, actor, record, field, value, support.of(field))
            changed.append(field)
    return changed


def state_new(
    s: Session,
    actor: Actor,
    record: Record,
    declared: Iterable[facts.Fact],
    values: Mapping[str, object],
    support: Support,
) -> None:
    """State the facts a new record is added with; what is not given is left unknown."""
    for f in declared:
        value = values.get(f.field)
        if value is not None and (f.type != "name" or support.of(f.field).quotations):
            state(s, actor, record, f.field, value, support.of(f.field))


def set_plain(record: Record, units: Iterable[str], values: Mapping[str, object]) -> None:
    """Set columns that are no facts (note, responsible person, reference, confidentiality, …) where `values` has them."""
    for unit in units:
        if unit not in values:
            continue
        value = values[unit]
        if unit == "note":
            record.note_cs, record.note_en = (value.cs, value.en) if value else ("", "")
        elif unit == "responsible":
            record.responsible_id = value
        else:
            setattr(record, unit, value)


def choose_leading(s: Session, actor: Actor, statement: Statement, reason: str) -> None:
    """Let `statement` lead, with the reason why. The others stay, and stay visible."""
    record = s.get(Record, statement.record_id)
    need(actor, f"{record.kind}.edit", record)
    if not reason.strip():
        raise Refused("reason_missing")
    _take_lead(s, record, facts.fact(record.kind, statement.field), statement, reason)
    settle(s, [record])


def cite(s: Session, actor: Actor, statement: Statement, quotations: Iterable[Quotation]) -> None:
    """Add citations to a statement that stands."""
    record = s.get(Record, statement.record_id)
    need(actor, f"{record.kind}.edit", record)
    quotations = tuple(quotations)
    _origin(s, actor, quotations)
    for q in quotations:
        s.add(
            Citation(
                statement_id=statement.id, document_id=q.document_id, place=q.place, quotation=q.quotation,
                quotation_lang=q.quotation_lang, verbatim=q.verbatim,
            )
        )  # fmt: skip
    s.flush()


def leader(s: Session, record_id: int, field: str) -> Statement | None:
    """The leading statement of a fact, if one leads."""
    return s.scalar(
        select(Statement).where(Statement.record_id == record_id, Statement.field == field, Statement.leading.is_(True))
    )


def _take_lead(s: Session, record: Record, f: facts.Fact, statement: Statement, reason: str) -> None:
    before = leader(s, record.id, f.field)
    if before is not None and before is not statement:
        before.leading = False
        s.flush()
    statement.leading = True
    statement.reason = reason
    facts.write(record, f, facts.decode(f, statement.value, statement.value_cs, statement.value_en))
    for attribute, column in f.mirrors:
        setattr(record, column, getattr(statement, attribute))
    s.flush()


def _same(s: Session, record: Record, field: str, value: tuple, support: Support) -> Statement | None:
    asked = {(q.document_id, q.place, q.quotation) for q in support.quotations}
    for old in s.scalars(select(Statement).where(Statement.record_id == record.id, Statement.field == field)):
        cited = {(c.document_id, c.place, c.quotation) for c in old.citations}
        if (old.value, old.value_cs, old.value_en) == value and cited == asked:
            return old
    return None


def _origin(s: Session, actor: Actor, quotations: Iterable[Quotation]) -> str | None:
    """The best origin among the documents quoted; a document the actor may not see counts as unknown."""
    origins = set()
    for q in quotations:
        document = s.get(Document, q.document_id)
        if document is None or not sees(s, actor, document.id):
            raise NotFound("document", id=q.document_id)
        origins.add(document.origin)
    return "ministry" if "ministry" in origins else "public" if origins else None


def _precision(value: object) -> str:
    if value is None:
        return "not_stated"
    if isinstance(value, When):
        return value.precision if value.precision in ("day", "month", "year", "interval") else "ambiguous"
    return "exact"
