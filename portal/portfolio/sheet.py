"""The sheets of the lists that join features: projects, frameworks, organisations, countries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from portal.events import sheet as events
from portal.figures.shapes import WITHIN, Funding
from portal.frameworks import sheet as frameworks
from portal.kernel import codes
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.partners import sheet as partners
from portal.partners.queries import Part, in_order
from portal.progress import sheet as progress
from portal.projects import sheet as projects
from portal.sources.wording import role_words
from portal.web.formats import money_text
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Amount, Column, Disputed, Sheet
from portal.workbooks.records import NUMBER, head, linked

SEVERAL = "; "


def joined(records: Iterable[Record], lang: str) -> str:
    """Names in one cell."""
    return SEVERAL.join(r.name(lang) for r in records)


def participants(parts: Iterable[Part], lang: str, without: tuple[str, ...] = ()) -> str:
    """Who takes part, each with its role in the words of its source: `Polsko (vede); ICMPD? (administrace: spravuje)`."""
    mine = (p for p in parts if p.participation.role not in without)
    return SEVERAL.join(f"{_who(p, lang)} ({role_words(p.participation)})" for p in in_order(mine, lang))


def with_role(parts: Iterable[Part], role: str, lang: str) -> str:
    return SEVERAL.join(_who(p, lang) for p in in_order(parts, lang) if p.participation.role == role)


def _who(part: Part, lang: str) -> str:
    """The participant; with a question mark, as on pages, where it is unsure that it takes part so."""
    return part.participant.name(lang) + ("?" if part.participation.certainty == "unsure" else "")


def _stated(column: Column) -> Column:
    """A column of a project that says, as pages do, where sources disagree on its fact."""

    def value(line, lang: str) -> object:
        found = column.value(line.project, lang)
        if not found or column.key not in line.row.disputed:
            return found
        return Disputed(found) if isinstance(found, When) else _("%(value)s (conflict)", value=found)

    return replace(column, value=value)


def amount(funding: Funding | None, within: bool) -> Amount:
    """The known money of one record. Sums in several currencies stand as words: they cannot be one number."""
    sums = list(funding.sums.values()) if funding else []
    if len(sums) == 1:
        return Amount(sums[0].total, sums[0].approximate)
    if sums:
        return Amount(None, instead=SEVERAL.join(("≈ " if x.approximate else "") + money_text(x.total) for x in sums))
    return Amount(None, instead=_("within the initiative") if within else "")


def _column(key: str, kind: str, value, width: int, cs: str = "", en: str = "", **more) -> Column:
    """A column of a joined value; its heads are those of the fact `key` where none are given."""
    own_cs, own_en = (cs, en) if cs else head("project", key)
    return Column(key, own_cs, own_en, kind, value, width, **more)


RESPONSIBLE = _column("responsible", "text", lambda line, lang: line.responsible, 22, empty=_l("nobody"), detail=True)

PROJECTS = Sheet(
    "projects",
    "Projekty",
    "Projects",
    (
        *(c.on(lambda line: line.project) for c in projects.NAMES),
        linked("project", "framework", lambda line: line.row.framework, 36),
        linked("project", "umbrella", lambda line: line.row.umbrella, 36, empty=""),
        _column("further_frameworks", "text", lambda line, lang: joined(line.further, lang), 30, empty="", detail=True),
        *(_stated(c) for c in (*projects.STATE, *projects.DATES)),
        _column("lead", "text", lambda line, lang: with_role(line.parts, "lead", lang), 30),
        _column(
            "participants", "long", lambda line, lang: participants(line.parts, lang, ("lead",)), 44,
            "Další účastníci", "Other participants", detail=True,
        ),
        _column("countries", "text", lambda line, lang: joined(line.countries, lang), 26),
        _column("themes", "text", lambda line, lang: joined(line.themes, lang), 26, detail=True),
        _column(
            "sectors", "text",
            lambda line, lang: SEVERAL.join(f"{c} {codes.label('sectors', c, lang)}" for c in line.sectors), 30, detail=True,
        ),
        Column(
            "funding_documents", "Známé financování podle dokumentů ministerstva", "Known funding by documents of the ministry",
            "money", lambda line, lang: amount(line.documents, line.documents_state == WITHIN), 22, total=True,
        ),
        Column(
            "funding_public", "Známé financování i podle veřejných zdrojů", "Known funding by public sources too",
            "money", lambda line, lang: amount(line.public, line.public_state == WITHIN), 22, total=True, detail=True,
        ),
        *(c.on(lambda line: line.project) for c in projects.REPORTS),
        RESPONSIBLE,
        *(c.on(lambda line: line.project) for c in (*projects.TEXTS, *projects.TAIL)),
    ),
)  # fmt: skip

FRAMEWORKS = Sheet(
    "frameworks",
    "Rámce a dialogy",
    "Frameworks and dialogues",
    (
        *(c.on(lambda line: line.framework) for c in frameworks.FRAMEWORK[:3]),
        _column("level", "count", lambda line, lang: line.level + 1, 9, "Úroveň", "Level"),
        linked("framework", "parent", lambda line: line.parent, 36),
        *(c.on(lambda line: line.framework) for c in frameworks.FRAMEWORK[3:-1]),
        _column(
            "participants", "long", lambda line, lang: participants(line.parts, lang), 50, "Účastníci", "Participants"
        ),
        _column("projects", "count", lambda line, lang: line.row.projects, 10, "Počet projektů", "Projects"),
        RESPONSIBLE,
        *(c.on(lambda line: line.framework) for c in (frameworks.FRAMEWORK[-1], *frameworks.FRAMEWORK_TAIL)),
    ),
)


def _counts() -> tuple[Column, ...]:
    return (
        _column(
            "roles", "text",
            lambda line, lang: SEVERAL.join(codes.label("participation_roles", r, lang) for r in line.row.roles), 30,
            "Role", "Roles",
        ),
        _column("frameworks", "count", lambda line, lang: line.row.frameworks, 10, "Počet rámců", "Frameworks"),
        _column("projects", "count", lambda line, lang: line.row.projects, 10, "Počet projektů", "Projects"),
    )  # fmt: skip


ORGANISATIONS = Sheet(
    "organisations",
    "Organizace",
    "Organisations",
    (
        *(c.on(lambda line: line.partner) for c in partners.ORGANISATION),
        linked("organisation", "country", lambda line: line.row.country, 20),
        linked("organisation", "parent", lambda line: line.parent, 36),
        *_counts(),
        RESPONSIBLE,
        *(c.on(lambda line: line.partner) for c in partners.ORGANISATION_TAIL),
    ),
)
COUNTRIES = Sheet(
    "countries",
    "Země",
    "Countries",
    (
        *(c.on(lambda line: line.partner) for c in partners.COUNTRY),
        *_counts(),
        RESPONSIBLE,
        *(c.on(lambda line: line.partner) for c in partners.COUNTRY_TAIL),
    ),
)
UPDATES = Sheet(
    "updates",
    "Zprávy o stavu",
    "Status updates",
    (
        NUMBER.on(lambda row: row.update),
        linked("status_update", "of", lambda row: row.of, 44),
        *(c.on(lambda row: row.update) for c in progress.STATE),
        Column("author", *head("status_update", "author"), "text", lambda row, lang: row.author, 22),
        *(c.on(lambda row: row.update) for c in progress.TAIL),
    ),
)
EVENTS = Sheet(
    "events",
    "Jednání",
    "Events",
    (
        *(c.on(lambda line: line.record) for c in events.EVENT),
        _column(
            "participants", "long", lambda line, lang: participants(line.parts, lang), 44, "Účastníci", "Participants"
        ),
        *(c.on(lambda line: line.record) for c in events.EVENT_TEXTS),
        _column("follow_ups", "count", lambda line, lang: line.follow_ups, 10, "Počet úkolů z jednání", "Follow-ups"),
        _column("open", "count", lambda line, lang: line.open, 10, "Z toho otevřených", "Of which open"),
        RESPONSIBLE,
        *(c.on(lambda line: line.record) for c in events.EVENT_TAIL),
    ),
)
FOLLOW_UPS = Sheet(
    "follow_ups",
    "Úkoly z jednání",
    "Follow-ups",
    (
        *(c.on(lambda line: line.record) for c in events.FOLLOW_UP),
        RESPONSIBLE,
        *(c.on(lambda line: line.record) for c in events.FOLLOW_UP_TAIL),
    ),
)
