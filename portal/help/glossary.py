"""Every term of the field and of the portal, defined once in each language.

    terms("cs")                    # in Czech order
    term("statement").means_en

The source is `glossary.json` beside this file. What a code list holds is not written again: a term names its list, and the
page shows the names of its codes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.kernel import codes
from portal.kernel.order import czech_key

FILE = Path(__file__).parent / "glossary.json"


@dataclass(frozen=True)
class Term:
    """One term: its key (the anchor on the page), its names, its definitions, and the code list whose codes it names."""

    key: str
    cs: str
    en: str
    means_cs: str
    means_en: str
    codes: str = ""

    def name(self, lang: str) -> str:
        return self.cs if lang == "cs" else self.en

    def means(self, lang: str) -> str:
        return self.means_cs if lang == "cs" else self.means_en

    def values(self, lang: str) -> list[str]:
        """The names of the codes, those that are offered; empty for a term without a list."""
        return [label for _code, label in codes.choices(self.codes, lang)] if self.codes else []


@cache
def _all() -> dict[str, Term]:
    rows = [Term(**row) for row in json.loads(FILE.read_text(encoding="utf-8"))]
    return {row.key: row for row in rows}


def term(key: str) -> Term:
    """One term. KeyError where there is none."""
    return _all()[key]


def terms(lang: str) -> list[Term]:
    """All terms by their names in `lang`, in Czech or English order."""
    return sorted(_all().values(), key=lambda one: czech_key(one.cs) if lang == "cs" else one.en.casefold())
