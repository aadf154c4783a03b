"""Texts of reports, their targets and what is amiss with them, in words."""

from __future__ import annotations

from typing import Any

from portal.donor_workbooks.rules.limits import count
from portal.report_texts.queries import Target, Told
from portal.report_texts.rules import MISSING, OLDER, OVER
from portal.web.formats import number
from portal.web.i18n import gettext as _
from portal.web.i18n import lang, ngettext


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
        "told": _counted(number(n), n, most, counting),
        "patterns": {name: _counted("{n}", like, most, counting) for name, like in LIKE.items()},
    }  # fmt: skip


LIKE = {"one": 1, "few": 2, "other": 5}
"""Numbers of the plural forms, by the names the browser knows them by."""


def _counted(n: str, like: int, most: int | None, counting: str) -> str:
    """ "1 234 of 2 500 characters (an end of line as two)". `like`: a number of the same plural form as `n`."""
    said = _number(n, like, counting) if most is None else _of(n, most, counting)
    how = {"excel": _("as Excel counts them"), "form": _("an end of line as two"), "bytes": "UTF-8"}.get(counting)
    return f"{said} ({how})" if how else said


def _number(n: str, like: int, counting: str) -> str:
    if counting == "words":
        return ngettext("%(n)s word", "%(n)s words", like, n=n)
    if counting == "bytes":
        return ngettext("%(n)s byte", "%(n)s bytes", like, n=n)
    return ngettext("%(n)s character", "%(n)s characters", like, n=n)


def _of(n: str, most: int, counting: str) -> str:
    limit = {"n": n, "most": number(most)}
    if counting == "words":
        return ngettext("%(n)s of %(most)s word", "%(n)s of %(most)s words", most, **limit)
    if counting == "bytes":
        return ngettext("%(n)s of %(most)s byte", "%(n)s of %(most)s bytes", most, **limit)
    return ngettext("%(n)s of %(most)s character", "%(n)s of %(most)s characters", most, **limit)
