"""Conflicts with rows the change did not touch: what refers to a row that would go, what a row that comes back refers to, and
unique values that others have taken. Asked in SQL, a few statements for each table, however many rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, FromClause, MetaData, Select, Table, and_, exists, select
from sqlalchemy.orm import Session

from portal.kernel.history.twins import twin
from portal.kernel.history.undo.deciding import Conflict, Decision, Name, Op, claims, unit_claimed, unit_named, values
from portal.kernel.history.undo.rows import keyed
from portal.kernel.history.undo.ties import Ties, references
from portal.kernel.portions import portions


class Surroundings:
    """The rows around those of one undo."""

    def __init__(
        self, s: Session, change_id: int, metadata: MetaData, ties: Mapping[str, Ties], made: Decision
    ) -> None:
        self.s, self.change_id, self.metadata, self.ties, self.ops = s, change_id, metadata, ties, made.ops

    def conflicts(self) -> Iterator[Conflict]:
        """Every row around that stands in the way."""
        yield from self._children()
        yield from self._parents()
        yield from self._taken()

    def _children(self) -> Iterator[Conflict]:
        """Live rows that refer to a row that would be removed, of any table but those made from others (`info["derived"]`)."""
        for name, ops in self._by_table("delete").items():
            for child in self.metadata.sorted_tables:
                if child.info.get("derived") or child.info.get("twin_of"):
                    continue
                for reference in references(child):
                    if reference.parent == name:
                        yield from self._children_by(child, reference, ops)

    def _children_by(self, child: Table, reference: Any, ops: list[Op]) -> Iterator[Conflict]:
        parents = {values(op.row.now, reference.parent_columns): op for op in ops}
        table, tie = self.metadata.tables[reference.parent].alias("parent"), self.ties[reference.parent]
        own = [column.name for column in child.primary_key.columns]
        on = _equal(child, reference.columns, table, reference.parent_columns)
        for keys in portions(op.row.key for op in ops):
            asked = select(
                *(child.c[k].label(f"own {n}") for n, k in enumerate(own)),
                *(table.c[k].label(f"of {n}") for n, k in enumerate(tie.keys)),
            )
            for row in self.s.execute(asked.join_from(child, table, on).where(keyed(table, keys, tie.keys))):
                place: Name = child.name, tuple(row[: len(own)])
                op = self.ops.get(place)
                if op is not None and values(op.final, reference.columns) not in parents:
                    continue
                yield Conflict("child", reference.parent, tuple(row[len(own) :]), "", place)

    def _parents(self) -> Iterator[Conflict]:
        """Rows that would refer to something that is no longer there, and does not come back with them."""
        coming = self._by_table("insert")
        for name, tie in self.ties.items():
            for reference in tie.references:
                ops = {op.row.key: op for op in self._writing(name, reference.columns)}
                parent = self.metadata.tables[reference.parent]
                back = {values(op.final, reference.parent_columns) for op in coming.get(reference.parent, ())}
                past = twin(self.metadata.tables[name])
                there = exists().where(_equal(past, reference.columns, parent, reference.parent_columns))
                stated = [past.c[column].is_not(None) for column in reference.columns]
                for keys in portions(ops):
                    asked = self._before(past, tie, keys).where(*stated, ~there)
                    for key in self.s.execute(asked):
                        if values(ops[tuple(key)].final, reference.columns) not in back:
                            yield Conflict("parent", name, tuple(key), unit_named(tie, reference.columns))

    def _taken(self) -> Iterator[Conflict]:
        """Rows around that hold a unique value which a row that goes back had."""
        for name, tie in self.ties.items():
            for number, unique in enumerate(tie.uniques):
                by_source: dict[tuple[bool, ...], dict[tuple, Op]] = {}
                for op in self._writing(name, unique.columns + tuple(unique.asks)):
                    if claims(op, tie, number, unique) is not None:
                        source = tuple(op.verb == "insert" or column in op.columns for column in unique.columns)
                        by_source.setdefault(source, {})[op.row.key] = op
                for source, ops in by_source.items():
                    yield from self._taken_by(tie, unique, source, ops)

    def _taken_by(
        self, tie: Ties, unique: Any, source: tuple[bool, ...], ops: Mapping[tuple, Op]
    ) -> Iterator[Conflict]:
        table = self.metadata.tables[tie.name]
        past, now = twin(table), table.alias("now")
        falling = select(table) if unique.where is None else select(table).where(unique.where)
        other = falling.subquery("other")
        same = and_(
            *(
                other.c[column] == (past if goes_back else now).c[column]
                for column, goes_back in zip(unique.columns, source, strict=True)
            )
        )
        for keys in portions(ops):
            asked = select(*(past.c[k].label(f"own {n}") for n, k in enumerate(tie.keys))).add_columns(
                *(other.c[k].label(f"other {n}") for n, k in enumerate(tie.keys))
            )
            asked = asked.select_from(past)
            if not all(source):
                asked = asked.join(now, and_(*(now.c[k] == past.c[k] for k in tie.keys)))
            asked = asked.join(other, same).where(past.c.change_to == self.change_id, keyed(past, keys, tie.keys))
            for row in self.s.execute(asked):
                key, place = tuple(row[: len(tie.keys)]), (tie.name, tuple(row[len(tie.keys) :]))
                if place not in self.ops:
                    yield Conflict("taken", tie.name, key, unit_claimed(tie, unique, ops[key]), place)

    def _before(self, past: Table, tie: Ties, keys: list[tuple]) -> Select:
        """SELECT the keys of the states these rows had before the change."""
        return select(*(past.c[k] for k in tie.keys)).where(
            past.c.change_to == self.change_id, keyed(past, keys, tie.keys)
        )

    def _by_table(self, verb: str) -> dict[str, list[Op]]:
        found: dict[str, list[Op]] = {}
        for op in self.ops.values():
            if op.verb == verb:
                found.setdefault(op.row.table, []).append(op)
        return found

    def _writing(self, table: str, columns: Iterable[str]) -> list[Op]:
        """The rows of a table in which one of these columns is written."""
        wanted = set(columns)
        return [
            op
            for op in self.ops.values()
            if op.row.table == table and (op.verb == "insert" or (op.verb == "update" and op.columns & wanted))
        ]


def _equal(one: FromClause, columns: Iterable[str], other: FromClause, others: Iterable[str]) -> ColumnElement[bool]:
    return and_(*(one.c[a] == other.c[b] for a, b in zip(columns, others, strict=True)))
