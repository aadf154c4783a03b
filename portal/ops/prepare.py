"""What the first start does and every later one skips: schema, seed portfolio, first accounts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.actions import Draft, draft_accounts, found_accounts
from portal.config import Settings
from portal.kernel import transaction
from portal.kernel.record import Record
from portal.ops import schema, seeding


def prepare(engine: Engine, settings: Settings, say: Callable[[str], None]) -> Sequence[Draft]:
    """Migrate, seed an empty portfolio, make the first accounts. Returns the accounts made now, if any.

    Two servers that start at the same moment do it one after the other, and the second finds nothing to do.
    """
    with schema.alone(engine, settings):
        if not schema.state(engine).current:
            say("Bringing the database up to date …")
            schema.migrate(engine)
        with Session(engine) as s:
            empty, unpeopled = portfolio_is_empty(s), not queries.anybody(s)
        if empty:
            say("Loading the seed portfolio …")
            with transaction.unit(engine) as s:
                seeding.seed(s)
        if not unpeopled:
            return []
        drafts = draft_accounts()  # slow, so before writing begins
        with transaction.unit(engine) as s:
            return found_accounts(s, drafts)


def portfolio_is_empty(s: Session) -> bool:
    """Whether no record of any kind has been entered yet."""
    return s.scalar(select(Record.id).limit(1)) is None
