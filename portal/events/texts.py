"""What of events and follow-ups is searched: their own texts, what they belong to, who takes part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from portal.kernel.record import Record
from portal.kernel.settling import searchable
from portal.kernel.words import BODY, LINKED_NAME, NAME
from portal.partners.texts import Text, names, participant_names


def _event(s, events):
    for e in events:
        yield from names(e.id, e, NAME)
        for cs, en in (
            (e.place_cs, e.place_en), (e.host_cs, e.host_en), (e.topics_cs, e.topics_en), (e.outcome_cs, e.outcome_en),
        ):  # fmt: skip
            yield e.id, e.id, cs, "cs", BODY
            yield e.id, e.id, en, "en", BODY
    yield from _linked(s, [(e.id, (e.under_id, e.country_id)) for e in events])
    yield from participant_names(s, [e.id for e in events])


def _follow_up(s, follow_ups):
    for f in follow_ups:
        yield from names(f.id, f, NAME)
    yield from _linked(s, [(f.id, (f.event_id, f.owner_id)) for f in follow_ups])


def _linked(s, pairs: Iterable[tuple[int, tuple[int | None, ...]]]) -> Iterator[Text]:
    """Names of the records referred to, to be found under each."""
    wanted = [(record_id, i) for record_id, ids in pairs for i in ids if i]
    found = {r.id: r for r in s.scalars(select(Record).where(Record.id.in_({i for _, i in wanted})))} if wanted else {}
    for record_id, i in wanted:
        yield from names(record_id, found[i], LINKED_NAME)


searchable("event", _event)
searchable("follow_up", _follow_up)
