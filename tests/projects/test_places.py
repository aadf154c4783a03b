"""A limited editor places projects and frameworks only where that editor may write."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from portal.kernel.errors import Forbidden
from portal.projects import actions
from portal.sources.actions import state_fact
from portal.sources.facts import Pair
from tests.factories import accounts, changing, frameworks, projects, sources


@pytest.fixture
def scene(s: Session):
    mine, foreign = frameworks.framework(s, "Pražský proces"), frameworks.framework(s, "Panel")
    editor = accounts.actor(s, "editor", frameworks=[mine.id])
    return mine, foreign, editor


def test_an_umbrella_of_another_framework_takes_no_part_of_a_limited_editor(s: Session, scene) -> None:
    mine, foreign, editor = scene
    project, umbrella = projects.project(s, framework=mine), projects.project(s, "Cizí", framework=foreign)
    own = projects.project(s, "Moje", framework=mine)
    with changing(s):
        with pytest.raises(Forbidden):
            actions.edit_project(s, editor, project, {"umbrella": umbrella.id})
        with pytest.raises(Forbidden):
            state_fact(s, editor, project, "umbrella", umbrella.id, sources.support(s), lead=True)
        with pytest.raises(Forbidden):
            values = {"name": Pair("Nový", ""), "framework": mine.id, "umbrella": umbrella.id}
            actions.add_project(s, editor, values)
        assert project.umbrella_id is None
        state_fact(s, editor, project, "umbrella", own.id, sources.support(s), lead=True)
    assert project.umbrella_id == own.id


def test_an_own_umbrella_gives_no_right_to_move_its_part_into_another_framework(s: Session, scene) -> None:
    mine, foreign, editor = scene
    part = projects.project(s, "Část", framework=mine, umbrella=projects.project(s, framework=mine))
    with changing(s):
        with pytest.raises(Forbidden):
            actions.edit_project(s, editor, part, {"framework": foreign.id})
        with pytest.raises(Forbidden):
            state_fact(s, editor, part, "framework", foreign.id, sources.support(s), lead=True)
    assert part.framework_id == mine.id


def test_a_framework_is_not_moved_below_a_foreign_one_through_its_fact(s: Session, scene) -> None:
    mine, foreign, editor = scene
    child = frameworks.framework(s, "Podrámec", parent=mine)
    with changing(s), pytest.raises(Forbidden):
        state_fact(s, editor, child, "parent", foreign.id, sources.support(s), lead=True)
    assert child.parent_id == mine.id
