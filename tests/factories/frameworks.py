"""Frameworks and phases of programmes for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.frameworks.actions import add_framework, add_phase
from portal.frameworks.models import Framework, Phase
from portal.kernel.permission import SYSTEM
from portal.sources.facts import Pair
from tests.factories import changing


def framework(s: Session, name: str, *, parent: Framework | None = None, name_en: str = "", **values) -> Framework:
    """A framework called `name`, below `parent`; further `values` as `add_framework` takes them."""
    with changing(s):
        return add_framework(
            s, SYSTEM, {"name": Pair(name, name_en), "parent": parent.id if parent else None, **values}
        )


def phase(s: Session, framework: Framework, name: str, **values) -> Phase:
    """A phase of a programme; further `values` as `add_phase` takes them."""
    with changing(s):
        return add_phase(s, SYSTEM, {"name": Pair(name, ""), "framework": framework.id, **values})
