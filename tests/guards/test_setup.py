"""The set-up promises: make explains itself, locks are whole, settings are documented, starting is cheap and strict."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest

from portal.config import BadSetting, Settings, as_markdown, signing_key
from tests.guards.tree import ROOT
from tests.machine import needs

LOCKED = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)(?: ; (.*?))? \\$", re.M)


def _lock(name: str) -> dict[tuple[str, str], str]:
    """(package, marker) → version, of a lock in requirements/."""
    found = LOCKED.findall((ROOT / "requirements" / name).read_text())
    return {(package, marker): version for package, version, marker in found}


def _run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in VARIABLES} | environment
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


VARIABLES = [one.metadata["variable"] for one in fields(Settings)]


@needs("make")
def test_make_help_names_every_target() -> None:
    text = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^\.PHONY: (\S+)$", text, re.M)
    listed = re.findall(r"^  make (\S+) +\S", _run("make", "help").stdout, re.M)
    assert listed == targets
    assert {"run", "test", "check", "prove", "bench", "screenshots", "lock", "clean"} <= set(targets)


@needs("make")
def test_make_alone_shows_the_help() -> None:
    assert _run("make").stdout == _run("make", "help").stdout


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_locked_package_has_a_hash(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]
    assert len(blocks) == len(_lock(f"{name}.txt")) > 30
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_package_asked_for_is_locked(name: str) -> None:
    asked = re.findall(r"^([a-z][a-z0-9-]*)", (ROOT / "requirements" / f"{name}.in").read_text(), re.M)
    assert set(asked) - {package for package, _ in _lock(f"{name}.txt")} == set()


def test_the_tests_run_on_the_versions_that_are_served() -> None:
    base, dev = _lock("base.txt"), _lock("dev.txt")
    assert {
        package: (version, dev.get(package)) for package, version in base.items() if dev.get(package) != version
    } == {}


def test_npm_packages_are_pinned_with_their_checksums() -> None:
    asked = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert asked == {name: locked[f"node_modules/{name}"]["version"] for name in ("axe-core", "html-validate")}
    assert all(one["integrity"].startswith("sha512-") for path, one in locked.items() if path)


def test_the_page_of_settings_is_the_one_the_code_makes() -> None:
    assert (ROOT / "docs" / "settings.md").read_text() == as_markdown(), "run `make docs`"


def test_every_setting_has_a_row_a_default_and_a_sentence() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", as_markdown(), re.M))
    assert list(rows) == VARIABLES
    assert all(one.metadata["says"].endswith(".") and len(one.metadata["says"]) > 25 for one in fields(Settings))


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "portal").rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b|from os import .*environ", path.read_text())
    ]
    assert readers == ["portal/config.py"]


def test_without_an_environment_everything_has_its_default() -> None:
    settings = Settings.from_environment({"PORT": "", "HOST": "  "})
    assert (settings.address, settings.lang, settings.stale_days) == ("http://127.0.0.1:8000/", "cs", 90)
    assert settings.database_url == f"sqlite:///{ROOT}/var/portal.sqlite3"
    assert settings.hosts == ("127.0.0.1", "localhost", "[::1]")
    assert not settings.secure_cookies


def test_values_are_typed() -> None:
    settings = Settings.from_environment(
        {
            "PORT": "8080",
            "HOST": "0.0.0.0",  # noqa: S104
            "DATABASE_URL": "postgres://portal:x@db.example/portal",
            "PORTAL_TRUSTED_HOSTS": "Portal.Example.cz, .intra.example.cz",
            "PORTAL_PROXIES": "1",
            "PORTAL_LANG": "en",
        }
    )
    assert settings.address == "http://127.0.0.1:8080/"
    assert settings.database_url == "postgresql+psycopg://portal:x@db.example/portal"
    assert settings.hosts == ("portal.example.cz", ".intra.example.cz")
    assert settings.secure_cookies


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("PORT", "eighty", "PORT must be a whole number from 1 to 65535, not 'eighty'"),
        ("PORT", "0", "PORT must be a whole number from 1 to 65535, not '0'"),
        ("PORT", "٨٠٨٠", "PORT must be a whole number"),
        ("HOST", "http://portal", "HOST must be a host name or an IP address without a port"),
        ("DATABASE_URL", "mysql://u:secret@h/d", "DATABASE_URL must be postgresql://"),
        ("DATABASE_URL", "sqlite:///:memory:", "DATABASE_URL must be postgresql://"),
        ("SECRET_KEY", "short", "SECRET_KEY must have at least 32 characters"),
        ("PORTAL_LANG", "de", "PORTAL_LANG must be cs or en, not 'de'"),
        ("PORTAL_TRUSTED_HOSTS", "a b", "PORTAL_TRUSTED_HOSTS must be host names"),
        ("PORTAL_PROXIES", "-1", "PORTAL_PROXIES must be a whole number from 0 to 9"),
        ("PORTAL_HTTPS", "yes", "PORTAL_HTTPS must be 0 or 1"),
        ("PORTAL_STALE_DAYS", "0", "PORTAL_STALE_DAYS must be a whole number from 1 to 3650"),
        ("PORTAL_CONTACT", "a\u0007b", "PORTAL_CONTACT must be one line of at most 200 characters"),
        ("PORTAL_CONTACT", "x" * 201, "PORTAL_CONTACT must be one line of at most 200 characters"),
        ("PORTAL_THREADS", "1000", "PORTAL_THREADS must be a whole number from 1 to 64"),
    ],
)
def test_a_bad_value_is_named_with_what_is_accepted(variable: str, value: str, says: str) -> None:
    with pytest.raises(BadSetting) as caught:
        Settings.from_environment({variable: value})
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "secret@" not in str(caught.value)


def test_a_bad_value_stops_the_command_with_one_line_and_exit_code_2() -> None:
    done = _run(sys.executable, "-m", "portal", "serve", PORT="x", PORTAL_LANG="de")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "portal: PORT must be a whole number from 1 to 65535, not 'x'; PORTAL_LANG must be cs or en, not 'de'"
    ]


def test_the_signing_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "new")
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: signing_key(settings), range(8)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 32
    kept = tmp_path / "new" / "secret_key"
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_settings_do_not_print_their_secrets() -> None:
    shown = repr(Settings(secret_key="k" * 32, database="postgresql+psycopg://u:secret@h/d"))
    assert "kkk" not in shown and "secret@" not in shown


def test_an_unusable_folder_is_a_bad_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSetting, match="cannot be made"):
        signing_key(Settings(data=tmp_path / "file" / "below"))


def test_serving_a_form_does_not_pay_for_pandas_plotly_or_openpyxl(tmp_path: Path) -> None:
    code = "import app, sys; print(*sorted({'pandas', 'numpy', 'plotly', 'openpyxl'} & set(sys.modules)))"
    done = _run(sys.executable, "-c", code, PORTAL_DATA=str(tmp_path))
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


def test_the_command_knows_what_the_operations_need() -> None:
    shown = _run(sys.executable, "-m", "portal", "--help")
    assert shown.returncode == 0, shown.stderr
    commands = set(re.findall(r"^  ([a-z]+)  ", shown.stdout, re.M))
    assert {"serve", "migrate", "seed", "user", "check", "generate"} <= commands
    people = _run(sys.executable, "-m", "portal", "user", "--help").stdout
    assert set(re.findall(r"^  ([a-z]+)  ", people, re.M)) == {"add", "disable", "password"}
