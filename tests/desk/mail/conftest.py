"""A mail server of this machine, and the portal that sends by it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import Engine

from portal import create_app
from tests.fixtures import dispose, settings_for


class Sink(socketserver.ThreadingTCPServer):
    """A mail server of this machine that keeps what it is given; with `refusing` it takes nothing."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.kept: list[tuple[str, EmailMessage]] = []
        self.refusing = False
        super().__init__(("127.0.0.1", 0), Talk)


class Talk(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        to = ""
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line.strip().upper()
            if word.startswith(b"DATA"):
                self.say("354 go on")
                data = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    data += part
                self.server.kept.append((to, message_from_bytes(data, policy=policy.default)))
                self.say("250 kept")
            elif word.startswith(b"RCPT"):
                to = line.decode().split("<")[1].split(">")[0]
                self.say("451 not now" if self.server.refusing else "250 fine")
            elif word.startswith(b"QUIT"):
                return self.say("221 bye")
            else:
                self.say("250 sink")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def sink() -> Iterator[Sink]:
    server = Sink()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def app(engine: Engine, tmp_path, sink) -> Iterator[Flask]:
    """The portal with a mail server."""
    port = sink.server_address[1]
    given = {"mail_server": "127.0.0.1", "mail_port": port, "mail_sender": "portal@example.org"}
    made = create_app(settings_for(engine, tmp_path, url="https://portal.example.org/", **given))
    made.testing = True
    yield made
    dispose(made)
