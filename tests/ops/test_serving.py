"""What `make run` starts, from an empty folder to a page, as its first user meets it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.config import ROOT


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environment(folder: Path, port: int) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"PORTAL_DATA": str(folder), "PORT": str(port)}


class Running:
    """A portal that has been started; `said` is what it had printed when it began to serve."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process, self.port = process, port
        self.said = ""
        deadline = time.monotonic() + 90
        while "stops it" not in self.said and process.poll() is None and time.monotonic() < deadline:
            self.said += process.stdout.readline()
        assert "stops it" in self.said, self.said + process.stderr.read()

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


@contextmanager
def _started(folder: Path) -> Iterator[Running]:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "portal", "serve", "--prepare"],
        cwd=ROOT,
        env=_environment(folder, port),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Running(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data") / "var"


@pytest.fixture(scope="module")
def first_start(folder: Path) -> Iterator[Running]:
    with _started(folder) as running:
        yield running


def test_the_first_start_shows_the_address_and_four_accounts(first_start: Running) -> None:
    accounts = re.findall(r"^  (\w+) +(\w+) +([2-9a-z]{4}(?:-[2-9a-z]{4}){3})$", first_start.said, re.M)
    assert [role for role, _, _ in accounts] == ["administrator", "editor", "reporting_officer", "viewer"]
    assert len({password for _, _, password in accounts}) == 4
    assert f"Portal: http://127.0.0.1:{first_start.port}/" in first_start.said


def test_health_says_how_database_and_schema_are(first_start: Running) -> None:
    status, body = first_start.get("/healthz")
    assert status == 200
    assert json.loads(body)["database"] == "ok"


def test_another_host_name_is_refused(first_start: Running) -> None:
    assert first_start.get("/healthz", Host="evil.example")[0] == 400


def test_forwarded_headers_of_strangers_change_nothing(first_start: Running) -> None:
    plain = first_start.get("/healthz")
    forged = {"X-Forwarded-Proto": "https", "Script-Name": "/elsewhere", "X-Forwarded-Host": "evil.example"}
    assert first_start.get("/healthz", **forged) == plain


def test_the_data_folder_is_for_its_owner_only(first_start: Running, folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    assert {"portal.sqlite3", "secret_key", "logs"} <= {path.name for path in folder.iterdir()}


def test_requests_are_logged(first_start: Running, folder: Path) -> None:
    first_start.get("/healthz?looked=for")
    log = folder / "logs" / "access.log"
    deadline = time.monotonic() + 10  # the line is written after the answer has gone
    while "/healthz?looked=for" not in log.read_text() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert '"GET /healthz?looked=for HTTP/1.1" 200' in log.read_text()


def test_a_taken_port_is_said_in_one_line(first_start: Running, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "portal", "serve"],
        cwd=ROOT,
        env=_environment(tmp_path, first_start.port),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr == f"portal: PORT {first_start.port} is in use on 127.0.0.1; choose another (PORT=…)\n"


def test_a_second_start_skips_what_is_done(first_start: Running, folder: Path) -> None:
    with _started(folder) as again:
        assert again.said.strip() == f"Portal: http://127.0.0.1:{again.port}/   (Ctrl+C stops it)"
        assert again.get("/healthz")[0] == 200


def test_it_stops_when_told(tmp_path: Path, folder: Path, first_start: Running) -> None:
    with _started(folder) as running:
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(20) == 0
