"""Everything a person does with partners: organisations, their roles in records, and links between records."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import Actor, need, sees
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.partners import facts, policy, texts  # noqa: F401  policy declares the permissions, texts registers what is searched
from portal.partners.models import (
    LEGAL_INSTRUMENT,
    OF_LEGAL,
    TO_LEGAL,
    Country,
    Link,
    Organisation,
    Participation,
    RoleHolder,
)
from portal.sources.actions import (
    UNSUPPORTED,
    Support,
    checked,
    leader,
    led,
    misplaced,
    restate,
    set_plain,
    state,
    state_all,
    state_new,
    upheld,
)
from portal.sources.facts import NOTHING, Pair

PLAIN = ("note", "responsible", "reference", "file_mark", "placeholder", "certainty")

PARTICIPANTS = ("organisation", "country", "role_holder")
"""Kinds of records that take part in others."""
BOTH_WAYS = frozenset({"possibly_same", "related"})
"""Relations that read alike from both ends, so that the same two records are linked by one of them once."""


def add_country(
    s: Session, actor: Actor, iso2: str, name: Pair, support: Support = UNSUPPORTED, *, key: str, certainty: str
) -> Country:
    """Add a country by its ISO 3166-1 alpha-2 code (the seed does so for the whole list)."""
    need(actor, "country.add")
    country = Country(key=key, iso2=iso2, certainty=certainty)
    country.rename(name.cs, name.en)
    s.add(country)
    settle(s, [country])
    return country


def add_organisation(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Organisation:
    """Add an organisation. Raises InvalidInput {unit: code} where a rule is broken."""
    need(actor, "organisation.add")
    _check(s, actor, None, values)
    organisation = Organisation(key=key)
    organisation.rename(values["name"].cs, values["name"].en)
    set_plain(organisation, PLAIN, values)
    s.add(organisation)
    s.flush()
    state_new(s, actor, organisation, facts.ORGANISATION, values, support)
    set_secrecy(s, actor, organisation, values)
    settle(s, [organisation])
    return organisation


def edit_organisation(
    s: Session, actor: Actor, organisation: Organisation, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Organisation:
    """Change units of an organisation; each changed fact becomes a leading statement resting on `support`."""
    need(actor, "organisation.edit", organisation)
    _check(s, actor, organisation, values)
    set_plain(organisation, PLAIN, values)
    state_all(
        s, actor, organisation, {f.field: values[f.field] for f in facts.ORGANISATION if f.field in values}, support
    )
    set_secrecy(s, actor, organisation, values)
    settle(s, [organisation])
    return organisation


def add_role_holder(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> RoleHolder:
    """Add a person in public office. Raises InvalidInput {unit: code} where a rule is broken."""
    need(actor, "role_holder.add")
    _check_holder(s, actor, None, values)
    holder = RoleHolder(key=key)
    holder.rename(values["name"].cs, values["name"].en)
    set_plain(holder, PLAIN, values)
    s.add(holder)
    s.flush()
    state_new(s, actor, holder, facts.ROLE_HOLDER, values, support)
    set_secrecy(s, actor, holder, values)
    settle(s, [holder])
    return holder


def edit_role_holder(
    s: Session, actor: Actor, holder: RoleHolder, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> RoleHolder:
    """Change units of a role holder; each changed fact becomes a leading statement resting on `support`."""
    need(actor, "role_holder.edit", holder)
    _check_holder(s, actor, holder, values)
    set_plain(holder, PLAIN, values)
    state_all(s, actor, holder, {f.field: values[f.field] for f in facts.ROLE_HOLDER if f.field in values}, support)
    set_secrecy(s, actor, holder, values)
    settle(s, [holder])
    return holder


def give_role(
    s: Session, actor: Actor, within: Record, participant: Record, role: str, words: Pair = NOTHING,
    support: Support = UNSUPPORTED, *, key: str | None = None, certainty: str | None = None, position: int = 0,
) -> Participation:  # fmt: skip
    """Let one of `PARTICIPANTS` take part in a framework, project or event in one role, with the words of the source."""
    need(actor, f"{within.kind}.edit", within)
    if participant.kind not in PARTICIPANTS:
        raise InvalidInput({"participant": "not_a_participant"})
    if not sees(s, actor, participant.id):
        raise NotFound("participant")
    if _given(s, within.id, participant.id, role, words):
        raise Refused("role_given_already")
    participation = Participation(
        key=key, within_id=within.id, participant_id=participant.id, role=role, role_cs=words.cs, role_en=words.en,
        position=position, certainty=certainty or support.certainty,
    )  # fmt: skip
    s.add(participation)
    s.flush()
    state(s, actor, participation, "role", role, support)
    settle(s, [participation, within])
    return participation


def edit_role(
    s: Session, actor: Actor, participation: Participation, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Participation:
    """Change a role: its type (`role`), the words of the source (`words`), the note. Who takes part, and in what, stays.

    The role rests on `support`; without one, on what it rested on before. Refused where the same role is given already.
    """
    need(actor, "participation.edit", participation)
    role = values.get("role", participation.role)
    words = Pair(participation.role_cs, participation.role_en)
    if "words" in values:
        words = values["words"] or NOTHING
    if _given(s, participation.within_id, participation.participant_id, role, words, beside=participation.id):
        raise Refused("role_given_already")
    set_plain(participation, PLAIN, values)
    participation.role_cs, participation.role_en = words.cs, words.en
    restate(s, actor, participation, "role", role, support)
    _as_sure(s, participation, "role")
    settle(s, [participation, s.get_one(Record, participation.within_id)])
    return participation


def end_role(s: Session, actor: Actor, participation: Participation) -> None:
    """Take a role away that was entered by mistake. History keeps it; statements on it go with it."""
    within = s.get(Record, participation.within_id)
    need(actor, f"{within.kind}.edit", within)
    s.delete(participation)
    settle(s, [within])


def link(
    s: Session, actor: Actor, source: Record, relation: str, target: Record, support: Support = UNSUPPORTED, *,
    key: str | None = None, certainty: str | None = None, note: Pair = NOTHING,
) -> Link:  # fmt: skip
    """Relate two records (possibly the same, follows, is based on, …). The same relation twice is refused, and so is one of a
    legal instrument between other records."""
    need(actor, f"{source.kind}.edit", source)
    if source.id == target.id:
        raise InvalidInput({"target": "linked_to_itself"})
    if problem := _misjoined(source, relation, target):
        raise InvalidInput(problem)
    if not sees(s, actor, target.id):
        raise NotFound("target")
    if _linked(s, source.id, relation, target.id):
        raise Refused("linked_already")
    row = Link(
        key=key, from_id=source.id, to_id=target.id, relation=relation, certainty=certainty or support.certainty,
        note_cs=note.cs, note_en=note.en,
    )  # fmt: skip
    s.add(row)
    s.flush()
    state(s, actor, row, "relation", relation, support)
    settle(s, [row])
    return row


def edit_link(
    s: Session, actor: Actor, row: Link, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Link:
    """Change the note of a relation, and name a source it rests on. What it joins, and how, stays."""
    need(actor, "link.edit", row)
    set_plain(row, PLAIN, values)
    restate(s, actor, row, "relation", row.relation, support)
    _as_sure(s, row, "relation")
    settle(s, [row])
    return row


def unlink(s: Session, actor: Actor, row: Link) -> None:
    """Take a relation away. History keeps it."""
    source = s.get(Record, row.from_id)
    need(actor, f"{source.kind}.edit", source)
    s.delete(row)
    s.flush()


def _misjoined(source: Record, relation: str, target: Record) -> dict[str, str]:
    """{unit: code} where one of the relations of legal instruments joins records of other kinds."""
    if relation in OF_LEGAL and source.kind != LEGAL_INSTRUMENT:
        return {"relation": "begins_at_a_legal_instrument"}
    if relation in (*TO_LEGAL, "amends", "repeals") and target.kind != LEGAL_INSTRUMENT:
        return {"target": "ends_at_a_legal_instrument"}
    return {}


def _given(
    s: Session, within_id: int, participant_id: int, role: str, words: Pair, beside: int | None = None
) -> int | None:
    """The participation, another one than `beside`, that says the same already."""
    return s.scalar(
        select(Participation.id).where(
            Participation.within_id == within_id, Participation.participant_id == participant_id,
            Participation.role == role, Participation.role_cs == words.cs, Participation.id != (beside or 0),
        )
    )  # fmt: skip


def _linked(s: Session, source_id: int, relation: str, target_id: int, beside: int | None = None) -> int | None:
    """The link, another one than `beside`, that relates the two so already."""
    ends = [(source_id, target_id)] + [(target_id, source_id)] * (relation in BOTH_WAYS)
    same = tuple_(Link.from_id, Link.to_id).in_(ends), Link.relation == relation
    return s.scalar(select(Link.id).where(*same, Link.id != (beside or 0)))


def _uphold_role(s: Session, actor: Actor, row: Participation, before: Participation) -> None:
    if _given(s, row.within_id, row.participant_id, row.role, Pair(row.role_cs, row.role_en), beside=row.id):
        raise Refused("role_given_already")


def _uphold_link(s: Session, actor: Actor, row: Link, before: Link) -> None:
    if _linked(s, row.from_id, row.relation, row.to_id, beside=row.id):
        raise Refused("linked_already")


def _as_sure(s: Session, row: Participation | Link, field: str) -> None:
    """A role or relation is as sure as the statement of it that leads."""
    lead = leader(s, row.id, field)
    if lead is not None:
        row.certainty = lead.certainty


def _check(s: Session, actor: Actor, organisation: Organisation | None, values: Mapping[str, object]) -> None:
    found = misplaced(s, actor, facts.ORGANISATION, values)
    name = values.get("name")
    if name is not None and not (name.cs or name.en):
        found["name"] = "name_missing"
    above = values.get("parent")
    seen = set()
    while above and above not in seen:
        if organisation is not None and above == organisation.id:
            found["parent"] = "part_of_itself"
            break
        seen.add(above)
        above = s.scalar(select(Organisation.parent_id).where(Organisation.id == above))
    if found:
        raise InvalidInput(found)


def _check_holder(s: Session, actor: Actor, holder: RoleHolder | None, values: Mapping[str, object]) -> None:
    name = values.get("name")
    found = {"name": "name_missing"} if name is not None and not (name.cs or name.en) else {}
    found |= misplaced(s, actor, facts.ROLE_HOLDER, values)
    if found:
        raise InvalidInput(found)


checked("organisation", _check)
checked("role_holder", _check_holder)
upheld("participation", _uphold_role)
upheld("link", _uphold_link)
led("participation", "role", lambda s, row, statement: _as_sure(s, row, "role"))
led("link", "relation", lambda s, row, statement: _as_sure(s, row, "relation"))
