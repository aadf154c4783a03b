"""The sections of a brief: each a table, its columns declared once for page, Word and Excel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from portal.kernel import clock, codes
from portal.kernel.record import Record
from portal.portfolio.queries.money import Known
from portal.results.rules import milestone_state
from portal.web.formats import money_text
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Amount, Column, Planned, Sheet


@dataclass
class Section:
    """One table of a brief. `link(row)`: the record a row leads to; `nothing`: what stands instead of rows."""

    sheet: Sheet
    rows: list = field(default_factory=list)
    link: Callable[[Any], Record | None] = lambda row: None
    nothing: object = ""


@dataclass
class Brief:
    """All that a brief holds, for one reader in one language."""

    record: Record
    title: str
    other_title: str
    kind: str
    lang: str
    known: Known
    sections: list[Section] = field(default_factory=list)


def _c(key: str, cs: str, en: str, kind: str, width: int, value, **more) -> Column:
    return Column(key, cs, en, kind, value, width, **more)


def _name(of: Callable[[Any], Record | None]):
    def value(row, lang: str) -> str | None:
        record = of(row)
        return record.name(lang) if record is not None else None

    return value


def _text(stem: str):
    """A text in both languages, of either where it has but one."""

    def value(row, lang: str) -> str:
        cs, en = getattr(row, f"{stem}_cs"), getattr(row, f"{stem}_en")
        return (cs or en) if lang == "cs" else (en or cs)

    return value


def _either(actual, planned):
    return actual or (Planned(planned) if planned else None)


def _money(row, lang: str) -> Amount:
    """By documents where they state it, else by public sources; sums that cannot be one number stand as words."""
    known = row.funding
    if known is None or not known.totals:
        return Amount(None, instead=_("within the initiative") if row.project.umbrella_id and row.umbrella else "")
    if len(known.totals) == 1:
        return Amount(known.totals[0].amount, known.totals[0].approximate)

    return Amount(None, instead="; ".join(("≈ " if t.approximate else "") + money_text(t.amount) for t in known.totals))


FRAMEWORKS = Sheet(
    "frameworks", "Rámce a dialogy", "Frameworks and dialogues",
    (
        _c("name", "Rámec", "Framework", "text", 46, _name(lambda r: r.framework)),
        _c("kind", "Druh", "Kind", "text", 22, lambda r, lang: codes.label("framework_kinds", r.framework.kind_code, lang)),
        _c("status", "Stav", "Status", "text", 14, lambda r, lang: codes.label("framework_statuses", r.framework.status, lang)),
        _c("signed", "Podpis", "Signature", "when", 14, lambda r, lang: r.framework.signed, empty=""),
        _c("role", "Role", "Role", "text", 24, lambda r, lang: r.role, empty=""),
    ),
)  # fmt: skip
PROJECTS = Sheet(
    "projects", "Projekty", "Projects",
    (
        _c("name", "Projekt", "Project", "text", 48, _name(lambda r: r.project)),
        _c("framework", "Rámec", "Framework", "text", 30, _name(lambda r: r.framework)),
        _c("status", "Stav", "Status", "text", 14, lambda r, lang: codes.label("activity_status", r.project.status, lang)),
        _c("start", "Začátek", "Start", "when", 14, lambda r, lang: _either(r.project.actual_start, r.project.planned_start)),
        _c("end", "Konec", "End", "when", 14, lambda r, lang: _either(r.project.actual_end, r.project.planned_end)),
        _c("lead", "Vede", "Lead", "text", 26, lambda r, lang: "; ".join(p.participant.name(lang) for p in r.leads)),
        _c("money", "Známá částka", "Known amount", "money", 18, _money),
    ),
)  # fmt: skip
TAKING_PART = Sheet(
    "taking_part",
    "Další projekty s účastí země",
    "Projects it also takes part in",
    PROJECTS.columns,
)
EVENTS = Sheet(
    "events", "Jednání", "Meetings",
    (
        _c("held", "Termín", "Date", "when", 18, lambda e, lang: e.held),
        _c("name", "Jednání", "Meeting", "text", 48, _name(lambda e: e)),
        _c("place", "Místo", "Place", "text", 18, _text("place")),
        _c("outcome", "Výsledek", "Outcome", "long", 46, _text("outcome")),
    ),
)  # fmt: skip
PROMISES = Sheet(
    "promises", "Otevřené závazky", "Open promises",
    (
        _c("name", "Co je třeba udělat", "What is to be done", "text", 48, _name(lambda f: f.record)),
        _c("owner", "Kdo to slíbil", "Who promised it", "text", 26, _name(lambda f: f.record.owner)),
        _c(
            "responsible", "Kdo na to dohlíží", "Who sees to it", "text", 22, lambda f, lang: f.responsible,
            empty=_l("nobody in person"),
        ),
        _c("due", "Do kdy", "By when", "when", 14, lambda f, lang: f.record.due),
        _c("event", "Z jednání", "From the meeting", "text", 36, _name(lambda f: f.record.event)),
    ),
)  # fmt: skip
MILESTONES = Sheet(
    "milestones", "Nedosažené milníky", "Milestones not reached",
    (
        _c("name", "Milník", "Milestone", "text", 48, _name(lambda m: m.record)),
        _c("of", "Projekt", "Project", "text", 40, _name(lambda m: m.record.of)),
        _c("due", "Plánováno na", "Planned for", "when", 16, lambda m, lang: m.record.due),
        _c(
            "state", "Stav", "State", "text", 14,
            lambda m, lang: codes.label(
                "milestone_states", milestone_state(m.record.due, m.record.reached, clock.today()), lang
            ),
        ),
        _c("responsible", "Zodpovídá", "Responsible", "text", 22, lambda m, lang: m.responsible, empty=_l("nobody in person")),
    ),
)  # fmt: skip
PARTNERS = Sheet(
    "partners", "Partneři", "Partners",
    (
        _c("name", "Partner", "Partner", "text", 46, _name(lambda r: r.partner)),
        _c("roles", "Role", "Roles", "text", 30, lambda r, lang: "; ".join(r.roles)),
        _c("within", "Kde", "Where", "long", 50, lambda r, lang: "; ".join(r.within)),
    ),
)  # fmt: skip
CONTACTS = Sheet(
    "contacts", "Kontaktní osoby", "Contact persons",
    (
        _c("name", "Jméno", "Name", "text", 30, _name(lambda c: c)),
        _c("function", "Funkce", "Function", "text", 26, _text("function"), empty=""),
        _c("organisation", "Organizace", "Organisation", "text", 36, _name(lambda c: c.organisation)),
        _c("email", "E-mail", "E-mail", "text", 30, lambda c, lang: c.email, empty=""),
        _c("phone", "Telefon", "Telephone", "text", 20, lambda c, lang: c.phone, empty=""),
        _c(
            "language", "Jazyk, kterým mluví", "Language spoken", "text", 16,
            lambda c, lang: codes.label("languages", c.language, lang), empty="",
        ),
        _c("concerns", "Pro který projekt nebo rámec", "For which project or framework", "text", 34,
           _name(lambda c: c.concerns), empty=""),
    ),
)  # fmt: skip
LATEST = Sheet(
    "latest", "Poslední zprávy o stavu", "Latest status updates",
    (
        _c("of", "Projekt nebo rámec", "Project or framework", "text", 40, _name(lambda u: u.of)),
        _c("held", "Ke dni", "As of", "when", 14, lambda u, lang: u.held_on),
        _c(
            "light", "Semafor", "Traffic light", "text", 14, lambda u, lang: codes.label("lights", u.light, lang),
            empty=_l("not rated"),
        ),
        _c("happened", "Co se stalo", "What happened", "long", 44, lambda u, lang: u.happened),
        _c("next", "Co dál", "What comes next", "long", 36, lambda u, lang: u.next_steps, empty=""),
    ),
)  # fmt: skip
QUESTIONS = Sheet(
    "questions", "Otevřené otázky", "Open questions",
    (
        _c("name", "Otázka", "Question", "long", 60, _name(lambda q: q)),
        _c("about", "Čeho se týká", "About", "text", 40, _name(lambda q: q.about)),
    ),
)  # fmt: skip
