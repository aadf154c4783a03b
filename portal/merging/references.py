"""Every place where the database refers to a record, and what a merge does with it.

The places are read from the foreign keys, so that none is forgotten when a table is added: what is not named here is moved.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, MetaData, Table, inspect

from portal.kernel.record import Record

ONE_BY_ONE = {
    (
        "statement",
        "record_id",
    ): "what is stated stands beside what is stated of the kept record; what says the same stays",
    ("project_framework", "project_id"): "a set: a fact whose value is chosen",
    ("project_country", "project_id"): "a set: a fact whose value is chosen",
    ("project_sector", "project_id"): "a set: a fact whose value is chosen",
    ("project_theme", "project_id"): "a set: a fact whose value is chosen",
    ("contract_co_beneficiary", "organisation_id"): "a member of a set: the kept record takes the place in it, once",
    (
        "follow",
        "record_id",
    ): "whoever follows both keeps both; who was moved is written down, history keeps no followers",
}
"""Places that a merge handles by rules of their own."""
STAYS = {
    ("record", "merged_into_id"): "what was merged into the absorbed record is separated from that one",
    ("record_reader", "record_id"): "rights: merged are only records that the same people see",
    ("person_framework", "framework_id"): "rights; only frameworks",
    ("notification", "record_id"): "it tells what happened with the absorbed record then",
    ("recently_opened", "record_id"): "what a person opened, they opened; its page stays",
    ("search_word", "record_id"): "derived: made anew",
    ("search_word", "via_id"): "derived: made anew",
    ("moved_follow", "from_id"): "says itself who was moved from where",
    ("moved_follow", "to_id"): "says itself who was moved from where",
}
"""Places that keep referring to the absorbed record, each with the reason."""
JOINING = {
    "link": (("from_id", "to_id"), ("relation",)),
    "participation": (("within_id", "participant_id"), ("role", "role_cs")),
    "flow": (("provider_id", "receiver_id"), None),
}
"""Tables whose rows join two records: the two columns, and what tells two rows between the same records apart (None: each
counts). A row that would join a record with itself stays, and so does one that the kept record has already, at least as sure."""


@dataclass(frozen=True)
class Place:
    """A column that refers to records."""

    table: Table
    column: Column[int]

    @property
    def name(self) -> tuple[str, str]:
        return self.table.name, self.column.name


def places(metadata: MetaData, kind: str) -> list[Place]:
    """The columns of live tables that can name a record of this kind, parents before children; not the keys by which the
    tables of kinds are joined to `record`."""
    kinds = {mapper.local_table for mapper in inspect(Record).self_and_descendants}
    own = {"record", kind}
    return [
        Place(table, key.parent)
        for table in metadata.sorted_tables
        if not table.info.get("twin_of")
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name)
        if key.column.table.name in own and not (table in kinds and key.parent.primary_key)
    ]


def moved(metadata: MetaData, kind: str) -> list[Place]:
    """The places that are moved as they are."""
    return [one for one in places(metadata, kind) if one.name not in ONE_BY_ONE and one.name not in STAYS]
