"""The documents that what was stated in a change rests on, as far as the actor may be told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.history.hidden import HiddenStates
from portal.history.lines import Line, Read, rows_told
from portal.history.subjects import twin
from portal.kernel.permission import Actor


@dataclass(frozen=True)
class Place:
    """A place in a document, with the words quoted from it: (language or None, words)."""

    document: int
    place: str
    quotations: tuple[tuple[str | None, str], ...]


def citations(s: Session, actor: Actor, states: HiddenStates, found: Mapping[int, Read]) -> dict[int, list[Line]]:
    """By change: the citations of the statements that came, changed or took the lead in it, also those older than it. What
    may not be told of them counts as hidden in the change. One query, none where every statement is new."""
    cited = {
        change_id: [line for line in there.lines if line.table == "citation" and not line.gone]
        for change_id, there in found.items()
    }
    standing: dict[int, list[int]] = {}
    for change_id, there in found.items():
        for line in there.lines:
            if line.table == "statement" and not line.new and not line.gone and not _only_gave_way(line):
                standing.setdefault(line.row["id"], []).append(change_id)
    if not standing:
        return cited
    table = twin("citation")
    order = (table.c.id, table.c.change_from)
    asked = rows_told(actor, table).where(table.c.statement_id.in_(standing)).order_by(*order)
    for row in s.execute(asked).mappings():
        for change_id in standing[row["statement_id"]]:
            if row["change_from"] > change_id or (row["change_to"] is not None and row["change_to"] <= change_id):
                continue
            if not row["told"] or states.after(row["about"], change_id):
                found[change_id].hidden = True
            else:
                cited[change_id].append(Line("citation", row["about"], False, False, dict(row), ()))
    return cited


def _only_gave_way(line: Line) -> bool:
    """Whether nothing but the lead of the statement changed, and that to another one."""
    return [(d.unit, bool(d.after)) for d in line.differences if d.unit != "reason"] == [("leading", False)]


def places(cited: Iterable[Line], told: Collection[Line]) -> list[Place]:
    """Each place of each document once, whatever number of facts rests on it; without those that a line tells of."""
    named = {line.row["id"] for line in told if line.table == "citation"}
    found: dict[tuple[int, str], dict[tuple[str | None, str], None]] = {}
    for line in cited:
        row = line.row
        if row["id"] not in named:
            quotations = found.setdefault((row["document_id"], row["place"]), {})
            if row["quotation"]:
                quotations[row["quotation_lang"], row["quotation"]] = None
    return [Place(document, place, tuple(quotations)) for (document, place), quotations in found.items()]
