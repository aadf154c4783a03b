"""A database of each kind with the portal's tables, made once and copied; the toy portal on it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal import load_models
from portal.kernel.db import make_engine
from portal.kernel.history import create_history, versioned_tables
from portal.kernel.order import czech_key
from portal.kernel.record import Record
from portal.kernel.transaction import change, unit
from tests.client import Client
from tests.web.toy import make_app

NAMES = ["Česko", "Chorvatsko", "Cesta", "Hory", "Řeka", "Rok"]


@pytest.fixture(scope="session")
def web_template(databases):
    url = databases.empty()
    fill(url)
    return url


def fill(url) -> None:
    """The portal's tables and six things, recorded by two changes: notes "původní", then "nová"."""
    metadata = load_models()
    engine = make_engine(url)
    with engine.connect().execution_options(writer=True) as connection, connection.begin():
        metadata.create_all(connection)
        create_history(connection, versioned_tables(metadata))
    for version, note in ((1, "původní"), (2, "nová")):
        with unit(engine) as s, change(s, door="seed", actor_name="test"):
            if version == 1:
                for n, name in enumerate(NAMES):
                    add_thing(
                        s, name, reference=None if n % 2 else str(2010 + n), certainty="document" if n < 2 else "public"
                    )
            s.execute(sa.update(Record.__table__).values(note_cs=note, version=version))
    engine.dispose()


def add_thing(s, name: str, **values) -> None:
    row = {"kind": "toy", "name_cs": name, "name_en": "", "order_cs": czech_key(name), "order_en": czech_key(name)}
    row |= {
        "note_cs": "",
        "note_en": "",
        "placeholder": False,
        "certainty": "public",
        "confidential": False,
        "version": 1,
    }
    s.execute(sa.insert(Record.__table__).values(row | values))


@pytest.fixture
def app(databases, web_template):
    url = databases.copy(web_template)
    made = make_app(url.render_as_string(hide_password=False))
    yield made
    from portal.kernel.db import db

    with made.app_context():
        for engine in db.engines.values():
            engine.dispose()
    databases.drop(url)


@pytest.fixture
def client(app):
    return Client(app)
