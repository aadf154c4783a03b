"""The columns of the overview's tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from portal.kernel.when import When
from portal.reporting.overview.rows import ClaimRow, FlowRow, FrameworkRow, ProjectRow
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Column, Level, Planned, Sheet


def _of(name: str) -> Callable[[Any, str], object]:
    return lambda row, lang: getattr(row, name)


def _c(
    key: str, cs: str, en: str, kind: str, width: int, value: Callable[[Any, str], object] | None = None, **more
) -> Column:
    return Column(key, cs, en, kind, value or _of(key), width, **more)


CODE = _c("code", "Č.", "No.", "text", 5)
CERTAINTY = _c("certainty", "Jistota", "Certainty", "text", 20)
SOURCES = _c(
    "sources", "Zdroje (čísla na listu Zdroje)", "Sources (numbers on the sheet Sources)", "long", 27, empty=""
)


def _framework_name(row: FrameworkRow, lang: str) -> Level:
    return Level(row.name, row.level, row.level == 0, row.other_name)


def _project_name(row: ProjectRow, lang: str) -> Level:
    return Level(row.name, 1 if row.part else 0, row.umbrella, row.other_name)


def _either(actual: When | None, planned: When | None) -> When | Planned | None:
    """The actual date; where there is none the planned one, which says that it is planned."""
    return actual or (Planned(planned) if planned else None)


FRAMEWORKS = Sheet(
    "frameworks", "Rámce a dialogy", "Frameworks and dialogues",
    (
        CODE,
        _c("name", "Rámec", "Framework", "text", 50, _framework_name),
        _c("level", "Úroveň", "Level", "count", 8, lambda row, lang: row.level + 1),
        _c("kind", "Druh", "Kind", "text", 20),
        _c("status", "Stav", "Status", "text", 14),
        _c("launched", "Zahájení", "Launch", "when", 14),
        _c("signed", "Podpis", "Signature", "when", 14),
        _c("ended", "Ukončení", "End", "when", 13),
        _c("cz_role", "Role Česka", "Role of Czechia", "long", 26),
        _c("participants", "Účastníci", "Participants", "long", 50),
        _c("projects", "Projekty", "Projects", "count", 9),
        CERTAINTY,
        SOURCES,
    ),
)  # fmt: skip

PROJECTS = Sheet(
    "projects", "Projekty", "Projects",
    (
        CODE,
        _c("name", "Projekt", "Project", "text", 44, _project_name),
        _c("parts", "Celek a části", "Whole and parts", "text", 16),
        _c("framework", "Rámec", "Framework", "text", 21),
        _c("status", "Stav", "Status", "text", 13),
        _c("status_on", "Základ stavu", "Basis of the status", "text", 14, empty=""),
        _c("start", "Začátek", "Start", "when", 14, lambda row, lang: _either(row.actual_start, row.planned_start)),
        _c("end", "Konec", "End", "when", 14, lambda row, lang: _either(row.actual_end, row.planned_end)),
        _c("lead", "Vede", "Lead", "text", 20),
        _c("partners", "Další účastníci", "Other participants", "long", 40),
        _c("countries", "Země", "Countries", "text", 15),
        _c("cz_role", "Role Česka", "Role of Czechia", "long", 18),
        _c("money", "Částka", "Amount", "text", 13),
        _c("flows", "Toky", "Flows", "text", 8, empty=""),
        CERTAINTY,
        SOURCES,
    ),
)  # fmt: skip

EVENTS = Sheet(
    "events", "Jednání", "Events",
    (
        CODE,
        _c("name", "Jednání", "Event", "text", 44, lambda row, lang: Level(row.name, second=row.other_name)),
        _c("kind", "Druh", "Kind", "text", 18),
        _c("held", "Termín konání", "Date", "when", 17),
        _c("place", "Místo", "Place", "text", 16),
        _c("host", "Hostitel", "Host", "text", 18),
        _c("under", "Rámec nebo projekt", "Framework or project", "text", 24, empty=_l("by itself")),
        _c("attendance", "Počet účastníků", "Number of participants", "count", 11),
        _c("participants", "Účastníci", "Participants", "long", 34),
        _c("topics", "Témata", "Topics", "long", 32),
        _c("outcome", "Výsledek", "Outcome", "long", 32),
        _c("follow_ups", "Úkoly z jednání", "Follow-ups", "long", 24, empty=""),
        CERTAINTY,
        SOURCES,
    ),
)  # fmt: skip

MILESTONES = Sheet(
    "milestones", "Milníky", "Milestones",
    (
        CODE,
        _c("name", "Milník", "Milestone", "text", 56, lambda row, lang: Level(row.name, second=row.other_name)),
        _c("of", "Projekt", "Project", "text", 30),
        _c("due", "Plánováno na", "Planned for", "when", 18),
        _c("reached", "Dosaženo", "Reached", "when", 18),
        _c("state", "Stav", "State", "text", 16),
        CERTAINTY,
        SOURCES,
    ),
)  # fmt: skip

INDICATORS = Sheet(
    "indicators", "Ukazatele", "Indicators",
    (
        CODE,
        _c("name", "Ukazatel", "Indicator", "text", 44, lambda row, lang: Level(row.name, second=row.other_name)),
        _c("of", "Projekt nebo rámec", "Project or framework", "text", 26),
        _c("unit", "Jednotka", "Unit", "text", 14),
        _c("direction", "Směr", "Direction", "text", 14),
        _c("baseline", "Výchozí hodnota", "Baseline", "number", 12),
        _c("baseline_on", "Výchozí ke dni", "Baseline as of", "when", 14),
        _c("latest", "Poslední hodnota", "Latest value", "number", 12, empty=_l("not measured yet")),
        _c("latest_for", "Za období", "For the period", "when", 14, empty=""),
        _c("target", "Cíl", "Target", "number", 12),
        _c("target_on", "Cíl do", "Target by", "when", 14),
        CERTAINTY,
        SOURCES,
    ),
)  # fmt: skip

LEGAL = Sheet(
    "legal", "Právní a koncepční dokumenty", "Legal and policy documents",
    (
        CODE,
        _c("name", "Dokument", "Document", "text", 46, lambda row, lang: Level(row.name, second=row.other_name)),
        _c("number", "Číslo", "Number", "text", 14),
        _c("kind", "Druh", "Kind", "text", 18),
        _c("status", "Stav", "Status", "text", 13),
        _c("dated", "Datum dokumentu nebo přijetí", "Dated or adopted", "when", 14),
        _c("signed", "Podpis", "Signature", "when", 14),
        _c("in_force", "Vstup v platnost", "Entry into force", "when", 14),
        _c("ended", "Konec platnosti", "End of validity", "when", 14),
        _c("adopted_by", "Přijal", "Adopted by", "text", 22),
        _c("laid_down_in", "Stanoveno v", "Laid down in", "text", 24, empty=""),
        _c("grounds", "Čeho je základem", "What it grounds", "long", 34, empty=_l("nothing recorded")),
        CERTAINTY,
        SOURCES,
    ),
)  # fmt: skip

_REPORT = _c("report", "Poslední zpráva o stavu", "Last status update", "long", 24, empty=_l("no update yet"))
_MONEY = next(i for i, column in enumerate(PROJECTS.columns) if column.key == "money")
PROJECTS_WITH_REPORTS = replace(PROJECTS, columns=(*PROJECTS.columns[:_MONEY], _REPORT, *PROJECTS.columns[_MONEY:]))
"""With what the department wrote of each project last: only where whoever sends the file asks for it."""

PARTNERS = Sheet(
    "partners", "Partneři", "Partners",
    (
        CODE,
        _c("name", "Partner", "Partner", "text", 48, lambda row, lang: Level(row.name, second=row.other_name)),
        _c("kind", "Druh", "Kind", "text", 22),
        _c("country", "Země", "Country", "text", 18),
        _c("frameworks", "Účast v rámcích a dialozích", "Part in frameworks and dialogues", "long", 60, empty=""),
        _c("projects", "Účast v projektech", "Part in projects", "long", 40, empty=""),
        _c("flows", "Toky", "Flows", "text", 9, empty=""),
        CERTAINTY,
        SOURCES,
    ),
)  # fmt: skip


def _counts(row: FlowRow, lang: str) -> bool:
    return row.counts


FUNDING = Sheet(
    "funding", "Financování", "Funding",
    (
        CODE,
        _c("name", "Tok", "Flow", "text", 34),
        _c("booked", "Vedeno u", "Booked at", "text", 32),
        _c("level", "Úroveň", "Level", "text", 15),
        _c("kind", "Druh toku", "Type of flow", "text", 14),
        _c("provider", "Poskytovatel", "Provider", "text", 18),
        _c("receiver", "Příjemce", "Receiver", "text", 18),
        _c("instrument", "Nástroj", "Instrument", "text", 24),
        _c("contract", "Smlouva", "Contract", "text", 16),
        _c("valued", "Datum", "Date", "when", 14),
        _c("amount", "Částka", "Amount", "money", 18, total=True),
        _c("included_in", "Zahrnuto v", "Included in", "text", 16, empty=""),
        _c("counts", "Započítává se", "Counted", "flag", 13, _counts),
        _c("why", "Proč ne", "Why not", "text", 18, empty=""),
        CERTAINTY,
        SOURCES,
    ),
    counted_by="counts",
)  # fmt: skip


def _leads(row: ClaimRow, lang: str) -> str:
    return _("leading") if row.leads else ""


CONTRADICTIONS = Sheet(
    "contradictions", "Rozpory zdrojů", "Contradictions",
    (
        _c("subject", "Čeho se týká", "Concerning", "text", 44),
        _c("fact", "Údaj", "Fact", "text", 22),
        _c("value", "Co se uvádí", "What is stated", "long", 44),
        _c("leads", "Vedoucí údaj", "Leading statement", "text", 13, _leads, empty=""),
        _c("dated", "Datum zdroje", "Date of the source", "when", 15),
        CERTAINTY,
        _c("reason", "Proč vede, poznámka", "Why it leads, note", "long", 36, empty=""),
        SOURCES,
    ),
)  # fmt: skip


def _how(note, lang: str) -> str:
    if not note.quotation:
        return ""
    return _("verbatim quotation") if note.verbatim else _("noted by hand")


SOURCE_LIST = Sheet(
    "sources", "Zdroje", "Sources",
    (
        _c("number", "Č.", "No.", "count", 6),
        _c("title", "Zdroj", "Source", "text", 40, lambda note, lang: note.document.name(lang)),
        _c("publisher", "Vydal", "Publisher", "text", 22, lambda note, lang: note.document.publisher),
        _c("dated", "Datum zdroje", "Date of the source", "when", 15, lambda note, lang: note.document.dated),
        _c("address", "Adresa", "Address", "text", 40, lambda note, lang: note.document.address or note.document.file_name),
        _c("place", "Místo ve zdroji", "Place in it", "text", 14, _of("place"), empty=""),
        _c("quotation", "Citát", "Quotation", "long", 66, _of("quotation")),
        _c("how", "Jak je zapsán", "How it was taken", "text", 14, _how, empty=""),
        _c("supports", "Co dokládá", "What it supports", "long", 48, lambda note, lang: note.supporting()),
    ),
)  # fmt: skip
