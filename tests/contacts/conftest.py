"""The office of a contact, its clock stopped."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from portal.kernel import clock
from tests.contacts.office import NOON, Office


@pytest.fixture
def office(engine: Engine) -> Office:
    with clock.stopped_at(NOON):
        yield Office(engine)
