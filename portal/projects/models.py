"""Tables of projects and themes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, Versioned
from portal.kernel.record import Record, WhenAttribute, record_key, to_own_kind, when_columns

STATUSES = ("1", "2", "3", "4", "5", "6")
"""IATI ActivityStatus 2.03: 1 pipeline, 2 implementation, 3 finalisation, 4 closed, 5 cancelled, 6 suspended."""
STATUS_BASES = ("stated", "derived", "ambiguous")
LIGHTS = ("ok", "warn", "bad")
"""Traffic light: a person's judgement, never derived; None = not rated."""


class Theme(Record):
    """A theme of cooperation."""

    __tablename__ = "theme"
    id: Mapped[int] = record_key()
    __mapper_args__ = {"polymorphic_identity": "theme"}


class Project(Record):
    """A project. `status_edtf` says for when the status holds; `light`, `reported_on` repeat the last status update."""

    __tablename__ = "project"
    id: Mapped[int] = record_key()
    framework_id: Mapped[int | None] = mapped_column(ForeignKey("framework.id"), index=True)
    umbrella_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    acronym: Mapped[str | None] = mapped_column(String(40))
    full_title_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    full_title_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    description_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    description_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    cz_role_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    cz_role_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    status: Mapped[str | None] = mapped_column(String(2))
    status_basis: Mapped[str | None] = mapped_column(String(12))
    status_on_edtf, status_on_from, status_on_to = when_columns()
    status_on = WhenAttribute()
    planned_start_edtf, planned_start_from, planned_start_to = when_columns()
    planned_start = WhenAttribute()
    actual_start_edtf, actual_start_from, actual_start_to = when_columns()
    actual_start = WhenAttribute()
    planned_end_edtf, planned_end_from, planned_end_to = when_columns()
    planned_end = WhenAttribute()
    actual_end_edtf, actual_end_from, actual_end_to = when_columns()
    actual_end = WhenAttribute()
    light: Mapped[str | None] = mapped_column(String(8))
    light_on: Mapped[date | None] = mapped_column(Date)
    reported_on: Mapped[date | None] = mapped_column(Date, index=True)
    website: Mapped[str | None] = mapped_column(Text)

    framework: Mapped[Record | None] = relationship("Framework", foreign_keys=[framework_id])
    umbrella: Mapped[Project | None] = relationship(
        foreign_keys=[umbrella_id], **to_own_kind(lambda: Project.umbrella_id)
    )
    __mapper_args__ = {"polymorphic_identity": "project", "inherit_condition": id == Record.id}
    __table_args__ = (
        Index("ix_project_status", "status", "id"),
        Index("ix_project_framework_reported", "framework_id", "reported_on"),
    )

    def covers(self) -> set[int]:
        return {self.framework_id, self.umbrella_id} - {None}

    def framework_ids(self) -> set[int]:
        """Its own framework; a part without one stands in that of its umbrella."""
        if self.framework_id is None and self.umbrella is not None:
            return {self.umbrella.framework_id} - {None}
        above = self.umbrella.framework_id if self.umbrella else None
        return {self.framework_id, above} - {None}


class ProjectFramework(Versioned, Base):
    """A further framework a project serves, beside the one it belongs to."""

    __tablename__ = "project_framework"
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), primary_key=True, index=True)


class ProjectCountry(Versioned, Base):
    """A country a project is for or takes place in (who takes part is a participation)."""

    __tablename__ = "project_country"
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    country_id: Mapped[int] = mapped_column(ForeignKey("country.id"), primary_key=True, index=True)


class ProjectSector(Versioned, Base):
    """A sector by OECD DAC purpose code (IATI Sector list)."""

    __tablename__ = "project_sector"
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    sector_code: Mapped[str] = mapped_column(String(8), primary_key=True)


class ProjectTheme(Versioned, Base):
    """A theme of a project."""

    __tablename__ = "project_theme"
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)
