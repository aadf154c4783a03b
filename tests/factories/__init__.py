"""Makers of test data, one file per feature, each through the feature's own actions."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from sqlalchemy.orm import Session

from portal.kernel import transaction


def changing(s: Session) -> AbstractContextManager:
    """The change in which a factory writes: the one open, else one of its own."""
    if transaction.open_change(s) is not None:
        return nullcontext()
    return transaction.change(s, None, "command", actor_name="test data")
