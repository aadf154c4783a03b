"""The desk of the tests of undo, and its editor's browser."""

from __future__ import annotations

import pytest

from tests.client import Client
from tests.history.undoing import Desk, browser_of


@pytest.fixture
def desk(engine) -> Desk:
    return Desk(engine)


@pytest.fixture
def editor(client_as, desk) -> Client:
    """The browser of the editor, in Czech."""
    return browser_of(desk, client_as("viewer").app, "referent")
