"""Texts of reports, their targets and what is amiss with them, in words."""

from __future__ import annotations

from typing import Any

from portal.donor_workbooks.rules.limits import COUNTINGS, count
from portal.report_texts.queries import Target, Told
from portal.report_texts.rules import MISSING, OLDER, OVER
from portal.web.formats import number
from portal.web.i18n import gettext as _
from portal.web.i18n import lang


def text_name(told: Told) -> str:
    """What a text is called."""
    if told.kind is not None:
        return _(told.kind.label)
    name = told.names.cs if lang() == "cs" else told.names.en
    return _("Variation of line %(code)s", code=told.line) + (f" {name}" if name else "")


def problem_text(told: Told, state: str, language: str) -> str:
    """What is amiss with a text; its name where nothing is."""
    name = text_name(told)
    if state == MISSING:
        return _("%(name)s: Czech text", name=name) if language == "cs" else _("%(name)s: English text", name=name)
    if state == OLDER:
        return (
            _("%(name)s: the Czech text is older than the English one", name=name)
            if language == "cs"
            else _("%(name)s: the English text is older than the Czech one", name=name)
        )
    if state == OVER:
        return (
            _("%(name)s: the Czech text is too long", name=name)
            if language == "cs"
            else _("%(name)s: the English text is too long", name=name)
        )
    return name


def counted(text: str, language: str, targets: list[Target]) -> list[dict[str, Any]]:
    """How long a text in a language is at each of its targets: where, counted how, its limit, and whether it is over it; in
    characters by itself where it goes nowhere. A limit that two targets share is told once for both."""
    found: dict[tuple[int | None, str], list[str]] = {}
    for one in targets:
        if one.language in (None, language):
            place = ", ".join(part for part in (one.names[lang()], one.place) if part)
            found.setdefault((one.most, one.counting), []).append(place)
    return [
        _line(text, most, counting, where) for (most, counting), where in (found or {(None, "characters"): []}).items()
    ]


def _line(text: str, most: int | None, counting: str, where: list[str]) -> dict[str, Any]:
    n = count(text, counting)
    return {
        "most": most, "counting": counting, "where": where, "over": most is not None and n > most,
        "told": _counted(number(n), most, counting), "pattern": _counted("{n}", most, counting),
    }  # fmt: skip


def _counted(n: str, most: int | None, counting: str) -> str:
    """ "1 234 of 2 500 (characters)"."""
    unit = _(COUNTINGS[counting])
    return f"{n} ({unit})" if most is None else _("%(n)s of %(most)s (%(unit)s)", n=n, most=number(most), unit=unit)
