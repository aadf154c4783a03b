"""Reading what is stated of records: statements with their citations, contradictions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from portal.kernel.permission import Actor, open_to
from portal.kernel.record import Record
from portal.sources import facts
from portal.sources.models import Citation, Document, Statement
from portal.sources.queries.naming import names_nothing_hidden

CONTRADICTORY, UNSURE, UNSOURCED = "contradictory", "unsure", "unsourced"
"""What is in doubt of a fact: sources disagree; none is surer of its value than an inference or a doubt; none is cited."""


@dataclass(frozen=True)
class Cited:
    """One citation with its document, as shown in a source mark."""

    citation: Citation
    document: Document
    number: int = 0


@dataclass(frozen=True)
class Claim:
    """One statement with the citations the actor may see. `leading`: to the actor (see `facts_of`)."""

    statement: Statement
    fact: facts.Fact
    value: object
    cited: tuple[Cited, ...]
    leading: bool


@dataclass(frozen=True)
class FactView:
    """All that is stated of one fact of a record: `leading` first, then the others by date of their document."""

    field: str
    claims: tuple[Claim, ...]
    passing: bool = False

    @property
    def lead(self) -> Claim | None:
        return next((c for c in self.claims if c.leading), None)

    @property
    def others(self) -> tuple[Claim, ...]:
        return tuple(c for c in self.claims if not c.leading)

    @property
    def disputed(self) -> bool:
        """Two statements give different values of what does not pass. A source that does not say contradicts nobody, and
        neither does what was entered without a source and has been replaced since."""
        if self.passing:
            return False
        stated = [c.statement for c in self.claims if c.statement.leading or c.statement.certainty != "uncited"]
        return len({statement.value for statement in stated} - {None}) > 1

    @property
    def doubts(self) -> tuple[str, ...]:
        """What is in doubt of the value that leads, the worst first; empty where a source is sure of it and none disagrees."""
        told, lead = (CONTRADICTORY,) if self.disputed else (), self.lead
        agreeing = [c for c in self.claims if lead and c.cited and c.statement.value == lead.statement.value]
        if agreeing and all(c.statement.certainty == "unsure" for c in agreeing):
            return (*told, UNSURE)
        return told if lead and lead.cited else (*told, UNSOURCED)


@dataclass
class Facts:
    """The facts of one record: by field, and the documents cited, numbered from 1 in order of appearance."""

    by_field: dict[str, FactView]
    documents: list[Document]

    def __getitem__(self, field: str) -> FactView:
        return self.by_field.get(field) or FactView(field, ())

    @property
    def disputes(self) -> list[FactView]:
        return [f for f in self.by_field.values() if f.disputed]


def facts_of(s: Session, actor: Actor, *records: Record) -> dict[int, Facts]:
    """Statements and citations of several records in three queries, numbering documents across all of them (one page).

    What names a record the actor may not see is left out: its being stated would tell of that record. Where a set is led by
    such a statement, what was stated last of the members the actor does see leads to them, if anything.
    """
    if not records:
        return {}
    kinds = {r.id: r.kind for r in records}
    order = {r.id: i for i, r in enumerate(records)}
    statements = s.scalars(
        select(Statement).where(Statement.record_id.in_(kinds)).order_by(Statement.record_id, Statement.position)
    ).all()
    cited: dict[int, list[tuple[Citation, Document]]] = {}
    rows = s.execute(
        select(Citation, Document)
        .join(Document, Document.id == Citation.document_id)
        .join(Statement, Statement.id == Citation.statement_id)
        .where(Statement.record_id.in_(kinds), open_to(actor, Document))
        .order_by(Citation.id)
    )
    for citation, document in rows:
        cited.setdefault(citation.statement_id, []).append((citation, document))
    statements, leads = _told(s, actor, statements, kinds)
    numbers: dict[int, int] = {}
    documents: list[Document] = []
    result = {i: Facts({}, documents) for i in kinds}
    grouped: dict[tuple[int, str], list[Claim]] = {}
    for st in sorted(statements, key=lambda x: (order[x.record_id], x.id not in leads, x.position)):
        f = facts.fact(kinds[st.record_id], st.field)
        marks = []
        for citation, document in cited.get(st.id, []):
            if document.id not in numbers:
                numbers[document.id] = len(numbers) + 1
                documents.append(document)
            marks.append(Cited(citation, document, numbers[document.id]))
        value = facts.decode(f, st.value, st.value_cs, st.value_en)
        claim = Claim(st, f, value, tuple(marks), st.id in leads)
        grouped.setdefault((st.record_id, st.field), []).append(claim)
    for (record_id, field), claims in grouped.items():
        passing = facts.fact(kinds[record_id], field).passing
        result[record_id].by_field[field] = FactView(field, tuple(claims), passing)
    return result


def _told(
    s: Session, actor: Actor, statements: Collection[Statement], kinds: dict[int, str]
) -> tuple[list[Statement], set[int]]:
    """The statements without those naming records the actor may not see, and the ids of those that lead to the actor."""
    named: dict[int, set[int]] = {}
    for st in statements:
        f = facts.fact(kinds[st.record_id], st.field)
        if facts.refers(f) and (ids := facts.records_in(f, facts.decode(f, st.value))):
            named[st.id] = ids
    asked = set().union(*named.values())
    seen = set(s.scalars(select(Record.id).where(Record.id.in_(asked), open_to(actor)))) if asked else set()
    told = [st for st in statements if named.get(st.id, set()) <= seen]
    leads = {st.id for st in told if st.leading}
    for whole in statements:
        if whole.leading and not named.get(whole.id, set()) <= seen:
            left = named[whole.id] & seen
            same = [st for st in told if _of_one_fact(st, whole) and named.get(st.id, set()) == left]
            leads |= {st.id for st in same[-1:]} if whole.field in facts.fields_of_sets() else set()
    return told, leads


def _of_one_fact(one: Statement, other: Statement) -> bool:
    return (one.record_id, one.field) == (other.record_id, other.field)


def disputes(actor: Actor) -> Select:
    """SELECT record_id, field, number of values, of the facts whose `FactView` is disputed to the actor. Whether the
    actor may see the records themselves is for the caller to ask."""
    # One statement of a fact leads, so a fact stated twice has one that does not: few have, and an index knows them.
    beside, stated = aliased(Statement), aliased(Statement)
    of_it = (stated.record_id == Statement.record_id, stated.field == Statement.field)
    counts = (stated.value.is_not(None), or_(stated.leading, stated.certainty != "uncited"))
    values = (
        select(func.count(func.distinct(stated.value)))
        .where(*of_it, *counts, names_nothing_hidden(actor, stated))
        .correlate(Statement)
        .scalar_subquery()
    )
    met_before = exists().where(
        beside.record_id == Statement.record_id, beside.field == Statement.field, not_(beside.leading),
        beside.id < Statement.id,
    )  # fmt: skip
    return select(Statement.record_id, Statement.field, values.label("values")).where(
        not_(Statement.leading), Statement.field.not_in(facts.passing_fields()), ~met_before, values > 1
    )


def disputed(s: Session, actor: Actor, field: str, record_ids: Iterable[int]) -> frozenset[int]:
    """Those of the records given of which this fact is disputed to the actor; one query."""
    asked = disputes(actor).where(Statement.field == field, Statement.record_id.in_(list(record_ids)))
    return frozenset(row.record_id for row in s.execute(asked))


def led(s: Session, actor: Actor, record_ids: Iterable[int]) -> set[tuple[int, str]]:
    """(record, field) of the facts of these records that are led by a statement the actor may be told of."""
    asked = select(Statement.record_id, Statement.field).where(
        Statement.record_id.in_(list(record_ids)), Statement.leading.is_(True), names_nothing_hidden(actor)
    )
    return {(record_id, field) for record_id, field in s.execute(asked)}


def statement(s: Session, actor: Actor, statement_id: int) -> Statement | None:
    """One statement of a record the actor may see, naming none they may not."""
    return s.scalar(
        select(Statement)
        .join(Record, Record.id == Statement.record_id)
        .where(Statement.id == statement_id, open_to(actor), names_nothing_hidden(actor))
    )
