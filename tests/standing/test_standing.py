"""Archived records stay in totals and leave lists; withdrawn ones leave everything but their own page; both come back."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.figures import Scope
from portal.figures.funding import known_funding
from portal.funding.queries import flows_of
from portal.kernel import transaction
from portal.kernel.asof import as_of
from portal.kernel.errors import Forbidden, InvalidInput
from portal.kernel.permission import SYSTEM, open_to, visible_to
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.transaction import Change
from portal.portfolio.queries.profiles import of_project
from portal.projects.queries import parts_of
from portal.standing import queries
from portal.standing.actions import set_standing
from tests.factories import accounts, changing, events, frameworks, funding, partners, questions


def withdraw(s: Session, record: Record, standing: str | None = "withdrawn", reason: str = "Zapsáno dvakrát.") -> None:
    with changing(s):
        set_standing(s, SYSTEM, record, standing, reason)


def known(s: Session, scope: Scope | None = None) -> int:
    """Known funding in whole euros."""
    found = known_funding(s, SYSTEM, scope or Scope())
    return sum(one.total.minor for one in found.sums.values()) // 100


def seen(s: Session, record: Record) -> bool:
    return s.scalar(select(Record.id).where(Record.id == record.id, visible_to(SYSTEM))) is not None


def test_a_reason_is_asked_and_the_same_standing_twice_is_refused(s: Session) -> None:
    project = funding.project(s, "Projekt")
    with changing(s):
        for standing, reason, errors in (
            ("withdrawn", "  ", {"standing_reason": "standing_reason_missing"}),
            (None, "proč", {"standing": "standing_same"}),
            ("deleted", "proč", {"standing": "no_such_code"}),
        ):
            with pytest.raises(InvalidInput) as refused:
                set_standing(s, SYSTEM, project, standing, reason)
            assert refused.value.errors == errors
    country = partners.country(s, "Fidži", "FJ")
    with changing(s), pytest.raises(InvalidInput) as refused:
        set_standing(s, SYSTEM, country, "withdrawn", "proč")
    assert refused.value.errors == {"standing": "no_such_code"}


def test_only_whoever_may_edit_the_record_may_withdraw_it(s: Session) -> None:
    mine, other = frameworks.framework(s, "Můj"), frameworks.framework(s, "Cizí")
    own, foreign = funding.project(s, "Projekt", framework=mine), funding.project(s, "Jiný", framework=other)
    editor = accounts.actor(s, "editor", frameworks=[mine.id])
    with changing(s):
        set_standing(s, editor, own, "withdrawn", "Omyl.")
        with pytest.raises(Forbidden):
            set_standing(s, editor, foreign, "withdrawn", "Omyl.")
    assert (own.standing, own.standing_reason, foreign.standing) == ("withdrawn", "Omyl.", None)


def test_a_withdrawn_flow_never_counts_and_counts_again_when_restored(s: Session) -> None:
    project = funding.project(s, "Projekt")
    wrong, right = funding.flow(s, project, 300), funding.flow(s, project, 500)
    assert known(s) == 800
    withdraw(s, wrong)
    assert known(s) == 500
    assert flows_of(s, SYSTEM, project.id) == [right]
    withdraw(s, wrong, None, "Přece platí.")
    assert known(s) == 800
    assert wrong.standing_reason is None


def test_with_a_withdrawn_umbrella_goes_its_money_and_its_parts_stay(s: Session) -> None:
    dialogue = frameworks.framework(s, "Dialog")
    umbrella = funding.project(s, "Iniciativa", framework=dialogue)
    part = funding.project(s, "Část", umbrella=umbrella)
    flow, own = funding.flow(s, umbrella, 700), funding.flow(s, part, 40)
    question = questions.question(s, flow, "Kolik?")
    withdraw(s, umbrella)
    assert [seen(s, one) for one in (umbrella, flow, question, part, own)] == [False, False, False, True, True]
    assert known(s) == 40
    assert [one.id for one in queries.hanging(s, SYSTEM, umbrella.id)] == [flow.id, question.id]
    assert queries.told(s, SYSTEM, question).of == umbrella
    assert of_project(s, SYSTEM, part, "cs")["framework"] == dialogue
    assert queries.told(s, SYSTEM, part) is None
    withdraw(s, umbrella, None)
    assert known(s) == 740
    assert parts_of(s, SYSTEM, umbrella.id) == [part]


def test_an_archived_record_counts_as_before(s: Session) -> None:
    project = funding.project(s, "Projekt")
    funding.flow(s, project, 300)
    withdraw(s, project, "archived", "Skončil.")
    assert known(s) == 300
    assert seen(s, project)


def test_a_framework_with_something_in_force_under_it_is_not_withdrawn(s: Session) -> None:
    top = frameworks.framework(s, "Rámec")
    project = funding.project(s, "Projekt", framework=top)
    with changing(s), pytest.raises(InvalidInput) as refused:
        set_standing(s, SYSTEM, top, "withdrawn", "Omyl.")
    assert refused.value.errors == {"standing": "standing_holds_others"}
    withdraw(s, project)
    withdraw(s, top)
    assert not seen(s, top)


def test_what_would_change_is_said_beforehand_to_the_cent(s: Session) -> None:
    framework = frameworks.framework(s, "Rámec")
    project = funding.project(s, "Projekt", framework=framework)
    other = funding.project(s, "Jiný", framework=framework)
    funding.flow(s, project, 300), funding.flow(s, other, 500)
    whole, of_framework = queries.effects(s, SYSTEM, project, True)
    sums = [[total.amount.minor for total in side] for side in (whole.before, whole.after, of_framework.after)]
    assert sums == [[80000], [50000], [50000]]
    assert whole.projects == (2, 1)
    assert of_framework.framework == framework
    withdraw(s, project)
    assert known(s) == known(s, Scope(framework=framework.id)) == 500
    back = queries.effects(s, SYSTEM, project, False)[0]
    assert [total.amount.minor for total in back.after] == [80000]
    assert back.projects == (1, 2)


def test_a_record_stands_in_the_past_as_it_stood_then(engine) -> None:
    with transaction.unit(engine) as s:
        project = funding.project(s, "Projekt")
        flow_id = funding.flow(s, project, 300).id
    with transaction.unit(engine) as s:
        before = s.scalar(select(func.max(Change.id)))
        withdraw(s, s.get_one(Record, flow_id))
    with as_of(engine, before) as past:
        assert known(past) == 300
    with as_of(engine, before + 1) as past:
        assert known(past) == 0
        told = queries.told(past, SYSTEM, past.get_one(Record, flow_id), before + 1)
    assert (told.standing, told.reason, told.by) == ("withdrawn", "Zapsáno dvakrát.", "test data")


def test_a_hidden_record_is_not_named_among_what_goes_with_another(s: Session) -> None:
    framework = frameworks.framework(s, "Rámec")
    event = events.event(s, "Tajné jednání", under=framework)
    reader = accounts.actor(s, "editor", everywhere=True)
    assert queries.hanging(s, reader, framework.id) == [event]
    with changing(s):
        event.confidential = True
        settle(s, [event])
    assert queries.hanging(s, reader, framework.id) == []
    assert s.scalar(select(Record.id).where(Record.id == event.id, open_to(reader))) is None
