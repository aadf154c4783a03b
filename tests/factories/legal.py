"""Legal instruments for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.kernel.permission import SYSTEM
from portal.legal.actions import add_legal_instrument
from portal.legal.models import LegalInstrument
from portal.sources.actions import UNSUPPORTED, Support
from portal.sources.facts import Pair
from tests.factories import changing


def legal_instrument(
    s: Session, name: str = "Readmisní dohoda", *, certainty: str = "document", backed: Support = UNSUPPORTED, **values
) -> LegalInstrument:
    """One that documents of the ministry know. `backed` bears its facts."""
    with changing(s):
        return add_legal_instrument(s, SYSTEM, {"name": Pair(name, ""), "certainty": certainty, **values}, backed)
