"""Reading the texts of reports that may be seen, with the limits of where they go and what is amiss with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.budgets.queries import Incurred, incurred, report_lines
from portal.donor_workbooks.queries import for_report
from portal.donor_workbooks.rules.limits import count
from portal.kernel.pairs import older_of
from portal.kernel.permission import Actor
from portal.obligations.models import DueReport
from portal.report_texts.models import ReportText
from portal.report_texts.rules import KINDS, LINE, Kind, amiss, languages_of
from portal.sources.facts import NOTHING, Pair
from portal.workbooks.reading.cells import Place


@dataclass(frozen=True)
class Target:
    """Where a text goes: into the field of a layout or the cell of a recipient's file that `names` call (by language), at
    `place`. `language` None: either; `most` None: no limit is known there; `counting`: of `donor_workbooks.rules.limits`."""

    names: dict[str, str]
    place: str = ""
    language: str | None = None
    most: int | None = None
    counting: str = "characters"

    def over(self, text: str) -> bool:
        """Whether the text does not fit."""
        return self.most is not None and count(text, self.counting) > self.most


@dataclass(frozen=True)
class Told:
    """A text of a report. `kind` None: the explanation of a variation, of the line `line` called `names`. `asked`: the report
    asks for it; `needed`: in which languages; `older`: which of the two is older than the other; `targets`: where it goes;
    `problems`: what is amiss with it, by `rules.amiss`."""

    code: str
    text: Pair
    asked: bool
    needed: tuple[str, ...]
    older: str | None
    targets: list[Target]
    kind: Kind | None = None
    line: str = ""
    names: Pair = NOTHING
    problems: list[tuple[str, str]] = field(default_factory=list)


Asks = Callable[[DueReport], Iterable[tuple[str, Target]]]
_ASKS: list[Asks] = []


def also_asked(asks: Asks) -> None:
    """Register what a feature that lies above asks of texts: (code, target), in the order they are told."""
    if asks not in _ASKS:
        _ASKS.append(asks)


def row(s: Session, report_id: int, code: str) -> ReportText | None:
    """One text of a report, where it was ever written."""
    return s.get(ReportText, (report_id, code))


def written(s: Session, report_id: int) -> dict[str, ReportText]:
    """By code: the texts of a report that may be seen."""
    return {one.code: one for one in s.scalars(select(ReportText).where(ReportText.due_report_id == report_id))}


def targets(s: Session, actor: Actor, report: DueReport) -> dict[str, list[Target]]:
    """By code: where texts of a report go, as layouts and the recipient's files for it say."""
    found: dict[str, list[Target]] = {}
    for asks in _ASKS:
        for code, target in asks(report):
            found.setdefault(code, []).append(target)
    for workbook, file in for_report(s, actor, report):
        for cell in file.cells if file else ():
            code = _code(cell.key)
            if code:
                names, place = (
                    {one: workbook.name(one) for one in ("cs", "en")},
                    Place(cell.sheet, cell.row, cell.column),
                )
                found.setdefault(code, []).append(
                    Target(names, str(place), cell.language, cell.text_limit, cell.counting)
                )
    return found


def _code(key: str) -> str | None:
    """The text that a value of the catalogue is; `line.*`: the explanations of all lines."""
    if key == "lines.explanation":
        return f"{LINE}*"
    first, _dot, rest = key.partition(".")
    if first == "text":
        return rest
    return LINE + rest.removesuffix(".explanation") if first == "money" and rest.endswith(".explanation") else None


def targets_of(all_of_them: dict[str, list[Target]], code: str) -> list[Target]:
    """Where one text goes."""
    rows = all_of_them.get(f"{LINE}*", []) if code.startswith(LINE) else []
    return [*all_of_them.get(code, []), *rows]


def texts(s: Session, actor: Actor, report: DueReport) -> list[Told]:
    """The texts of a report: all there may be by `rules.KINDS`, then the explanations of lines that vary, or are explained."""
    held, goes = written(s, report.id), targets(s, actor, report)
    needed, kind_code = languages_of(report.obligation.language), report.obligation.kind_code
    ages = older_of(s, list(held.values()), "text")
    found = []
    for code, kind in KINDS.items():
        one = held.get(code)
        text = Pair(one.text_cs, one.text_en) if one else NOTHING
        asked = kind_code in kind.kinds or code in goes
        found.append(_told(code, text, asked, needed, ages.get((report.id, code)), goes, kind=kind))
    money = incurred(s, actor, report)
    return found + (_lines(s, money, needed, goes) if money else [])


def _lines(s: Session, money: Incurred, needed: tuple[str, ...], goes: dict[str, list[Target]]) -> list[Told]:
    said = report_lines(s, [money.report.id])[money.report.id]
    ages = older_of(s, list(said.values()), "explanation")
    found = []
    for line in money.lines:
        if line.varies or line.explanation:
            names = Pair(line.row.name("cs"), line.row.name("en")) if line.row else NOTHING
            age = ages.get((money.report.id, line.code))
            asked = line.varies
            found.append(
                _told(f"{LINE}{line.code}", line.explanation, asked, needed, age, goes, line=line.code, names=names)
            )
    return found


def _told(code: str, text: Pair, asked: bool, needed: tuple[str, ...], older: str | None, goes, **more) -> Told:
    held, here = {"cs": text.cs, "en": text.en}, targets_of(goes, code)
    over = {one for one in held for t in here if t.language in (None, one) and t.over(held[one])}
    return Told(code, text, asked, needed, older, here, problems=amiss(held, asked, needed, older, over), **more)
