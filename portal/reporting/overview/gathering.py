"""From records to the rows of the overview."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from portal.figures import Scope
from portal.figures.shapes import UNKNOWN, WITHIN
from portal.kernel import codes
from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.partners.queries import Part
from portal.projects.models import Project
from portal.reporting.overview import contradictions, events, legal, money, partners, results
from portal.reporting.overview.rows import FrameworkRow, Overview, ProjectRow
from portal.reporting.overview.voice import Voice, by_role, certainty, joined
from portal.reporting.queries import Material, material
from portal.sources.queries import records
from portal.web.formats import day, when_at
from portal.web.i18n import gettext as _
from portal.web.i18n import ngettext

SEPARATOR = "; "
FRAMEWORK_FACTS = ("name", "kind_code", "parent", "status", "launched", "signed", "ended", "cz_role")
PROJECT_FACTS = (
    "name", "framework", "umbrella", "status", "planned_start", "actual_start", "planned_end", "actual_end", "countries",
    "cz_role",
)  # fmt: skip


def grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list]:
    """Second values by the first, in their order."""
    found: dict[Any, list] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


class Gathering:
    """One overview in the making: the material, the voice of its sources, the codes by which sheets refer to rows."""

    def __init__(self, s: Session, actor: Actor, scope: Scope, lang: str, reports: bool = False) -> None:
        self.scope, self.lang, self.reports = scope, lang, reports
        self.found: Material = material(s, actor, scope, lang, reports)
        self.voice = Voice(s, actor, self._stated(), scope.admitted, lang)
        self.names = {i: self.voice.name(r) for i, r in self._all_named().items()}
        stated = records(s, actor, self.voice.named() - set(self.names))
        self.names |= {i: r.name(lang) for i, r in stated.items()}
        self.project_codes = {p.id: f"P{n}" for n, p in enumerate(self.found.projects, 1)}
        self.flow_codes = {j.flow.id: f"F{n}" for n, j in enumerate(self.found.flows, 1)}
        self.parts: dict[int, list[Part]] = grouped(
            (p.within.id, p) for p in (*self.found.parts, *self.found.event_parts)
        )
        self.follow_ups = grouped((one.event_id, one) for one in self.found.follow_ups)
        self.resting = grouped((i, (link, record)) for i, link, record in self.found.resting)
        self.below = grouped((p.umbrella_id, p) for p in self.found.projects)
        self.countries = grouped(self.found.countries)
        self.flows_at = grouped((j.flow.booked_id, self.flow_codes[j.flow.id]) for j in self.found.flows)
        self.flows_with = grouped(
            (i, self.flow_codes[j.flow.id]) for j in self.found.flows for i in {j.flow.provider_id, j.flow.receiver_id}
        )
        self.projects = {p.id: p for p in self.found.projects}

    def _stated(self) -> list[Record]:
        f = self.found
        return [
            *(b.framework for b in f.branches), *f.projects, *(p.participation for p in f.parts),
            *f.milestones, *f.indicators, *(value for values in f.values.values() for value in values),
            *f.events, *f.follow_ups, *(p.participation for p in f.event_parts),
            *f.legal, *(link for _i, link, _record in f.resting),
            *(j.flow for j in f.flows), *f.organisations.values(), *f.named.values(), *f.updates.values(),
        ]  # fmt: skip

    def _all_named(self) -> dict[int, Record]:
        f = self.found
        rows = (
            *(b.framework for b in f.branches), *f.projects, *f.events, *f.follow_ups, *f.organisations.values(),
            *f.milestones, *f.indicators, *f.legal,
        )  # fmt: skip
        taking_part = {p.participant.id: p.participant for p in (*f.parts, *f.event_parts)}
        return f.named | taking_part | {r.id: r for r in rows}

    def role(self, part: Part) -> str:
        return codes.label("participation_roles", part.participation.role, self.lang)

    def place(self, record_id: int) -> str:
        """A project by its code in the overview, anything else by its name; empty where it may not be seen."""
        return self.project_codes.get(record_id) or self.names.get(record_id, "")

    def leads(self, record: Record) -> str:
        """Who leads."""
        mine = self.parts.get(record.id, [])
        return SEPARATOR.join(self.names[p.participant.id] for p in mine if p.participation.role == "lead")

    def participants(self, record: Record, but: tuple[str, ...] = ()) -> str:
        """Who takes part in a record, by roles, some left out."""
        mine = [p for p in self.parts.get(record.id, []) if p.participation.role not in but]
        return by_role((self.role(p), self.names[p.participant.id]) for p in mine)

    def references(self, record: Record, facts: tuple[str, ...]) -> str:
        """Footnotes of a row: of the record's own facts and of the roles in it."""
        found = [self.voice.references(record, facts)]
        roles: dict[str, list[str]] = {}
        for part in self.parts.get(record.id, []):
            claim = self.voice.claim(part.participation, "role")
            role = self.role(part)
            numbers = self.voice.numbers(claim, self.names[record.id], f"{self.names[part.participant.id]} ({role})")
            if numbers:
                roles.setdefault(role, []).append(numbers)
        found += [f"{role} {joined(numbers)}" for role, numbers in roles.items()]
        return SEPARATOR.join(text for text in found if text)


def gather(
    s: Session, actor: Actor, scope: Scope, lang: str, filter_words: str = "", reports: bool = False
) -> Overview:
    """The overview of a scope, as the actor may see it, in the language spoken (`lang`). `reports`: with the last status update
    of each project, which the department wrote for itself."""
    return overview_of(Gathering(s, actor, scope, lang, reports), filter_words)


