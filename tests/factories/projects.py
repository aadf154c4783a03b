"""Projects and themes for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.frameworks.models import Framework
from portal.kernel.permission import SYSTEM
from portal.projects import actions
from portal.projects.models import Project, Theme
from portal.sources.actions import Support
from portal.sources.facts import Pair
from tests.factories import changing


def project(
    s: Session, name: str = "ERIS", *, framework: Framework | None = None, umbrella: Project | None = None,
    backed: Support | None = None, **values,
) -> Project:  # fmt: skip
    """A project called `name`; further `values` as `add_project` takes them, resting on `backed`."""
    places = {"framework": framework and framework.id, "umbrella": umbrella and umbrella.id}
    with changing(s):
        return actions.add_project(s, SYSTEM, {"name": Pair(name, ""), **places, **values}, backed or Support())


def theme(s: Session, name: str = "Dobrovolný návrat") -> Theme:
    with changing(s):
        return actions.add_theme(s, SYSTEM, name, "")
