"""References to other records in what is written: they exist, the actor may see them, and their kind fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from portal.funding.queries import kinds_of
from portal.kernel.permission import Actor
from portal.sources.facts import Fact


def misplaced(s: Session, actor: Actor, declared: Iterable[Fact], values: Mapping[str, object]) -> dict[str, str]:
    """{unit: "no_such_record" or "wrong_kind"} of the record facts in `values`. A hidden record is as good as none."""
    asked = {f: values[f.field] for f in declared if f.type == "record" and values.get(f.field)}
    kinds = kinds_of(s, actor, set(asked.values())) if asked else {}
    found = {}
    for f, record_id in asked.items():
        kind = kinds.get(record_id)
        if kind is None:
            found[f.field] = "no_such_record"
        elif kind not in f.kinds:
            found[f.field] = "wrong_kind"
    return found
