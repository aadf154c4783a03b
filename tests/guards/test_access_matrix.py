"""Role × route × record × moment: nobody gets more, or less, than the permission tables say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import URL, Engine

from portal import create_app
from portal.desk.models import Comment, Task
from portal.donor_workbooks.models import DonorWorkbook
from portal.kernel import permission, transaction
from portal.kernel.db import Base, make_engine
from portal.kernel.record import Record
from tests.fixtures import Store, dispose, settings_for
from tests.guards import access_actions, access_matrix, access_probes, access_world
from tests.guards.access_matrix import Matrix
from tests.guards.access_table import EXPECTED, OPEN_TO_ALL, OWN_WRITING, expected, opened_up
from tests.guards.access_world import PEOPLE, STRANGERS, World

NO_RECORDS = {"comment": Comment, "task": Task, "donor_workbook": DonorWorkbook}
"""Kinds that are rows of a table of their own."""


class Template:
    """A database with a world in it, made once for each engine and copied."""

    def __init__(self, store: Store, secrets: bool) -> None:
        self.store, self.url = store, store.copy()
        engine = make_engine(self.url)
        self.world = access_world.build(engine, secrets)
        engine.dispose()

    def copy(self) -> URL:
        return self.store.server.copy(self.url)


_TEMPLATES: dict[tuple[Store, bool], Template] = {}


@pytest.fixture
def open_world(store: Store, tmp_path) -> Iterator[Callable[..., tuple[Flask, World, Engine]]]:
    """`open_world()` gives the portal on a copy of the world, the world, and an engine beside; `secrets=False` on the other."""
    opened: list[tuple[Flask, Engine]] = []

    def open_(secrets: bool = True) -> tuple[Flask, World, Engine]:
        if (store, secrets) not in _TEMPLATES:
            _TEMPLATES[store, secrets] = Template(store, secrets)
        template = _TEMPLATES[store, secrets]
        engine = make_engine(template.copy(), wait=5)
        app = create_app(settings_for(engine, tmp_path))
        app.testing = True
        app.config["PROPAGATE_EXCEPTIONS"] = (
            False  # an address that breaks is one line of the result, not the end of it
        )
        opened.append((app, engine))
        return app, template.world, engine

    yield open_
    for app, engine in opened:
        dispose(app)
        engine.dispose()
        store.server.drop(engine.url)


def contents(engine: Engine) -> dict[str, list]:
    """Every row of every table, but for what people opened last, which reading notes (docs/decisions/0054)."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table)).all()))
            for table in Base.metadata.sorted_tables
            if table.name != "recently_opened"
        }


def test_every_declared_permission_means_what_the_table_says(open_world) -> None:
    app, world, engine = open_world()
    # Tests of the frame declare permissions of their own in the same process; they are no part of the portal.
    declared = {name for name in permission.declared() if not name.startswith("toy.")}
    assert declared <= set(EXPECTED), "say in access_table.EXPECTED who holds it"
    wrong = []
    with transaction.unit(engine) as s:
        for case in sorted(set(PEOPLE) - set(STRANGERS)):
            who = access_world.actor(s, world, case)
            for name in sorted(declared):
                kind = name.split(".")[0]
                kind = {"reader": "project", "sent_file": "due_report"}.get(kind, kind)  # what the right is asked of
                for situation, ids in [(None, {}), *world.records.items()]:
                    if situation is None:
                        record = None
                    elif kind in ids:
                        record = s.get_one(NO_RECORDS.get(kind, Record), ids[kind])
                    else:
                        continue
                    if permission.permits(who, name, record) != expected(case, name, situation):
                        wrong.append(
                            f"{case}: {name} on {situation or 'nothing'} is {not expected(case, name, situation)}"
                        )
    assert wrong == []


@pytest.mark.shared_out("half", [0, 1])
def test_every_address_answers_everybody_as_the_table_says(open_world, half) -> None:
    app, world, _engine = open_world()
    assert access_matrix.walk(Matrix(app, world, half=half)) == []


def test_only_listed_addresses_are_open_to_strangers_or_let_everybody_write(open_world) -> None:
    app, _world, _engine = open_world()
    assert opened_up(app) == []
    assert set(app.view_functions) >= OPEN_TO_ALL | OWN_WRITING


def test_a_hidden_record_answers_like_one_that_does_not_exist(open_world) -> None:
    app, world, _engine = open_world()
    matrix = Matrix(app, world)
    assert access_probes.tell_apart(matrix) == []


@pytest.mark.shared_out("half", [0, 1])
def test_who_is_not_named_sees_the_portfolio_without_its_secrets(open_world, half) -> None:
    """Every page and file is the same as in a portfolio in which nothing confidential was ever entered."""
    matrix, other = (Matrix(*open_world(secrets)[:2], half=half) for secrets in (True, False))
    assert access_probes.differences(matrix, other) == []


@pytest.mark.one_engine
def test_who_is_named_meets_the_secret_records_and_reading_writes_nothing(open_world) -> None:
    """If they were met nowhere, the tests of absence would hold on a portal that shows nothing to anybody."""
    app, world, engine = open_world()
    before = contents(engine)
    asked, met = access_probes.read_all(Matrix(app, world), "administrator_named")
    assert len(asked) > 100
    assert {"portfolio.project", "portfolio.framework", "portfolio.organisation", "portfolio.country"} <= met
    assert {"portfolio.projects", "portfolio.frameworks", "portfolio.organisations", "portfolio.search"} <= met
    assert {"desk.comments", "desk.tasks", "desk.task"} <= met
    assert {"exchange.list", "exchange.plain", "dashboards.funding", "history.record"} <= met
    assert contents(engine) == before


@pytest.mark.one_engine
def test_a_forged_form_is_refused_everywhere_and_writes_nothing(open_world) -> None:
    app, world, engine = open_world()
    before = contents(engine)
    assert access_probes.forge(Matrix(app, world)) == []
    assert contents(engine) == before


def test_every_action_asks_for_its_permission() -> None:
    assert [line for path in access_actions.files() for line in access_actions.unguarded(path)] == []
    assert list(access_actions.called_by_pages()) == []
