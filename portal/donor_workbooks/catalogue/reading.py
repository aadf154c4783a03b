"""How values are read for a workbook: days as days, amounts in units, texts in the language that is asked for; what their
statements leave in doubt is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from portal.donor_workbooks.catalogue.registry import Asked, Found, Quoted, known, known_money, unknown
from portal.donor_workbooks.rules.ways import FACT
from portal.kernel import codes
from portal.kernel.errors import N_
from portal.kernel.history import twin
from portal.kernel.pairs import older
from portal.kernel.permission import visible_to
from portal.kernel.record import Record
from portal.kernel.when import When, certainly_within
from portal.kernel.when import format as write
from portal.obligations.rules import day_of
from portal.sources.facts import Pair
from portal.sources.queries import CONTRADICTORY, UNSOURCED, UNSURE, facts_of

NOT_STATED = N_("not stated")
OTHER_LANGUAGE = N_("written in the other language only")
DOUBTS = {
    CONTRADICTORY: N_("sources disagree"), UNSURE: N_("inferred or doubtful"), UNSOURCED: N_("without a source"),
}  # fmt: skip
"""What `FactView.doubts` are called: the judgement of readiness."""
ABOUT, MAYBE = N_("approximate"), N_("it may lie outside the period")
NO_DAY = N_("its day is not known; written in words")
OLDER = {
    "cs": N_("the Czech text is older than the English one"),
    "en": N_("the English text is older than the Czech one"),
}


def doubts(asked: Asked, record: Record, fact: str) -> tuple[str, ...]:
    """What is in doubt of a fact that is stated of a record. The value says something of it and rests on what it cites."""
    asked.says(record)
    asked.mended(FACT, record.id, fact)
    view = asked.once(("facts", record.id), lambda: facts_of(asked.s, asked.actor, record)[record.id])[fact]
    lead = view.lead
    for one in lead.cited if lead else ():
        asked.behind.quoted[Quoted(one.document.id, one.citation.place, one.citation.quotation)] = None
    about = [ABOUT] if lead and lead.statement.precision in ("rounded", "estimated") else []
    return (*(DOUBTS[one] for one in view.doubts), *about)


def read_ahead(asked: Asked, records: Iterable[Record]) -> None:
    """Read what is stated of all of these at once."""
    new = [one for one in records if ("facts", one.id) not in asked.memory]
    told = facts_of(asked.s, asked.actor, *new)
    asked.memory.update({("facts", record_id): facts for record_id, facts in told.items()})


def within(asked: Asked, when: When | None) -> str:
    """The doubt about what is dated so that it may lie outside the period as well; empty where it surely does not."""
    return "" if certainly_within(when, asked.report.period) else MAYBE


def plain(value: Any, *told: str) -> Found:
    """A text, number or truth; unknown where there is none."""
    return unknown(NOT_STATED) if value is None or value == "" else known(value, *told)


def day(when: When | None, language: str, *told: str) -> Found:
    """A day as a day; what is not known to the day is written as it is known."""
    if when is None:
        return unknown(NOT_STATED)
    one = day_of(when)
    return known(one, *told) if one is not None else known(in_words(when, language), NO_DAY, *told)


def in_words(when: When, language: str) -> str:
    """A date or time as people write it, with plain spaces."""
    return " ".join(write(when, language).split())


def code(name: str, held: str | None, language: str, *told: str) -> Found:
    """What a code is called."""
    return unknown(NOT_STATED) if not held else known(codes.label(name, held, language), *told)


def pair(asked: Asked, row: Any, field: str, *told: str) -> Found:
    """A text kept in both languages, in the one asked for. The other language is no answer; one that is older than the other is
    marked."""
    if isinstance(row, Record):
        asked.says(row)
    behind = asked.once(("older", row.__tablename__, row.id, field), lambda: older_of(asked, row, field))
    held = Pair(getattr(row, f"{field}_cs") or "", getattr(row, f"{field}_en") or "")
    return in_language(held, asked.language, behind, *told)


def in_language(held: Pair, language: str, behind: str | None, *told: str) -> Found:
    """One language of a text, of which `behind` is the older one."""
    mine, other = (held.cs, held.en) if language == "cs" else (held.en, held.cs)
    if not mine:
        return unknown(OTHER_LANGUAGE if other else NOT_STATED)
    return known(mine, *told, OLDER[language] if behind == language else "")


def named(asked: Asked, record: Record | None, *told: str) -> Found:
    """The name of a record the actor may see. Names of organisations need no translation: one in the other language stands in."""
    if record is None or not seen(asked, record.id):
        return unknown(NOT_STATED)
    asked.says(record)
    return known(record.name(asked.language), *told)


def seen(asked: Asked, record_id: int) -> bool:
    """Whether the actor may see a record."""
    asking = select(Record.id).where(Record.id == record_id, visible_to(asked.actor))
    return asked.once(("seen", record_id), lambda: asked.s.scalar(asking)) is not None


def older_of(asked: Asked, row: Any, field: str) -> str | None:
    """Which language of a pair is older than the other, by `kernel.pairs`."""
    table = next(t for t in (type(row).__table__, Record.__table__) if f"{field}_cs" in t.c)
    then = twin(table).c
    columns = (then[f"{field}_cs"], then[f"{field}_en"])
    asking = select(then.change_from, *columns).where(then.id == row.id).order_by(then.change_from)
    if isinstance(past := asked.s.connection().info.get("portal.past"), int):
        asking = asking.where(then.change_from <= past)  # the twin knows what came later, too
    states = asked.s.execute(asking)
    return older((change, czech or "", english or "", False) for change, czech, english in states)


def amount(held: Any, mark: str | None, *told: str) -> Found:
    """An amount in units of its currency, which is told elsewhere."""
    if held is None:
        return unknown(NOT_STATED)
    return known_money(held, *told, ABOUT if mark not in (None, "exact") else "")


def of_fact(fact: str, read: Callable[[Asked, Any, tuple[str, ...]], Found]) -> Callable[[Asked, Any], Found]:
    """A reader of one fact of a line, with its doubts."""
    return lambda asked, line: read(asked, line, doubts(asked, line, fact))
