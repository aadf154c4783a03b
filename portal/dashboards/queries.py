"""What the funding dashboard shows: figures of one scope, each as a frame, its coverage and its drawings."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.dashboards import charts, frames
from portal.figures import FIGURES, Coverage, Scope
from portal.figures.coverage import gaps, twins
from portal.figures.funding import disputed
from portal.figures.names import status_name
from portal.kernel.permission import Actor

CHARTS = ("known_funding_by_instrument", "known_funding_by_framework", "projects_by_status")


@dataclass
class Chart:
    """One chart of the page. `frame` feeds everything; `drawings` are plotly's, one per currency."""

    key: str
    name: str
    definition: str
    unit: str
    frame: object
    coverage: Coverage
    drawings: list[dict] = field(default_factory=list)

    @property
    def rows(self) -> list:
        return list(self.frame.itertuples(index=False))


@dataclass(frozen=True)
class Wording:
    """The words and formats of one language a drawing needs."""

    lang: str
    separators: str
    words: dict[str, str]
    money_text: object
    number_text: object


def chart(s: Session, actor: Actor, scope: Scope, key: str, wording: Wording, url_of=None) -> Chart:
    """One chart by the key of its figure. Without `url_of` it has no drawings (files). KeyError for an unknown key."""
    if key not in CHARTS:
        raise KeyError(key)
    figure = FIGURES[key]
    value = figure.value(s, actor, scope)
    if figure.unit == "money":
        frame = frames.money_frame(value, wording.lang, wording.words[f"without_{figure.by}"])
    else:
        frame = frames.count_frame(value, lambda k: status_name(k, wording.lang))
    made = Chart(key, str(figure.name), str(figure.definition), figure.unit, frame, value.coverage)
    if url_of and len(frame):
        link = lambda group: url_of(key, group)  # noqa: E731
        made.drawings = (
            charts.money_charts(frame, wording.words, wording.separators, wording.money_text, link)
            if figure.unit == "money"
            else [charts.count_chart(frame, wording.separators, wording.number_text, link)]
        )
    return made


def page_of(s: Session, actor: Actor, scope: Scope, wording: Wording, url_of) -> dict:
    """The whole dashboard."""
    figure = FIGURES["known_funding"]
    total = figure.value(s, actor, scope)
    return {
        "total": total,
        "definition": str(figure.definition),
        "coverage": figure.coverage(s, actor, scope),
        "disputed": disputed(s, actor, scope),
        "charts": [chart(s, actor, scope, key, wording, url_of) for key in CHARTS],
        "gaps": gaps(s, actor, scope, limit=12),
        "twins": twins(s, actor, scope),
    }
