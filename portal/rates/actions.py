"""Loading monthly rates: a file is kept to be looked through, then loaded as a whole, or thrown away."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.errors import N_, InvalidInput, Refused
from portal.kernel.permission import Actor, need
from portal.kernel.transaction import open_change
from portal.rates import policy  # noqa: F401  declares the permissions
from portal.rates.models import MonthlyRate, RateDraft, RateImport
from portal.rates.queries import loaded
from portal.rates.queries.drafts import KEPT
from portal.rates.rules.comparison import compared
from portal.rates.rules.lines import Line, keep_lines, kept_lines, problems_between

NOT_THE_SAME = N_("Meanwhile other rates were loaded. Look the file through once more.")
REASON = N_("Say why loaded rates are superseded.")
NOTHING = N_("All rates of the file are loaded already.")


def keep_file(s: Session, actor: Actor, file_name: str, file_hash: str, lines: Collection[Line]) -> RateDraft:
    """The read file, kept for the actor for a day; the one before goes, and so do those of others that are older. No data of the
    portfolio: no change is opened."""
    need(actor, "rate.load")
    _forget(s, actor)
    made = RateDraft(
        person_id=actor.person_id, file_name=file_name[:200], file_hash=file_hash, made_at=clock.present(),
        lines=keep_lines(lines),
    )  # fmt: skip
    s.add(made)
    s.flush()
    return made


def load_rates(s: Session, actor: Actor, kept: RateDraft, seen: tuple[int, int], reason: str) -> RateImport:
    """All rates of the file that are not loaded yet, in the open change: each month as a new edition. `seen`: how many new and
    how many superseding ones the person was shown; others mean that somebody loaded rates meanwhile.

    Raises Refused (nothing to load, or not what was seen), InvalidInput at `reason` where loaded ones are superseded without one.
    """
    need(actor, "rate.load")
    lines = kept_lines(kept.lines)
    present = loaded(s, {line.currency for line in lines})
    found = compared(lines, present)
    if not found.number:
        raise Refused(NOTHING)
    if (len(found.new), len(found.superseding)) != seen or problems_between(lines, set(present)):
        raise Refused(NOT_THE_SAME)
    if found.superseding and not reason.strip():
        raise InvalidInput({"reason": REASON})
    opened = open_change(s)
    assert opened is not None, "rates are loaded within a change"
    made = RateImport(
        file_name=kept.file_name, file_hash=kept.file_hash, number=found.number,
        reason=reason.strip() if found.superseding else "", change_id=opened.id,
    )  # fmt: skip
    s.add(made)
    for line, _before in found.superseding:
        present[line.key].current = False
    # What is superseded gives way first: one rate of a month is in force at any time.
    s.flush()
    editions = {line.key: before.edition + 1 for line, before in found.superseding}
    for line in (*found.new, *(line for line, _before in found.superseding)):
        s.add(
            MonthlyRate(
                currency=line.currency,
                month=line.month,
                edition=editions.get(line.key, 1),
                current=True,
                per_euro=line.per_euro,
                source=line.source,
                retrieved=line.retrieved,
                place=line.place[:120],
                imported=made,
            )  # fmt: skip
        )
    s.flush()
    _forget(s, actor)
    return made


def forget_file(s: Session, actor: Actor) -> None:
    """Throw away what the actor was looking through."""
    need(actor, "rate.load")
    _forget(s, actor)


def _forget(s: Session, actor: Actor) -> None:
    old = or_(RateDraft.person_id == actor.person_id, RateDraft.made_at < clock.present() - KEPT)
    s.execute(delete(RateDraft).where(old))
