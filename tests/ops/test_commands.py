"""The commands on a real database file, as an operator types them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.accounts import queries
from portal.accounts.actions import matches
from portal.config import Settings
from portal.kernel import transaction
from portal.kernel.settling import settle
from portal.ops import main, schema
from portal.ops.commands import portal
from portal.projects.models import Theme


class Operator:
    """Somebody at a terminal with PORTAL_DATA set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "portal.sqlite3"

    def types(self, *words: str, answers: str = "") -> Result:
        variables = {"PORTAL_DATA": str(self.folder), "DATABASE_URL": "", "SECRET_KEY": ""}
        return CliRunner().invoke(portal, words, env=variables, input=answers)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    done = Operator(folder).types("migrate")
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def operator(migrated: Path, tmp_path: Path) -> Iterator[Operator]:
    one = Operator(tmp_path)
    with closing(sqlite3.connect(migrated / one.file.name)) as source, closing(sqlite3.connect(one.file)) as copy:
        source.backup(copy)
    yield one


def _password_of(operator: Operator, login: str) -> str | None:
    engine = schema.open_engine(Settings(data=operator.folder))
    with transaction.unit(engine) as s:
        kept = queries.person_by_login(s, login).password_hash
    engine.dispose()
    return kept


def test_migrating_says_what_it_did_and_does_it_once(tmp_path: Path) -> None:
    operator = Operator(tmp_path)
    head = schema.state(schema.open_engine(Settings(data=tmp_path))).needed
    assert operator.types("migrate").output == f"Now at {head}\n"
    assert operator.types("migrate").output == f"Already at {head}\n"


@pytest.mark.parametrize("words", [("serve",), ("seed",), ("user", "disable", "x"), ("generate", "--projects", "1")])
def test_nothing_works_on_a_database_that_was_not_migrated(words: tuple[str, ...], tmp_path: Path) -> None:
    done = Operator(tmp_path).types(*words)
    assert done.exit_code == 1
    assert "the database is not up to date: run `portal migrate` first" in done.output


def test_adding_a_person_shows_a_password_that_lets_them_in(operator: Operator) -> None:
    done = operator.types("user", "add", "novakova", "--name", "Nováková", "--role", "editor", "--everywhere")
    assert done.exit_code == 0, done.output
    password = re.search(r"shown only now: (\S+)$", done.output.strip())
    assert password, done.output
    assert matches(_password_of(operator, "novakova"), password[1])


def test_a_typed_password_is_not_shown(operator: Operator) -> None:
    typed = "zelene-kolo-jede-4"
    done = operator.types(
        "user", "add", "x.y", "--name", "X", "--role", "viewer", "--ask", answers=f"{typed}\n{typed}\n"
    )
    assert done.exit_code == 0, done.output
    assert typed not in done.output
    assert matches(_password_of(operator, "x.y"), typed)


def test_a_new_password_replaces_the_old_one(operator: Operator) -> None:
    operator.types("user", "add", "a.b", "--name", "A", "--role", "viewer")
    old = _password_of(operator, "a.b")
    done = operator.types("user", "password", "A.B")
    new = done.output.strip().rpartition(" ")[2]
    assert _password_of(operator, "a.b") != old
    assert matches(_password_of(operator, "a.b"), new)


def test_a_disabled_person_stays_but_is_not_active(operator: Operator) -> None:
    operator.types("user", "add", "a.b", "--name", "A", "--role", "viewer")
    assert operator.types("user", "disable", "a.b").exit_code == 0
    with closing(sqlite3.connect(operator.file)) as kept:
        assert kept.execute("SELECT login, active FROM person").fetchall() == [("a.b", 0)]


def test_an_unknown_framework_is_refused_and_nobody_is_added(operator: Operator) -> None:
    done = operator.types("user", "add", "a.b", "--name", "A", "--role", "editor", "--framework", "nowhere")
    assert done.exit_code == 2
    assert "there is no framework with the key 'nowhere'" in done.output
    with closing(sqlite3.connect(operator.file)) as kept:
        assert kept.execute("SELECT count(*) FROM person").fetchone() == (0,)


def test_a_failure_is_one_line_and_exit_code_1(operator: Operator, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as left:
        patch.setenv("PORTAL_DATA", str(operator.folder))
        main(["user", "disable", "nobody.here"])
    assert left.value.code == 1
    assert capsys.readouterr().err == "portal: there is no person (login='nobody.here')\n"


def test_a_database_that_does_not_answer_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as left:
        patch.setenv("PORTAL_DATA", str(tmp_path))
        patch.setenv("DATABASE_URL", "postgresql://portal:hidden@127.0.0.1:9/portal")
        main(["migrate"])
    said = capsys.readouterr().err
    assert left.value.code == 1
    assert said.startswith("portal: the database does not answer: ")
    assert "hidden" not in said


def test_a_sound_database_passes_the_check(operator: Operator) -> None:
    done = operator.types("check")
    assert done.exit_code == 0, done.output
    assert [line[:3] for line in done.output.splitlines()] == ["ok "] * 7


def test_the_check_finds_a_reference_to_nothing(operator: Operator) -> None:
    with closing(sqlite3.connect(operator.file)) as raw, raw:
        raw.execute("INSERT INTO person_framework (person_id, framework_id) VALUES (7, 8)")
    done = operator.types("check")
    assert done.exit_code == 1
    assert "person_framework row 1 refers to a missing row of person" in done.output


def test_the_check_finds_a_row_that_history_does_not_know(operator: Operator) -> None:
    with closing(sqlite3.connect(operator.file)) as raw, raw:
        name, trigger = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'record' AND sql LIKE '%INSERT ON%'"
        ).fetchone()
        raw.execute(f"DROP TRIGGER {name}")
        columns = [row[1] for row in raw.execute("PRAGMA table_info(record)") if row[3] and not row[5]]
        row = dict.fromkeys(columns, 0) | {"kind": "theme"}
        raw.execute(f"INSERT INTO record ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()])
        raw.execute(trigger)
    done = operator.types("check")
    assert done.exit_code == 1
    assert "record: " in done.output and "(unrecorded)" in done.output


def test_the_check_finds_a_confidential_record_that_nothing_hides(operator: Operator) -> None:
    engine = schema.open_engine(Settings(data=operator.folder))
    with transaction.unit(engine) as s, transaction.change(s, door="command"):
        theme = Theme(confidential=True)
        theme.rename("Návraty", "Returns")
        s.add(theme)
        settle(s, [theme])
    engine.dispose()
    assert operator.types("check").exit_code == 0
    with closing(sqlite3.connect(operator.file)) as raw, raw:
        raw.execute("DELETE FROM record_veil")
        raw.execute("UPDATE search_word SET word = 'navrhy' WHERE form = 'w' AND word = 'navraty'")
    done = operator.types("check")
    assert done.exit_code == 1
    assert "record_veil: record 1 lacks (1,)" in done.output
    assert "search_word: record 1 has, wrongly, (1, 'w', 'navrhy'" in done.output


def test_the_check_says_when_the_schema_is_behind(tmp_path: Path) -> None:
    done = Operator(tmp_path).types("check")
    assert done.exit_code == 1
    assert done.output.startswith("BAD schema is up to date\n")
