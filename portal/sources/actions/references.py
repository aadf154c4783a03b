"""References to other records in what is written: they exist, the actor may see them, and their kind fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from portal.kernel.permission import Actor
from portal.sources.facts import Fact
from portal.sources.queries import kinds_of


def misplaced(s: Session, actor: Actor, declared: Iterable[Fact], values: Mapping[str, object]) -> dict[str, str]:
    """{unit: "no_such_record" or "wrong_kind"} of the facts in `values` that are one record or a set of records. A hidden
    record is as good as none."""
    asked = {f: _ids(values[f.field]) for f in declared if f.kinds and values.get(f.field)}
    kinds = kinds_of(s, actor, set().union(*asked.values())) if asked else {}
    found = {}
    for f, ids in asked.items():
        if not ids <= set(kinds):
            found[f.field] = "no_such_record"
        elif not {kinds[i] for i in ids} <= set(f.kinds):
            found[f.field] = "wrong_kind"
    return found


def _ids(value: object) -> set:
    return {value} if isinstance(value, int) else set(value)
