"""The portal on a copy of the seed portfolio, served on this machine for a browser, with people who can sign in."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, abort
from sqlalchemy import URL, Engine
from werkzeug.serving import make_server

from portal import create_app
from portal.accounts.models import Person
from portal.config import Settings
from portal.kernel import transaction
from portal.kernel.db import db, make_engine
from portal.web.access import needs, public
from tests.factories import accounts

PEOPLE = {
    "viewer": {"name": "Vedoucí oddělení"},
    "editor": {"name": "Referent odboru", "everywhere": True},
    "reporting_officer": {"name": "Referent pro zprávy", "everywhere": True},
    "administrator": {"name": "Správce portálu"},
}
"""Role, which is the login too, and what the person is called: a function, nobody's name."""


@dataclass
class Site:
    """A running portal: its address, its database, and the sessions of its people."""

    app: Flask
    engine: Engine
    address: str = ""
    people: dict[str, int] = field(default_factory=dict)

    def add(self, role: str, login: str | None = None, **given: Any) -> Person:
        """A person who signs in with `accounts.PASSWORD`."""
        with transaction.unit(self.engine) as s:
            person = accounts.person(s, role, login=login or role, **given)
            self.people[person.login] = person.id
            return person

    def cookies(self, login: str, lang: str | None = None) -> list[dict[str, str]]:
        """The cookies of a browser in which this person has just signed in."""
        with transaction.unit(self.engine) as s:
            token = accounts.session_of(s, s.get_one(Person, self.people[login]))
        signed = self.app.session_interface.get_signing_serializer(self.app).dumps({"visit": token})
        found = {self.app.config["SESSION_COOKIE_NAME"]: signed} | ({"lang": lang} if lang else {})
        return [{"name": name, "value": value, "url": self.address} for name, value in found.items()]


@needs(public)
def fails(code: int) -> None:
    """An address that answers with any error, for a look at its page."""
    if code == 500:
        raise ZeroDivisionError
    abort(code)


@contextmanager
def served(url: URL, folder: Path) -> Iterator[Site]:
    """The portal on the database of `url`, on a free port, until the block is left."""
    settings = Settings(
        data=folder, database=url.render_as_string(hide_password=False), secret_key="k" * 32,
        trusted_hosts=("127.0.0.1", "localhost"),
    )  # fmt: skip
    app = create_app(settings)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/fails/<int:code>", "fails", fails)
    engine = make_engine(url, wait=5)
    site = Site(app, engine)
    for role, given in PEOPLE.items():
        site.add(role, **given)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        engine.dispose()
        with app.app_context():
            db.engine.dispose()
