"""Two people take away the same role or relation: it goes once, and the second is told."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from portal.kernel import transaction
from portal.kernel.transaction import Change
from portal.partners.models import Link, Participation
from tests.factories import changing, frameworks, partners, projects


@pytest.fixture
def scene(engine) -> dict[str, str]:
    """The addresses at which a role and a relation of a project are taken away."""
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Pražský proces")
        project, other = projects.project(s, "A", framework=top), projects.project(s, "B", framework=top)
        role, link = partners.role(s, project, partners.organisation(s, "IOM")), partners.link(s, project, other)
        return {"role": f"/roles/{role.id}/end", "link": f"/links/{link.id}/end"}


@pytest.fixture
def two(client_as):
    """Two colleagues' browsers."""
    return client_as("editor", everywhere=True), client_as("editor", everywhere=True)


def left(engine) -> dict[str, int]:
    with transaction.unit(engine) as s:
        return {
            name: s.scalar(select(func.count()).select_from(table))
            for name, table in (("role", Participation), ("link", Link))
        }


def reasons(engine) -> list[str]:
    with transaction.unit(engine) as s:
        return [reason for reason in s.scalars(select(Change.reason).order_by(Change.id)) if reason]


@pytest.mark.parametrize("what", ["role", "link"])
def test_what_is_taken_away_already_is_not_there_for_the_second(scene, two, engine, what: str) -> None:
    first, second = two
    mine = second.get(scene[what])
    first.submit(first.get(scene[what]), reason="zapsáno omylem")
    second.submit(mine, 404, reason="také omylem")
    assert left(engine) == {"role": 1, "link": 1} | {what: 0}
    assert reasons(engine) == ["zapsáno omylem"]


@pytest.mark.parametrize("what", ["role", "link"])
def test_of_two_sent_at_the_same_moment_one_is_written(scene, two, engine, what: str) -> None:
    sent = [c.get(scene[what]).values() | {"reason": reason} for c, reason in zip(two, "AB", strict=True)]
    start, answers = threading.Barrier(2), []

    def send(client, data) -> None:
        start.wait()
        answers.append(client.browser.post(scene[what], data=data).status_code)

    threads = [threading.Thread(target=send, args=pair) for pair in zip(two, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers.count(303) == 1 and set(answers) <= {303, 404, 409}
    assert left(engine)[what] == 0
    assert len(reasons(engine)) == 1
