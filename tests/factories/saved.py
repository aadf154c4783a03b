"""Saved views for tests, made by the same action as in life."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.accounts.queries import actor_of
from portal.saved import policy  # noqa: F401  declares who may save
from portal.saved.actions import save_view
from portal.saved.models import SavedView


def view(s: Session, owner: Person, name: str = "Gruzie", **more: bool) -> SavedView:
    """A saved view of the dashboard of funding."""
    return save_view(s, actor_of(s, owner), "dashboards.funding", "certainty=public", name, **more)
