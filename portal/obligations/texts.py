"""What of obligations and due reports is searched: their names, the rule in words, what they are of and who gets them; the
number of the letter a report went with."""

from __future__ import annotations

from sqlalchemy import select

from portal.kernel.record import Record
from portal.kernel.settling import searchable
from portal.kernel.words import BODY, KEY_PHRASE, LINKED_NAME, NAME
from portal.partners.texts import names


def _obligation(s, obligations):
    for one in obligations:
        yield from names(one.id, one, NAME)
        yield one.id, one.id, one.due_rule_cs, "cs", BODY
        yield one.id, one.id, one.due_rule_en, "en", BODY
    linked = [(one.id, i) for one in obligations for i in (one.of_id, one.recipient_id) if i]
    found = {r.id: r for r in s.scalars(select(Record).where(Record.id.in_({i for _, i in linked})))} if linked else {}
    for record_id, i in linked:
        yield from names(record_id, found[i], LINKED_NAME)


def _due_report(s, reports):
    for one in reports:
        yield from names(one.id, one, NAME)
        yield one.id, one.id, one.reference or "", "cs", KEY_PHRASE


searchable("obligation", _obligation)
searchable("due_report", _due_report)
