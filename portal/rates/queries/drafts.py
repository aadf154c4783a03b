"""The file a person is looking through before it is loaded."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.permission import Actor
from portal.rates.models import RateDraft
from portal.rates.rules.lines import Line, kept_lines

KEPT = timedelta(days=1)


def draft(s: Session, actor: Actor) -> RateDraft | None:
    """The actor's own draft; None where there is none, it was loaded already, or is older than a day."""
    asked = select(RateDraft).where(RateDraft.person_id == actor.person_id, RateDraft.made_at > clock.present() - KEPT)
    return s.scalar(asked.order_by(RateDraft.id.desc()).limit(1))


def draft_lines(found: RateDraft) -> list[Line]:
    """The rates of the file, in its order."""
    return kept_lines(found.lines)
