"""Source marks of one page: numbered from 1 in the order they appear, each listed once at the end.

    marks = Marks()                                      # in the view, passed to the template
    marks.note(("citation", 7), kind="document", title="…", certainty="document", quotation="…", …)  # → Mark | None

The same key gives the same number. `kind` draws the mark: `document` (filled: a document of the ministry), `public` (ring),
`unsure` (dashed). A fact without a source has no mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.web.i18n import _

KINDS = ("document", "public", "unsure")


@dataclass(frozen=True)
class Passage:
    """A further place of a source that says the same."""

    quotation: str | None
    quotation_lang: str | None
    place: str | None


@dataclass(frozen=True)
class Mark:
    number: int
    kind: str
    title: str
    certainty: str
    title_lang: str | None = None
    quotation: str | None = None
    quotation_lang: str | None = None
    verbatim: bool = False
    publisher: str | None = None
    dated: Any = None
    place: str | None = None
    further: tuple[Passage, ...] = ()
    precision: str | None = None
    url: str | None = None
    facts_url: str | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says: "Source 3, public source"."""
        words = {
            "document": _("document of the ministry"),
            "public": _("public source"),
            "unsure": _("inferred or doubtful"),
        }
        return _("Source %(number)s, %(kind)s", number=self.number, kind=words[self.kind])


class Marks:
    """The marks of one page. `entries` in the order of their numbers."""

    def __init__(self) -> None:
        self._marks: dict[Any, Mark] = {}

    def note(self, key: Any, *, kind: str | None = None, title: str, certainty: str, **entry: Any) -> Mark | None:
        """The mark of `key`, made at its first appearance. Without `kind` the certainty draws it; `uncited` has none."""
        if certainty == "uncited":
            return None
        if key not in self._marks:
            kind = kind or certainty
            if kind not in KINDS:
                raise ValueError(f"no such mark: {kind!r}")
            number = len(self._marks) + 1
            self._marks[key] = Mark(number=number, kind=kind, title=title, certainty=certainty, **entry)
        return self._marks[key]

    @property
    def entries(self) -> list[Mark]:
        return list(self._marks.values())
