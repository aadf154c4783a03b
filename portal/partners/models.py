"""Tables of organisations, countries and participations."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.record import Record, WhenAttribute, record_key, to_own_kind, when_columns

ROLES = (
    "lead", "coordinator", "implementing", "partner", "participant", "participating_state", "partner_country",
    "beneficiary", "donor", "secretariat", "administration", "cooperation", "party", "host", "observer", "creator", "other",
)  # fmt: skip
"""Typed roles; `lead`, `implementing`, `donor`, `coordinator` map to IATI OrganisationRole 2, 4, 1, 2."""
LEGAL_INSTRUMENT = "legal_instrument"
"""The kind of record at an end of the relations below; `portal/legal` defines it, above this feature."""
RESTS_ON = ("implements", "in_accordance_with", "based_on", "related_law", "legal_base")
"""Relations of a record to a legal instrument on which it rests, as strongly as the source says."""
TO_LEGAL = (*RESTS_ON, "described_by")
"""Relations that end at a legal instrument; one that only describes a record is no basis of it."""
GROUNDS = "grounds"
"""The general relation of a legal instrument to what it is the basis of."""
OF_LEGAL = (GROUNDS, "belongs_to", "amends", "repeals")
"""Relations that begin at a legal instrument; the last two end at another one."""
PARTNER_ROLES = ("partner_country", "party")
"""Roles by which a country is a partner of a framework: the other side of a partnership, a party to a dialogue."""


class Country(Record):
    """A state or territory by ISO 3166-1 alpha-2 (XK as the IATI Country list has it)."""

    __tablename__ = "country"
    id: Mapped[int] = record_key()
    iso2: Mapped[str] = mapped_column(String(2), nullable=False, unique=True)
    __mapper_args__ = {"polymorphic_identity": "country"}


class Organisation(Record):
    """A body, or a named category of bodies. `type_code` is IATI OrganisationType; `ref` an IATI organisation identifier."""

    __tablename__ = "organisation"
    id: Mapped[int] = record_key()
    kind_code: Mapped[str | None] = mapped_column(String(32))
    type_code: Mapped[str | None] = mapped_column(String(4))
    abbreviation: Mapped[str | None] = mapped_column(String(40))
    ref: Mapped[str | None] = mapped_column(String(80))
    channel_code: Mapped[str | None] = mapped_column(String(16))
    country_id: Mapped[int | None] = mapped_column(ForeignKey("country.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    founded_edtf, founded_from, founded_to = when_columns()
    founded = WhenAttribute()
    seat: Mapped[str] = mapped_column(Text, nullable=False, default="")
    website: Mapped[str | None] = mapped_column(Text)

    country: Mapped[Country | None] = relationship(foreign_keys=[country_id])
    parent: Mapped[Organisation | None] = relationship(
        foreign_keys=[parent_id], **to_own_kind(lambda: Organisation.parent_id)
    )
    __mapper_args__ = {"polymorphic_identity": "organisation", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.parent_id} - {None}


class RoleHolder(Record):
    """A person in public office, as far as public sources tell of them; the name is theirs, `held_on` a day on which they
    held the office. Private persons and colleagues are no role holders."""

    __tablename__ = "role_holder"
    id: Mapped[int] = record_key()
    office_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    office_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    country_id: Mapped[int | None] = mapped_column(ForeignKey("country.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    held_on_edtf, held_on_from, held_on_to = when_columns()
    held_on = WhenAttribute()

    country: Mapped[Country | None] = relationship(foreign_keys=[country_id])
    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])
    __mapper_args__ = {"polymorphic_identity": "role_holder", "inherit_condition": id == Record.id}


class Participation(Record):
    """A participant's role in a framework, project or event, with the words of the source beside the typed role."""

    __tablename__ = "participation"
    id: Mapped[int] = record_key()
    within_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False)
    participant_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False, index=True)
    role: Mapped[str] = mapped_column(String(24), nullable=False)
    role_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    role_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    position: Mapped[int] = mapped_column(Integer, nullable=False, default=0)

    within: Mapped[Record] = relationship(foreign_keys=[within_id])
    participant: Mapped[Record] = relationship(foreign_keys=[participant_id])
    __mapper_args__ = {"polymorphic_identity": "participation", "inherit_condition": id == Record.id}
    __table_args__ = (Index("ix_participation_within", "within_id", "role", "participant_id"),)

    def covers(self) -> set[int]:
        return {self.within_id, self.participant_id}

    def framework_ids(self) -> set[int]:
        return self.within.framework_ids()


class Link(Record):
    """A typed relation between two records that no column holds: possibly the same, follows, example of, enables."""

    __tablename__ = "link"
    id: Mapped[int] = record_key()
    from_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False, index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False, index=True)
    relation: Mapped[str] = mapped_column(String(24), nullable=False)

    source: Mapped[Record] = relationship(foreign_keys=[from_id])
    target: Mapped[Record] = relationship(foreign_keys=[to_id])
    __mapper_args__ = {"polymorphic_identity": "link", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.from_id, self.to_id}

    def framework_ids(self) -> set[int]:
        return self.source.framework_ids()