def overview_of(g: Gathering, filter_words: str = "") -> Overview:
    """The overview of what was gathered."""
    scope, lang, reports = g.scope, g.lang, g.reports
    overview = Overview(lang, scope, filter_words, reports=reports)
    overview.frameworks = _frameworks(g)
    overview.projects = [_project(g, p) for p in g.found.projects]
    overview.milestones, overview.indicators = results.milestones(g), results.indicators(g)
    overview.events = events.rows(g)
    overview.legal = legal.rows(g)
    overview.partners = partners.rows(g)
    overview.flows = money.rows(g)
    overview.gaps = money.gaps(g)
    overview.claims = contradictions.rows(g)
    overview.footnotes = sorted(g.voice.footnotes.values(), key=lambda note: note.number)
    overview.funding, overview.coverage = g.found.funding, g.found.coverage
    overview.placeholders = sum(p.placeholder for p in g.found.projects)
    overview.ids = {
        "frameworks": [b.framework.id for b in g.found.branches],
        "projects": [p.id for p in g.found.projects],
        "milestones": [m.id for m in g.found.milestones],
        "indicators": [i.id for i in g.found.indicators],
        "flows": [j.flow.id for j in g.found.flows],
    }
    money.agree_with_figures(overview)
    return overview


def _frameworks(g: Gathering) -> list[FrameworkRow]:
    rows = []
    for n, branch in enumerate(g.found.branches, 1):
        f, v = branch.framework, g.voice
        rows.append(
            FrameworkRow(
                code=f"R{n}",
                name=g.names[f.id],
                other_name=v.name(f, other(g.lang)),
                level=branch.depth,
                kind=v.text(f, "kind_code"),
                status=v.text(f, "status"),
                launched=v.value(f, "launched"),
                signed=v.value(f, "signed"),
                ended=v.value(f, "ended"),
                cz_role=v.text(f, "cz_role"),
                participants=g.participants(f),
                projects=g.found.counted.get(f.id, 0),
                certainty=certainty(f.certainty),
                sources=g.references(f, FRAMEWORK_FACTS),
            )
        )
    return rows


def _project(g: Gathering, p: Project) -> ProjectRow:
    v, below = g.voice, g.below.get(p.id, [])
    status, status_on = _status(g, p)
    state = g.found.states.get(p.id, UNKNOWN)
    return ProjectRow(
        code=g.project_codes[p.id],
        name=g.names[p.id],
        other_name=v.name(p, other(g.lang)),
        part=p.umbrella_id in g.project_codes,
        umbrella=bool(below),
        parts=_place(g, p, len(below)),
        framework=_framework(g, p),
        status=status,
        status_on=status_on,
        planned_start=v.value(p, "planned_start"),
        actual_start=v.value(p, "actual_start"),
        planned_end=v.value(p, "planned_end"),
        actual_end=v.value(p, "actual_end"),
        lead=g.leads(p),
        partners=g.participants(p, but=("lead",)),
        countries=_countries(g, p),
        cz_role=v.text(p, "cz_role"),
        report=_report(g, p),
        money=money.word(state),
        flows=money.codes_of(g, p.umbrella_id if state == WITHIN else p.id),
        certainty=certainty(p.certainty),
        sources=g.references(p, PROJECT_FACTS),
    )


def other(lang: str) -> str:
    return "en" if lang == "cs" else "cs"


def _place(g: Gathering, p: Project, below: int) -> str:
    if below:
        return ngettext("umbrella project, %(num)s part", "umbrella project, %(num)s parts", below)
    if p.umbrella_id in g.project_codes:
        return _("part of %(code)s", code=g.project_codes[p.umbrella_id])
    if p.umbrella_id in g.names:
        return _("part of: %(name)s", name=g.names[p.umbrella_id])
    return _("project of its own")


def _framework(g: Gathering, p: Project) -> str:
    """Its framework; a part that names none stands in that of its umbrella."""
    own = g.voice.text(p, "framework", g.names)
    if own or p.framework_id is not None or p.umbrella_id is None:
        return own
    above = g.projects.get(p.umbrella_id)
    return g.voice.text(above, "framework", g.names) if above else ""


def _status(g: Gathering, p: Project) -> tuple[str, str]:
    """(status, what it rests on): as stated for a day, derived, or impossible to tell."""
    claim = g.voice.claim(p, "status")
    if claim is None and g.voice.view(p, "status").claims:
        return "", ""
    basis, when = p.status_basis, p.status_on
    if claim is not None and not claim.leading:
        how = claim.statement.precision
        basis = "derived" if how in ("derived", "inferred") else "ambiguous" if how == "ambiguous" else "stated"
        when = claim.cited[0].document.dated if claim.cited else None
    if basis == "ambiguous":
        return codes.label("status_bases", "ambiguous", g.lang), ""
    status = g.voice.text(p, "status")
    if not status:
        return "", ""
    if basis == "derived":
        return status, codes.label("status_bases", "derived", g.lang)
    return status, _("as of %(when)s", when=when_at(when)) if when else ""


def _countries(g: Gathering, p: Project) -> str:
    claim = g.voice.claim(p, "countries")
    if claim is None and g.voice.view(p, "countries").claims:
        return ""
    if claim is not None and not claim.leading:
        return g.voice.text(p, "countries", g.names)
    return SEPARATOR.join(r.name(g.lang) for r in g.countries.get(p.id, []))


def _report(g: Gathering, p: Project) -> str:
    """The last status update, in one cell: when, light, what happened, what comes next."""
    update = g.found.updates.get(p.id)
    if update is None:
        return ""
    head = [day(update.written_on)]
    if update.light:
        head.append(codes.label("lights", update.light, g.lang))
    lines = [
        ", ".join(str(part) for part in head),
        update.happened,
        update.next_steps and _("Next: %(what)s", what=update.next_steps),
    ]
    return "\n".join(line for line in lines if line)
