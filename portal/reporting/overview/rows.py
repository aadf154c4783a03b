"""The rows of the overview's sheets: plain values in the language of the file; texts are empty where nothing is stated."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from portal.figures import Coverage, Funding, Scope
from portal.kernel.when import When
from portal.reporting.overview.voice import Footnote
from portal.workbooks.columns import Amount


@dataclass
class FrameworkRow:
    code: str
    name: str
    other_name: str
    level: int
    kind: str
    status: str
    launched: When | None
    signed: When | None
    ended: When | None
    cz_role: str
    participants: str
    projects: int
    certainty: str
    sources: str


@dataclass
class ProjectRow:
    """`money`: known, within or unknown (figures.shapes); `flows`: the codes of its flows, or of its umbrella's."""

    code: str
    name: str
    other_name: str
    part: bool
    umbrella: bool
    parts: str
    framework: str
    status: str
    status_on: str
    planned_start: When | None
    actual_start: When | None
    planned_end: When | None
    actual_end: When | None
    lead: str
    partners: str
    countries: str
    cz_role: str
    report: str
    money: str
    flows: str
    certainty: str
    sources: str


@dataclass
class PartnerRow:
    code: str
    name: str
    other_name: str
    kind: str
    country: str
    frameworks: str
    projects: str
    flows: str
    certainty: str
    sources: str


@dataclass
class FlowRow:
    """`counts`: adds to known funding; else `why` says why not."""

    code: str
    name: str
    booked: str
    level: str
    kind: str
    provider: str
    receiver: str
    instrument: str
    contract: str
    valued: When | None
    amount: Amount
    included_in: str
    counts: bool
    why: str
    certainty: str
    sources: str


@dataclass
class EventRow:
    """A meeting. `under`: the framework or project it was one of, empty where it stands by itself; `attendance` as stated."""

    code: str
    name: str
    other_name: str
    kind: str
    held: When | None
    place: str
    host: str
    under: str
    attendance: int | None
    participants: str
    topics: str
    outcome: str
    follow_ups: str
    certainty: str
    sources: str


@dataclass
class LegalRow:
    """A legal or policy document. `dated`: of the document, or of its adoption; `grounds`: what rests on it."""

    code: str
    name: str
    other_name: str
    number: str
    kind: str
    status: str
    dated: When | None
    signed: When | None
    in_force: When | None
    ended: When | None
    adopted_by: str
    laid_down_in: str
    grounds: str
    certainty: str
    sources: str


@dataclass
class MilestoneRow:
    code: str
    name: str
    other_name: str
    of: str
    due: When | None
    reached: When | None
    state: str
    certainty: str
    sources: str


@dataclass
class IndicatorRow:
    """Numbers are in `unit`; `latest` is the value of the latest period."""

    code: str
    name: str
    other_name: str
    of: str
    unit: str
    direction: str
    baseline: Decimal | None
    baseline_on: When | None
    latest: Decimal | None
    latest_for: When | None
    target: Decimal | None
    target_on: When | None
    certainty: str
    sources: str


@dataclass
class GapRow:
    """A project of which no amount is known."""

    code: str
    name: str
    why: str


@dataclass
class ClaimRow:
    """One of several statements that do not agree."""

    subject: str
    fact: str
    value: str
    leads: bool
    certainty: str
    dated: When | None
    reason: str
    sources: str


@dataclass
class Overview:
    """All that the workbook holds. `filter` says in words what was chosen; empty: the whole portfolio. `ids`: the records behind
    the rows of frameworks, projects, milestones, indicators and flows, in their order."""

    lang: str
    scope: Scope
    filter: str = ""
    reports: bool = False
    frameworks: list[FrameworkRow] = field(default_factory=list)
    projects: list[ProjectRow] = field(default_factory=list)
    milestones: list[MilestoneRow] = field(default_factory=list)
    indicators: list[IndicatorRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)
    legal: list[LegalRow] = field(default_factory=list)
    partners: list[PartnerRow] = field(default_factory=list)
    flows: list[FlowRow] = field(default_factory=list)
    gaps: list[GapRow] = field(default_factory=list)
    claims: list[ClaimRow] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    funding: Funding = Funding()
    coverage: Coverage = Coverage()
    placeholders: int = 0
    ids: dict[str, list[int]] = field(default_factory=dict)
