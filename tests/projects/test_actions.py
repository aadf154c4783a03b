"""Adding and editing projects: where they stand, their sets, who may, who knows of them."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from portal.kernel.errors import Forbidden, InvalidInput
from portal.kernel.permission import SYSTEM, sees
from portal.kernel.when import When
from portal.projects import actions, queries
from portal.sources.facts import Pair
from portal.sources.queries import facts_of
from tests.factories import accounts, changing, frameworks, partners, projects, sources


def refused(call, *args) -> dict[str, str]:
    with pytest.raises(InvalidInput) as error:
        call(*args)
    return error.value.errors


def test_each_fact_of_a_new_project_rests_on_its_source(s: Session) -> None:
    backed = sources.support(s, quotation="v únoru 2013")
    project = projects.project(s, actual_start=When("2013-02"), acronym="ERIS", backed=backed)
    facts = facts_of(s, SYSTEM, project)[project.id]
    assert sorted(facts.by_field) == ["acronym", "actual_start", "name"]
    lead = facts["actual_start"].lead
    assert (lead.statement.certainty, lead.statement.precision) == ("document", "month")
    assert [c.citation.quotation for c in lead.cited] == ["v únoru 2013"]
    assert project.certainty == "document"


def test_only_what_changes_is_stated_anew(s: Session) -> None:
    project = projects.project(s, acronym="ERIS", actual_start=When("2013"), backed=sources.support(s))
    with changing(s):
        values = {"name": Pair("ERIS", ""), "acronym": "ERIS", "actual_start": When("2013-02")}
        actions.edit_project(s, SYSTEM, project, values, sources.support(s, "public"))
    facts = facts_of(s, SYSTEM, project)[project.id]
    assert len(facts["acronym"].claims) == 1
    assert [c.value for c in facts["actual_start"].claims] == [When("2013-02"), When("2013")]


def test_a_set_that_changes_raises_the_version_and_one_that_does_not_leaves_it(s: Session) -> None:
    project, theme = projects.project(s), projects.theme(s)
    before = project.version
    with changing(s):
        actions.edit_project(s, SYSTEM, project, {"themes": [theme.id]})
    assert project.version == before + 1
    with changing(s):
        actions.edit_project(s, SYSTEM, project, {"themes": [theme.id]})
    assert project.version == before + 1
    assert queries.sets_of(s, project.id)["themes"] == [theme.id]


def test_the_sets_of_a_past_change_can_be_read(s: Session) -> None:
    project = projects.project(s, sectors=["15190"])
    with changing(s) as opened:
        actions.edit_project(s, SYSTEM, project, {"sectors": ["15136", "15190"]})
        s.flush()
        first = opened.id
    with changing(s):
        actions.edit_project(s, SYSTEM, project, {"sectors": []})
    assert queries.sets_of(s, project.id, first)["sectors"] == ["15136", "15190"]
    assert queries.sets_of(s, project.id)["sectors"] == []


def test_a_confidential_framework_served_stays_when_somebody_who_may_not_know_of_it_edits_the_set(s: Session) -> None:
    chief, editor = (accounts.actor(s, "editor", everywhere=True) for _ in range(2))
    open_one, secret = frameworks.framework(s, "Panel"), frameworks.framework(s, "Tajný dialog")
    project = projects.project(s, further_frameworks=[open_one.id, secret.id])
    with changing(s):
        from portal.frameworks.actions import edit_framework

        edit_framework(s, chief, secret, {"confidential": True, "readers": [chief.person_id]})
        actions.edit_project(s, editor, project, {"further_frameworks": []})
    assert queries.sets_of(s, project.id)["further_frameworks"] == [secret.id]


def test_an_umbrella_is_no_part_itself(s: Session) -> None:
    umbrella, other = projects.project(s, "Cílená iniciativa"), projects.project(s, "Jiný")
    part = projects.project(s, "PP1", umbrella=umbrella)
    with changing(s):
        edit = actions.edit_project
        assert refused(edit, s, SYSTEM, other, {"umbrella": part.id}) == {"umbrella": "umbrella_is_a_part"}
        assert refused(edit, s, SYSTEM, umbrella, {"umbrella": other.id}) == {"umbrella": "has_parts_itself"}
        assert refused(edit, s, SYSTEM, other, {"umbrella": other.id}) == {"umbrella": "part_of_itself"}


def test_the_rules_take_what_is_not_changed_from_the_record(s: Session) -> None:
    project = projects.project(s, actual_start=When("2016"))
    with changing(s):
        assert refused(actions.edit_project, s, SYSTEM, project, {"actual_end": When("2013")}) == {
            "actual_end": "end_before_start"
        }


def test_an_editor_adds_and_moves_projects_only_within_the_frameworks_given(s: Session) -> None:
    mine, other = frameworks.framework(s, "Můj"), frameworks.framework(s, "Cizí")
    below = frameworks.framework(s, "Pod mým", parent=mine)
    editor = accounts.actor(s, "editor", frameworks=[mine.id])
    name = {"name": Pair("Nový", "")}
    with changing(s):
        project = actions.add_project(s, editor, name | {"framework": below.id})
        part = actions.add_project(s, editor, name | {"umbrella": project.id})
        actions.edit_project(s, editor, part, {"acronym": "ČÁST"})
        for place in ({"framework": other.id}, {}):
            with pytest.raises(Forbidden):
                actions.add_project(s, editor, name | place)
        with pytest.raises(Forbidden):
            actions.edit_project(s, editor, project, {"framework": other.id})
    assert (project.framework_id, part.acronym) == (below.id, "ČÁST")


@pytest.mark.parametrize("given", [{"role": "administrator"}, {"role": "editor", "everywhere": True}])
def test_whoever_writes_everywhere_adds_projects_everywhere(s: Session, given: dict) -> None:
    who = accounts.actor(s, **given)
    framework = frameworks.framework(s, "Pražský proces")
    with changing(s):
        for place in ({"framework": framework.id}, {}):
            assert actions.add_project(s, who, {"name": Pair("Nový", ""), **place}).id


def test_a_confidential_project_hides_its_parts_and_roles_too(s: Session) -> None:
    chief, other = accounts.actor(s, "editor", everywhere=True), accounts.actor(s, "administrator")
    umbrella = projects.project(s, "Iniciativa")
    part = projects.project(s, "PP1", umbrella=umbrella)
    role = partners.role(s, part, partners.organisation(s))
    with changing(s):
        actions.edit_project(s, chief, umbrella, {"confidential": True, "readers": [chief.person_id]})
    for record in (umbrella, part, role):
        assert (sees(s, chief, record.id), sees(s, other, record.id)) == (True, False)
