"""What the funding dashboard says besides its charts: the main figure, gaps, projects that may be one and the same."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from portal.figures import FIGURES, Funding, Scope
from portal.figures.breakdowns import undated
from portal.figures.coverage import twins
from portal.figures.funding import disagreements, unsourced
from portal.figures.kept import gaps
from portal.kernel.permission import Actor

CHARTS = ("known_funding_by_instrument", "known_funding_by_framework", "projects_by_status")


@dataclass(frozen=True)
class Wording:
    """The words and formats of one language a drawing needs."""

    lang: str
    separators: str
    words: dict[str, str]
    money_text: object
    number_text: object


def page_of(s: Session, actor: Actor, scope: Scope) -> dict:
    """What the page says besides its charts."""
    figure = FIGURES["known_funding"]
    total = figure.value(s, actor, scope)
    return {
        "total": total,
        "definition": str(figure.definition),
        "coverage": figure.coverage(s, actor, scope),
        "gaps": gaps(s, actor, scope, limit=12),
        "public": by_public(s, actor, scope) if not total.known else None,
        **cautions(s, actor, scope),
    }


def by_public(s: Session, actor: Actor, scope: Scope) -> tuple[Scope, Funding] | None:
    """What is known by public sources too, with its scope, where the documents state nothing; None where they add nothing."""
    if scope.certainty != "documents":
        return None
    wider = replace(scope, certainty="public")
    found = FIGURES["known_funding"].value(s, actor, wider)
    return (wider, found) if found.known else None


def cautions(s: Session, actor: Actor, scope: Scope) -> dict:
    """What to bear in mind of known funding: conflicts of sources in it, amounts without a source or a date, which are not
    in it, and projects that may count twice."""
    disputed, led_by_others = disagreements(s, actor, scope)
    return {
        "disputed": disputed,
        "led_by_others": led_by_others,
        "unsourced": unsourced(s, actor, scope),
        "undated": undated(s, actor, scope),
        "twins": twins(s, actor, scope),
    }
