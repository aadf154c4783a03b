"""What the sources of a scope say of a record, and the footnotes it rests on.

A record's own columns hold what its leading statement says. A reader who relies on the documents of the ministry alone must
not be shown what only a public page says: then the last statement among the admitted ones speaks, or nobody does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.kernel import codes
from portal.kernel.money import Money
from portal.kernel.order import czech_key, english_key
from portal.kernel.permission import Actor
from portal.kernel.portions import portions
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.sources import facts
from portal.sources.facts import Fact, Pair
from portal.sources.models import Citation, Document
from portal.sources.queries import Claim, Facts, FactView, facts_of
from portal.sources.rules import allowed_certainty
from portal.web.formats import money_text, when_text
from portal.web.i18n import lazy_gettext as _l

MARKS = {"document": "●", "public": "○", "unsure": "◊", "uncited": ""}
"""How sure a footnoted value is, in shapes: by a document of the ministry, by a public source, inferred or doubtful."""
SHORT = {
    "document": _l("ministry document"), "public": _l("public source"), "unsure": _l("unsure"), "uncited": _l("no source"),
}  # fmt: skip


def certainty(code: str) -> str:
    """How sure a row is, as mark and word: `● ministry document`."""
    return f"{MARKS[code]} {SHORT[code]}".strip()


@dataclass
class Footnote:
    """One quotation, numbered from 1 in the order in which the workbook first refers to it."""

    number: int
    document: Document
    place: str
    quotation: str
    language: str | None
    verbatim: bool
    supports: dict[str, list[str]] = field(default_factory=dict)

    def supporting(self) -> str:
        """What it supports: `Pražský proces: název, druh; Polsko: …`."""
        return "; ".join(f"{of}: {', '.join(what)}" for of, what in self.supports.items())


def by_role(pairs: Iterable[tuple[str, str]]) -> str:
    """Names under their roles: `zúčastněný stát: Belgie, Polsko; vede: Francie`, roles in the order of their first name."""
    roles: dict[str, list[str]] = {}
    for role, name in pairs:
        known = roles.setdefault(role, [])
        if name not in known:
            known.append(name)
    return "; ".join(f"{role}: {', '.join(names)}" for role, names in roles.items())


def joined(numbers: Iterable[str]) -> str:
    """Several lists of footnotes as one, each footnote once, in the order of their numbers."""
    each = {number for line in numbers for number in line.split(", ") if number}
    return ", ".join(sorted(each, key=lambda number: (int(number.strip("●○◊")), number)))


class Voice:
    """Statements of many records, heard by the certainties admitted; keeps the footnotes."""

    def __init__(
        self, s: Session, actor: Actor, records: Sequence[Record], admitted: Collection[str], lang: str
    ) -> None:
        self.admitted, self.lang = admitted, lang
        self.facts: dict[int, Facts] = {}
        self.footnotes: dict[tuple, Footnote] = {}
        by_id = {r.id: r for r in records}
        for some in portions(by_id):
            self.facts |= facts_of(s, actor, *(by_id[i] for i in some))

    def named(self) -> set[int]:
        """The records that the values stated name."""
        claims = (claim for known in self.facts.values() for view in known.by_field.values() for claim in view.claims)
        return {i for claim in claims for i in facts.records_in(claim.fact, claim.value)}

    def view(self, record: Record, name: str) -> FactView:
        known = self.facts.get(record.id)
        return known[name] if known else FactView(name, ())

    def claim(self, record: Record, name: str) -> Claim | None:
        """The statement that speaks for a fact: the leading one, else the last other one that is admitted."""
        view = self.view(record, name)
        if view.lead is not None and view.lead.statement.certainty in self.admitted:
            return view.lead
        others = [c for c in view.others if c.statement.certainty in self.admitted]
        return others[-1] if others else None

    def value(self, record: Record, name: str) -> object:
        """The value of a fact (see `facts.read`); the record's own where nobody states it; None where it is not stated."""
        if not self.view(record, name).claims:
            return facts.read(record, facts.fact(record.kind, name))
        claim = self.claim(record, name)
        return None if claim is None else claim.value

    def naming(self, record: Record) -> str:
        """The fact that names the record: its name, or, where no admitted source states that, how one speaks of it."""
        if self.view(record, "name").claims and self.claim(record, "name") is None:
            return next((fact for fact in facts.STAND_INS if self.claim(record, fact) is not None), "name")
        return "name"

    def name(self, record: Record, lang: str = "") -> str:
        """What the admitted sources call the record; where none of them does, the name it has in the portal."""
        lang = lang or self.lang
        pair = self.value(record, self.naming(record))
        if not isinstance(pair, Pair) or not pair:
            return record.name(lang)
        return (pair.cs or pair.en) if lang == "cs" else (pair.en or pair.cs)

    def text(self, record: Record, name: str, named: dict[int, str] | None = None) -> str:
        """The value of a fact in words, empty where it is not stated."""
        return self.words(facts.fact(record.kind, name), self.value(record, name), named or {})

    def words(self, f: Fact, value: object, named: dict[int, str]) -> str:
        """A value in words; `named` are the names of records by id."""
        if value is None or value == "":
            return ""
        if isinstance(value, Pair):
            return (value.cs or value.en) if self.lang == "cs" else (value.en or value.cs)
        if isinstance(value, When):
            return when_text(value, self.lang)
        if isinstance(value, Money):
            return money_text(value, self.lang)
        if f.type == "code" and f.code_list:
            return codes.label(f.code_list, str(value), self.lang)
        if isinstance(value, frozenset):
            return self.members(f, value, named)
        if f.type == "record":
            return named.get(int(str(value)), "")
        if isinstance(value, str) and value.startswith("#") and value[1:].isdigit():
            return named.get(int(value[1:]), "")
        return str(value)

    def members(self, f: Fact, members: frozenset, named: dict[int, str]) -> str:
        """The members of a set in the order of their names, without those the reader does not know of."""
        found = (
            codes.label(f.code_list, one, self.lang) if f.code_list else named[one]
            for one in members
            if f.code_list or one in named
        )  # fmt: skip
        return "; ".join(sorted(found, key=czech_key if self.lang == "cs" else english_key))

    def label(self, kind: str, name: str) -> str:
        """What a fact is called within a line of references."""
        text = codes.fact_label(kind, name, self.lang)
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]

    def references(self, record: Record, names: Iterable[str]) -> str:
        """Footnotes of some facts of a record: `stav ●1, ●2; vede ○3`."""
        parts = []
        for name in (self.naming(record) if name == "name" else name for name in names):
            if numbers := self.numbers(self.claim(record, name), self.name(record), self.label(record.kind, name)):
                parts.append(f"{self.label(record.kind, name)} {numbers}")
        return "; ".join(parts)

    def numbers(self, claim: Claim | None, of: str, what: str) -> str:
        """The footnotes of one statement with their marks: `●1, ○4`; they note that they support `what` of `of`. Empty where
        nobody is cited."""
        if claim is None:
            return ""
        found = []
        for one in claim.cited:
            sure = allowed_certainty(claim.statement.certainty, one.document.origin)
            if sure not in self.admitted:
                continue  # a public page beside the document of the ministry that carries the statement
            mark = MARKS[sure]
            note = self._footnote(one.citation, one.document)
            known = note.supports.setdefault(of, [])
            if what not in known:
                known.append(what)
            found.append(f"{mark}{note.number}")
        return ", ".join(dict.fromkeys(found))

    def _footnote(self, citation: Citation, document: Document) -> Footnote:
        key = (document.id, citation.place, citation.quotation)
        if key not in self.footnotes:
            self.footnotes[key] = Footnote(
                len(self.footnotes) + 1, document, citation.place, citation.quotation,
                citation.quotation_lang or document.language, citation.verbatim,
            )  # fmt: skip
        return self.footnotes[key]
