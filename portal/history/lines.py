"""What changed in each row of a change: its state before and after, as far as the actor may be told of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Select, Table, or_, select
from sqlalchemy.orm import Session

from portal.history.hidden import KINDS, HiddenStates, hidden, masked, merely_names
from portal.history.rules import Difference, differences
from portal.history.subjects import JOINING, twin
from portal.history.touched import OTHER_END, ROWS, SETS, about, is_about, may_be_told, tables_of
from portal.kernel.history.undo.rows import keyed
from portal.kernel.permission import Actor
from portal.kernel.portions import portions
from portal.sources.yearly import apart

OWN_WORDS = ("statement", "citation")
"""Tables whose units are no columns of the record."""


@dataclass(frozen=True)
class Line:
    """What changed in one row. `about` is the record; `table` where; `new`/`gone`: the row came or went; `because`: by unit,
    why what is stated of it leads now."""

    table: str
    about: int
    new: bool
    gone: bool
    row: dict
    differences: tuple[Difference, ...]
    because: dict[str, str] = field(default_factory=dict)

    @property
    def ends(self) -> set[int]:
        """The records that must be seen by whoever is told of it."""
        return {self.about} | ({self.row[OTHER_END[self.table]]} if self.table in OTHER_END else set())

    @property
    def members(self) -> set[int]:
        """The records that the value of a statement names."""
        return {int(i) for i in re.findall(r"(?<!\S)#(\d+)(?!\S)", self.row.get("value") or "")}

    @property
    def fact(self) -> tuple[int, str]:
        """The record and the field that a statement, or a row of a set, is of."""
        return self.about, SETS.get(self.table) or self.row.get("field", "")


@dataclass
class Read:
    """The lines of one change, and whether anything of it is not told."""

    lines: list[Line] = field(default_factory=list)
    hidden: bool = False


def states_hidden(
    s: Session, actor: Actor, ids: Collection[int] | None = None, change_ids: Collection[int] | None = None
) -> HiddenStates:
    """The hidden states, as history of these records (or about these changes; None: all) must know them: a change that only
    brought back what was seen before tells nothing, not even that it happened."""
    states = HiddenStates(s, actor, ids)
    ended = {
        change_id: {i for i in records if ids is None or i in ids}
        for change_id, records in states.ended().items()
        if change_ids is None or change_id in change_ids
    }
    for change_id, found in read(s, actor, states, ended).items():
        for i in ended[change_id] - {line.about for line in found.lines}:
            states.lengthen(i, change_id)
    return states


def read(
    s: Session, actor: Actor, hidden_states: HiddenStates, records: Mapping[int, Collection[int]]
) -> dict[int, Read]:
    """The lines of each change about its records, in as many queries for one change as for a page of them."""
    found = {change_id: Read() for change_id in records}
    ids = {i for some in records.values() for i in some}
    if not ids:
        return found
    for name in tables_of(s, ids):
        table = twin(name)
        by_change = _states(s, actor, table, records, ids)
        earlier = _earlier(s, actor, table, by_change, hidden_states)
        for change_id, states in by_change.items():
            for key, (old, new) in states.items():
                _tell(found[change_id], table, change_id, old, new, earlier.get((change_id, key)), hidden_states)
    return found


def _tell(
    to: Read, table: Table, change: int, old: dict | None, new: dict | None, seen: dict | None, states: HiddenStates
) -> None:
    """Add what a row tells. `seen` is the last state that may be seen, where the one before the change may not."""
    row = new or old
    i = row["about"]
    before, after = states.before(i, change), states.after(i, change)
    if after or not row["told"] or (new is None and before):
        to.hidden = True
        return
    if before:
        old = seen
    name = table.info["twin_of"]
    told = differences(_shown(table, old), _shown(table, new))
    if before or differences(_plain(table, old), _plain(table, new)) != told:
        to.hidden = True
    if told:
        kept = _shown(table, row) | ({"field": row["of_field"]} if name == "citation" else {})
        to.lines.append(Line(name, i, old is None, new is None, kept, tuple(told)))


def _plain(table: Table, row: dict | None) -> dict | None:
    return row and {c.name: row[c.name] for c in table.c}


def _shown(table: Table, row: dict | None) -> dict | None:
    """The row without the names of hidden records and what is known of them."""
    shown = _plain(table, row)
    if shown:
        for column, mirrors in _names(table).items():
            if row[f"hidden_{column}"]:
                shown |= dict.fromkeys((column, *mirrors))
    return shown


def _names(table: Table) -> dict[str, tuple[str, ...]]:
    name = table.info["twin_of"]
    return merely_names(name) if name in KINDS else {}


def rows_told(actor: Actor, table: Table) -> Select:
    """The rows of a history with: the record they are about, whether they may be told of, which names in them are hidden."""
    gone = hidden(actor)
    asked = select(
        table, about(table).label("about"), may_be_told(actor, table, gone).label("told"),
        *(masked(table, column, gone).label(f"hidden_{column}") for column in _names(table)),
    )  # fmt: skip
    if table.info["twin_of"] != "citation":
        return asked
    statement = twin("statement").alias()
    of = select(statement.c.field).where(statement.c.id == table.c.statement_id).limit(1)
    return asked.add_columns(of.scalar_subquery().label("of_field"))


def states_of(
    s: Session, actor: Actor, name: str, keys: Collection[tuple], *, after: int | None = None, before: int | None = None
) -> dict[tuple, dict]:
    """By key: the rows of a table as a change left them (`after`), as it found them (`before`), or as they are; without the
    names of records hidden from the actor."""
    table = twin(name)
    moment = table.c.change_to.is_(None) if after is None else table.c.change_from == after
    if before is not None:
        moment = table.c.change_to == before
    own = _keys(table)
    found: dict[tuple, dict] = {}
    for some in portions(keys):
        for row in s.execute(rows_told(actor, table).where(moment, keyed(table, some, own))).mappings():
            found[tuple(row[key] for key in own)] = _shown(table, dict(row)) or {}
    return found


def _keys(table: Table) -> list[str]:
    return [c.name for c in table.primary_key.columns if c.name != "change_from"]


def _states(
    s: Session, actor: Actor, table: Table, records: Mapping[int, Collection[int]], ids: Collection[int]
) -> dict[int, dict[tuple, list]]:
    keys = _keys(table)
    record = twin("record")
    mine = is_about(table, select(record.c.id).where(record.c.id.in_(ids)))
    touched = or_(table.c.change_from.in_(records), table.c.change_to.in_(records))
    order = (*(table.c[key] for key in keys), table.c.change_from)
    states: dict[int, dict[tuple, list]] = {change_id: {} for change_id in records}
    for row in s.execute(rows_told(actor, table).where(touched, mine).order_by(*order)).mappings():
        for side, change_id in ((0, row["change_to"]), (1, row["change_from"])):
            if change_id in states and row["about"] in records[change_id]:
                states[change_id].setdefault(tuple(row[key] for key in keys), [None, None])[side] = dict(row)
    return states


def _earlier(
    s: Session, actor: Actor, table: Table, by_change: dict[int, dict[tuple, list]], hidden_states: HiddenStates
) -> dict[tuple[int, tuple], dict]:
    """(change, key) → the last state that may be seen, of rows whose record was in a hidden state before the change."""
    asked = {
        (change_id, key)
        for change_id, states in by_change.items()
        for key, (old, new) in states.items()
        if old and new and hidden_states.before(old["about"], change_id)
    }
    if not asked:
        return {}
    found = {}
    own = _keys(table)
    rows = rows_told(actor, table).where(keyed(table, sorted({key for _change, key in asked}), own))
    for row in s.execute(rows.order_by(table.c.change_from)).mappings():
        for change_id, key in asked:
            if (
                tuple(row[one] for one in own) == key
                and row["change_from"] < change_id
                and not hidden_states.whole(row["about"], row)
            ):
                found[change_id, key] = dict(row)
    return found


def once(lines: list[Line]) -> list[Line]:
    """Each thing told once: a new record as one line, not one for its base and one for its kind; a changed fact as its
    value before and after, with the reason why that leads, not as its statements too; what a record without a name joins
    not again as its facts; a new statement without its citations."""
    lines = [_each_year(line) for line in lines]
    whole = {line.about: line.row["kind"] for line in lines if line.table == "record" and (line.new or line.gone)}
    joining = {about for about, kind in whole.items() if kind in JOINING}
    columns = {
        (line.about, d.unit) for line in lines if line.table not in (*OWN_WORDS, *ROWS) for d in line.differences
    }
    columns |= {line.fact for line in lines if line.table in SETS}
    stated = {line.row["id"] for line in lines if line.table == "statement" and (line.new or line.gone)}
    facts_stated = {line.fact for line in lines if line.table == "statement"}
    reasons = {line.fact: line.row["reason"] for line in lines if line.table == "statement" and _leads(line)}
    told = []
    for line in lines:
        if line.table in ("record", *KINDS):
            because = {d.unit: reasons.get((line.about, d.unit), "") for d in line.differences}
            line = replace(line, because={unit: why for unit, why in because.items() if why})
        if line.table == "record" and line.about not in whole:
            line = _without(line, {"certainty"})
        elif line.about in whole and (
            line.table in KINDS or line.table in ROWS or (line.table in SETS and line.fact in facts_stated)
        ):
            continue
        elif line.table == "statement" and (
            line.about in joining
            or _says_nothing(line)
            or _led_a_set_before(line)
            or _told_as_value(line, whole, columns)
        ):
            continue
        elif line.table == "citation" and (line.about in joining or line.row["statement_id"] in stated):
            continue
        if line.differences:
            told.append(line)
    return told


def _each_year(line: Line) -> Line:
    """A line of a record in which amounts by budget year are told year by year, as they are stated."""
    told: list[Difference] = []
    for d in line.differences:
        now = apart(line.table, d.unit, d.after, d.before)
        if d.unit in now:
            told.append(d)
            continue
        was = apart(line.table, d.unit, d.before, d.after)
        told += [Difference(unit, was[unit], value) for unit, value in now.items() if was[unit] != value]
    return replace(line, differences=tuple(told))


def _says_nothing(line: Line) -> bool:
    """Whether no source and nobody gives a value: what was known before is told by the column, or was hidden."""
    return line.row["value"] is None and line.row["certainty"] == "uncited"


def _led_a_set_before(line: Line) -> bool:
    """Whether what was stated of a set merely leads no more: what leads instead tells it, and may be hidden."""
    led, stays = _leads(line), not line.new and not line.gone
    return stays and line.row["field"] in SETS.values() and led is not None and not led


def _told_as_value(line: Line, whole: dict[int, str], columns: set[tuple[int, str]]) -> bool:
    """Whether a statement came or changed its place only because the fact changed, which is told as before and after. Of a
    set, where members come and go, the statement that was there and leads now for a reason is told beside."""
    if line.about in whole or (line.about, line.row["field"]) not in columns:
        return False
    moved = bool(line.row["leading"]) or _leads(line) is not None
    if line.row["field"] not in SETS.values():
        return moved
    # A new one whether it leads or not: what leads instead may name what the actor does not see.
    return line.new or (moved and not (_leads(line) and line.row["reason"]))


def _leads(line: Line) -> bool | None:
    """Whether a statement leads since the change; None where that stays as it was, or it is gone."""
    return next((d.after for d in line.differences if d.unit == "leading"), None)


def _without(line: Line, told_elsewhere: set[str]) -> Line:
    return replace(line, differences=tuple(d for d in line.differences if d.unit not in told_elsewhere))
