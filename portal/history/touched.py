"""Which records a change touched, as far as the actor may be told of it: in SQL, so that a page reads only what it shows."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    Table,
    and_,
    case,
    exists,
    false,
    func,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from portal.history.hidden import KINDS, HiddenStates, hidden, masked, merely_names
from portal.history.subjects import twin
from portal.kernel.permission import Actor
from portal.sources.facts import fields_of_sets
from portal.sources.queries import names_nothing_hidden

OWNERS = {
    "statement": "record_id",
    "project_framework": "project_id",
    "project_country": "project_id",
    "project_sector": "project_id",
    "project_theme": "project_id",
    "contract_co_beneficiary": "contract_id",
    "budget_line": "budget_id",
    "expenditure": "due_report_id",
    "report_line": "due_report_id",
    "report_text": "due_report_id",
}
"""Table → the column that names the record a row is about. A citation is about the record of its statement."""
OTHER_END = {
    "project_framework": "framework_id", "project_country": "country_id", "project_theme": "theme_id",
    "contract_co_beneficiary": "organisation_id", "citation": "document_id",
}  # fmt: skip
"""Table → the record a row joins the first one to: a row is told of only where that may be seen too."""
SETS = {
    "project_framework": "further_frameworks", "project_country": "countries", "project_sector": "sectors",
    "project_theme": "themes", "contract_co_beneficiary": "co_beneficiaries",
}  # fmt: skip
"""Table of a set → the fact whose members its rows are."""
ROWS = ("budget_line", "expenditure", "report_line", "report_text")
"""Tables of rows that hang on a record and are edited: each is told by its code."""
TABLES = ("record", *KINDS, *OWNERS, "citation")
OF_RATES = ("rate_import", "monthly_rate")
"""Exchange rates are about no record: their own pages tell their editions, and only a new edition supersedes one."""
OF_DONORS = ("donor_workbook", "donor_file", "donor_cell", "donor_let_go")
"""Workbooks of donors are no records either: their own pages tell their files, and a mapping is mended where it stands."""
OF_REPORTS = ("expenditure", "report_line", "report_text")
"""Rows of due reports, whose id begins their keys."""

Where = Callable[[Table, ColumnElement], ColumnElement[bool]]
Holds = Callable[[ColumnElement, ColumnElement, bool], ColumnElement[bool]]


@cache
def _again(name: str) -> FromClause:
    """The history of a table once more, made once: the columns of an alias cost more than all else of these queries."""
    return twin(name).alias()


def about(table: Table) -> ColumnElement[int]:
    """The record a row of a history is about; a citation is about the one its statement was of by then."""
    name = table.info["twin_of"]
    if name != "citation":
        return table.c[OWNERS.get(name, "id")]
    statement = _again("statement")
    by_then = (statement.c.id == table.c.statement_id, statement.c.change_from <= table.c.change_from)
    of = select(statement.c.record_id).where(*by_then).order_by(statement.c.change_from.desc()).limit(1)
    return of.correlate(table).scalar_subquery()


def is_about(table: Table, ids: Select) -> ColumnElement[bool]:
    """SQL predicate: the row is about one of the records of `ids`."""
    if table.info["twin_of"] != "citation":
        return about(table).in_(ids)
    statement = twin("statement")
    return table.c.statement_id.in_(select(statement.c.id).where(statement.c.record_id.in_(ids))) & about(table).in_(
        ids
    )


def may_be_told(actor: Actor, table: Table, gone: CTE) -> ColumnElement[bool]:
    """SQL predicate: what the row itself names may be seen (whether the record it is about may, is asked beside it)."""
    name = table.info["twin_of"]
    told = [true()]
    if name in OTHER_END:
        told.append(table.c[OTHER_END[name]].not_in(select(gone.c.id)))
    if name == "statement":
        told.append(names_nothing_hidden(actor, table.c))
    if name == "citation":
        statement = _again("statement")
        told.append(~exists().where(statement.c.id == table.c.statement_id, ~names_nothing_hidden(actor, statement.c)))
    return and_(*told)


def tables_of(s: Session, ids: Collection[int]) -> tuple[str, ...]:
    """The tables that can hold rows about these records. Of the two dozen tables of kinds a page needs a few, and asking all of
    them in one statement costs more than anything else on it."""
    record = twin("record")
    kinds = set(s.scalars(select(record.c.kind).where(record.c.id.in_(ids)).distinct()))
    return tuple(name for name in TABLES if name not in KINDS or name in kinds)


def changes_told(s: Session, actor: Actor, states: HiddenStates, ids: Collection[int]) -> Select:
    """SELECT of the ids of the changes of which somebody who looks at these records is told."""
    record = twin("record")
    mine = select(record.c.id).where(record.c.id.in_(ids)).distinct().cte("mine")
    arms = _arms(actor, states, lambda table, _change: is_about(table, select(mine.c.id)), tables_of(s, ids))
    rows = union_all(*arms).subquery("touched")
    return select(rows.c.change).where(rows.c.told == 1)


@dataclass(frozen=True)
class Touched:
    """What one change touched: the first records to be told of, how many there are, and whether something is hidden."""

    first: frozenset[int] = frozenset()
    records: int = 0
    hidden: bool = False


def touched(
    s: Session, actor: Actor, states: HiddenStates, change_ids: Collection[int], only: Collection[int] | None, most: int
) -> dict[int, Touched]:
    """By change: the first `most` records (of `only`; None: of all) that the actor may be told of. One query."""
    if not change_ids:
        return {}

    def wanted(table: Table, change: ColumnElement) -> ColumnElement[bool]:
        mine = true() if only is None else is_about(table, select(record.c.id).where(record.c.id.in_(only)))
        return change.in_(change_ids) & mine

    record = twin("record")
    tables = TABLES if only is None else tables_of(s, only)
    rows = union_all(*_arms(actor, states, wanted, tables)).subquery("rows")
    told, untold = func.sum(rows.c.told), func.sum(1 - rows.c.told)
    by_record = (
        select(rows.c.change, rows.c.about, told.label("told"), untold.label("untold"))
        .group_by(rows.c.change, rows.c.about)
        .subquery("by_record")
    )
    each = {"partition_by": by_record.c.change}
    place = func.row_number().over(order_by=(case((by_record.c.told > 0, 0), else_=1), by_record.c.about), **each)
    ranked = select(
        by_record.c.change, by_record.c.about, by_record.c.told, place.label("place"),
        func.sum(case((by_record.c.told > 0, 1), else_=0)).over(**each).label("records"),
        func.sum(by_record.c.untold).over(**each).label("hidden"),
    ).subquery("ranked")  # fmt: skip
    found: dict[int, Touched] = {}
    for row in s.execute(select(ranked).where(ranked.c.place <= max(most, 1))):
        before = found.get(row.change, Touched())
        first = before.first | ({row.about} if row.told and most else set())
        found[row.change] = Touched(frozenset(first), int(row.records), row.hidden > 0)
    return found


def last_told(s: Session, actor: Actor, states: HiddenStates, ids: Collection[int]) -> dict[int, int]:
    """By record: the last change of it, of what is stated of it or it is joined to, that the actor may be told of. One query."""
    record = twin("record")
    mine = select(record.c.id).where(record.c.id.in_(ids)).distinct().cte("mine")
    arms = _arms(actor, states, lambda table, _change: is_about(table, select(mine.c.id)), tables_of(s, ids))
    rows = union_all(*arms).subquery("last")
    asked = select(rows.c.about, func.max(rows.c.change)).where(rows.c.told == 1).group_by(rows.c.about)
    return {row[0]: row[1] for row in s.execute(asked)}


def _arms(actor: Actor, states: HiddenStates, wanted: Where, tables: Collection[str]) -> list[Select]:
    """SELECT change, about, told (1 or 0), for each table once of the rows that came or changed, once of those that went."""
    holds = states.test() if states else None
    found = []
    for name in tables:
        table = twin(name)
        came, went = _both(actor, name) if holds is None else _both_but(actor, name, holds)
        found += [
            came.where(wanted(table, table.c.change_from)),
            went.where(wanted(table, table.c.change_to)),
        ]
    return found


@lru_cache(maxsize=512)
def _both(actor: Actor, name: str) -> tuple[Select, Select]:
    """The arms of a table where no state is hidden, as good as always."""
    return _both_but(actor, name, lambda record_id, change, after: false())


def _both_but(actor: Actor, name: str, holds: Holds) -> tuple[Select, Select]:
    """The arms of a table: of the rows that came or changed, and of those that went, but for states that are hidden."""
    table, gone = twin(name), hidden(actor)
    record_id, began, ended = about(table), table.c.change_from, table.c.change_to
    seen = may_be_told(actor, table, gone) & record_id.not_in(select(gone.c.id))
    came = seen & ~holds(record_id, began, True)
    went = seen & ~holds(record_id, ended, False) & ~holds(record_id, ended, True)
    return (
        _arm(began, record_id, came).where(_something_new(table, gone)),
        _arm(ended, record_id, went).where(ended.is_not(None), _without_successor(table)),
    )


def _arm(change: ColumnElement, record_id: ColumnElement, told: ColumnElement[bool]) -> Select:
    return select(change.label("change"), record_id.label("about"), case((told, 1), else_=0).label("told"))


def _something_new(table: Table, gone: CTE) -> ColumnElement[bool]:
    """Whether a state tells anything that the one before did not. A new version alone tells that something joined to the
    record changed, which may be hidden; that a fact is not stated, without a source, is told by the value before it; that
    what was stated of a set leads no more, by what leads instead, which may be hidden; the citations of a new statement are
    told with it."""
    name = table.info["twin_of"]
    if name == "citation":
        statement = _again("statement")
        first = select(func.min(statement.c.change_from)).where(statement.c.id == table.c.statement_id)
        return table.c.change_from != first.scalar_subquery()
    if name == "statement":
        before = _again(name)
        stops_leading = exists().where(
            before.c.id == table.c.id, before.c.change_to == table.c.change_from, before.c.leading.is_(True),
            table.c.leading.is_(False), table.c.field.in_(fields_of_sets()),
        )  # fmt: skip
        return (table.c.value.is_not(None) | (table.c.certainty != "uncited")) & ~stops_leading
    if name != "record" and name not in KINDS:
        return true()
    before = _again(name)
    names = merely_names(name) if name in KINDS else {}
    blank = {column: named for named, mirrors in names.items() for column in (named, *mirrors)}

    def value(row, column: str) -> ColumnElement:
        if column not in blank:
            return row.c[column]
        return case((masked(row, blank[column], gone), null()), else_=row.c[column])

    return ~exists().where(
        before.c.id == table.c.id,
        before.c.change_to == table.c.change_from,
        *(
            value(table, column.name).is_not_distinct_from(value(before, column.name))
            for column in table.c
            if column.name not in ("version", "change_from", "change_to")
        ),
    )


def _without_successor(table: Table) -> ColumnElement[bool]:
    after = _again(table.info["twin_of"])
    keys = [c.name for c in table.primary_key.columns if c.name != "change_from"]
    row = (after.c[key] == table.c[key] for key in keys)
    ended = ~exists().where(*row, after.c.change_from == table.c.change_to)
    if table.info["twin_of"] != "citation":
        return ended
    statement = _again("statement")
    there = (statement.c.change_to.is_(None), statement.c.change_to > table.c.change_to)
    return ended & exists().where(statement.c.id == table.c.statement_id, there[0] | there[1])
