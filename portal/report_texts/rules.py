"""Pure rules of texts of reports: which there are, which report asks for which, in which languages, what is amiss with one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from portal.kernel.errors import N_

NARRATIVE = ("interim_narrative", "final_narrative")
LINE = "line."
"""What the code of an explanation begins with; the number of its line follows."""
MISSING, OVER, OLDER = "missing", "over", "behind"


@dataclass(frozen=True)
class Kind:
    """A text a report may have. `kinds`: kinds of reports that ask for it; `words`: labels in a recipient's file that mean it."""

    code: str
    label: str
    hint: str
    kinds: tuple[str, ...]
    words: tuple[str, ...]


KINDS: dict[str, Kind] = {
    one.code: one
    for one in (
        Kind(
            "summary", N_("Summary"), N_("The report in a few sentences, for whoever reads nothing else."), NARRATIVE,
            ("Executive summary", "Summary", "Summary of the report", "Shrnutí", "Manažerské shrnutí"),
        ),
        Kind(
            "progress", N_("Progress in the period"), N_("What was done and what was reached, beside what was planned."),
            (*NARRATIVE, "annual"),
            ("Progress of the programme", "Progress in the period", "Progress in implementation", "Pokrok programu",
             "Pokrok v období", "Pokrok v provádění"),
        ),
        Kind(
            "problems", N_("Problems and how they are met"), N_("What stood in the way, and what is done about it."),
            (*NARRATIVE, "annual"),
            ("Issues affecting performance", "Problems encountered", "Problems and measures taken",
             "Problémy a jejich řešení", "Problémy ovlivňující výkonnost"),
        ),
        Kind(
            "external", N_("External dimension"),
            N_("Work in or about third countries, and how it goes together with other funds of the Union there."), ("annual",),
            ("External dimension", "Actions in or in relation to third countries",
             "Complementarity with other funds of the Union in third countries", "Vnější rozměr",
             "Doplňkovost s jinými fondy Unie ve třetích zemích"),
        ),
        Kind(
            "visibility", N_("Communication and visibility"), N_("How the public was told, and that the Union pays."),
            (*NARRATIVE, "annual"),
            ("Visibility", "Communication and visibility", "Viditelnost", "Komunikace a viditelnost", "Publicita"),
        ),
    )
}  # fmt: skip
"""In the order people are offered them: the portal's own list, for no public source states what each form asks for."""


def languages_of(report_language: str | None) -> tuple[str, ...]:
    """In which languages the texts of a report are needed: the Czech master, and the English version unless the report goes in
    Czech."""
    return ("cs",) if report_language == "cs" else ("cs", "en")


def amiss(
    texts: Mapping[str, str], asked: bool, needed: Sequence[str], older: str | None, over: Collection[str]
) -> list[tuple[str, str]]:
    """(what, language) of what is wrong with a text: MISSING where it is `asked` and not written in a `needed` language, OVER in
    the languages of `over`, OLDER. A version that nobody needs may be missing, and may be older."""
    found = [(MISSING, one) for one in needed if not texts[one] and (asked or any(texts.values()))]
    found += [(OVER, one) for one in ("cs", "en") if one in over]
    return found + ([(OLDER, older)] if older in needed else [])
