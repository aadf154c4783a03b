"""Reading `seed_data/portfolio/`: one file per kind of record, checked as a whole before anything is loaded.

`seed_data/README.md` describes the format. What is read is plain data; `seeding` loads it through the actions.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from portal.config import ROOT
from portal.kernel import codes
from portal.kernel.money import Money
from portal.kernel.when import When

SEED_DATA = ROOT / "seed_data"
FILES = {
    "document": "documents", "country": "countries", "theme": "themes", "organisation": "organisations",
    "framework": "frameworks", "project": "projects", "legal_instrument": "legal_instruments", "instrument": "instruments",
    "contract": "contracts", "addendum": "addenda", "flow": "flows", "phase": "phases", "event": "events",
    "role_holder": "role_holders", "participation": "participations", "link": "links", "question": "questions",
}  # fmt: skip
"""Kind of record → its file, in the order of loading."""

REFERENCES = {
    "participation": ("within", "participant"),
    "link": ("from", "to"),
    "question": ("about",),
}
"""Columns that hold keys of other records."""

_ENTRY = ("key", "name_cs", "name_en", "placeholder", "certainty", "note_cs", "note_en", "facts")


class SeedError(ValueError):
    """The seed files contradict the format or themselves; `problems` lists every place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class SeedCitation:
    """Where a statement is written: key of the document, place, quotation, whether it is a checked copy."""

    document: str
    place: str = ""
    quotation: str = ""
    quotation_lang: str | None = None
    verbatim: bool = False


@dataclass(frozen=True)
class SeedFact:
    """What a source states of one field. `value` None: the source does not say. Values are canonical, see the format."""

    field: str
    value: str | None
    precision: str
    certainty: str
    leading: bool
    citations: tuple[SeedCitation, ...]
    value_cs: str = ""
    value_en: str = ""
    precision_note: str = ""
    precision_note_en: str = ""
    reason: str = ""

    @property
    def references(self) -> tuple[str, ...]:
        """The keys the value refers to: `@key` of one record, `@key @key` of the members of a set."""
        words = (self.value or "").split()
        return tuple(word[1:] for word in words) if all(word.startswith("@") for word in words) else ()

    @property
    def reference(self) -> str | None:
        """The key the value refers to, for `@key`."""
        return self.references[0] if len(self.references) == 1 else None


@dataclass(frozen=True)
class SeedRecord:
    """One record with its facts; `columns` holds what is identity or no fact (roles, ends of a link, ISO code, …)."""

    kind: str
    key: str
    name_cs: str
    name_en: str
    certainty: str
    facts: tuple[SeedFact, ...]
    placeholder: bool = False
    note_cs: str = ""
    note_en: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict)

    @property
    def at(self) -> str:
        return f"{FILES[self.kind]}/{self.key}"

    def references(self) -> set[str]:
        """Keys of the records that must be there before this one (the documents cited aside)."""
        held = [self.columns.get(name) for name in REFERENCES.get(self.kind, ())]
        named = {key for value in held if value for key in ([value] if isinstance(value, str) else value)}
        return named.union(*(f.references for f in self.facts))


def read_portfolio(folder: Path = SEED_DATA) -> list[SeedRecord]:
    """All records in an order in which each comes after those it refers to. Raises SeedError with every problem found."""
    records = [record for kind in FILES for record in _read(folder, kind)]
    problems = list(_problems(folder, records))
    if problems:
        raise SeedError(problems)
    return _ordered(records)


def body(record: SeedRecord, folder: Path = SEED_DATA) -> str:
    """The full text of a document kept beside the files, or the empty text."""
    name = record.columns.get("body_file")
    return (folder / name).read_text(encoding="utf-8") if name else ""


def _read(folder: Path, kind: str) -> Iterator[SeedRecord]:
    path = folder / "portfolio" / f"{FILES[kind]}.json"
    for entry in json.loads(path.read_text(encoding="utf-8")):
        try:
            facts = tuple(
                SeedFact(**fact | {"citations": tuple(SeedCitation(**c) for c in fact["citations"])})
                for fact in entry["facts"]
            )
            own = {name: entry[name] for name in _ENTRY if name in entry and name != "facts"}
            columns = {name: value for name, value in entry.items() if name not in _ENTRY}
            yield SeedRecord(kind=kind, facts=facts, columns=columns, **own)
        except (KeyError, TypeError) as error:
            raise SeedError([f"{path.name}: {entry.get('key', '(no key)')}: {error}"]) from error


def _problems(folder: Path, records: list[SeedRecord]) -> Iterator[str]:
    kind_of = {record.key: record.kind for record in records}
    for key, times in Counter(record.key for record in records).items():
        if times > 1:
            yield f"{key}: the key stands {times} times"
    for record in records:
        if not record.name_cs or not record.name_en:
            yield f"{record.at}: a name is missing"
        if bool(record.note_cs) != bool(record.note_en):
            yield f"{record.at}: the note is in one language only"
        for key in sorted(record.references() - set(kind_of)):
            yield f"{record.at}: there is no record {key!r}"
        if record.columns.get("body_file") and not (folder / record.columns["body_file"]).is_file():
            yield f"{record.at}: there is no file {record.columns['body_file']!r}"
        yield from (f"{record.at}#{problem}" for problem in _problems_of_facts(record, kind_of))


def _problems_of_facts(record: SeedRecord, kind_of: Mapping[str, str]) -> Iterator[str]:
    for name, times in Counter(f.field for f in record.facts if f.leading).items():
        if times > 1:
            yield f"{name}: {times} statements lead"
    for f in record.facts:
        if f.precision not in codes.code_list("precisions").codes:
            yield f"{f.field}: unknown precision {f.precision!r}"
        if f.certainty not in ("document", "public", "unsure"):
            yield f"{f.field}: unknown certainty {f.certainty!r}"
        if not f.citations:
            yield f"{f.field}: no source is cited"
        for citation in f.citations:
            if kind_of.get(citation.document) != "document":
                yield f"{f.field}: there is no document {citation.document!r}"
        if (f.value is None) != (f.precision == "not_stated") and f.precision != "ambiguous":
            yield f"{f.field}: a value not stated must be null, and only such a one"
        try:
            canonical(record.kind, f)
        except ValueError as error:
            yield f"{f.field}: {error}"


def canonical(kind: str, f: SeedFact) -> object:
    """The value in its own type: When, Money, int for a count, else the text. ValueError where it cannot be one."""
    value, type_ = f.value, codes.fact_type(kind, f.field)
    if value is None:
        return None
    if type_ in ("text", "name") and not f.value_cs:
        raise ValueError("the Czech text is missing")
    if type_ == "when":
        return When(value)
    if type_ == "money":
        currency, minor = value.split(" ")
        return Money(int(minor), currency)
    if type_ == "count":
        return int(value)
    if type_ == "number":
        return Decimal(value)
    if type_ == "record" and not f.reference:
        raise ValueError(f"{value!r} is no reference")
    if type_ == "set" and not f.references and ("@" in value or ";" in value or not value):
        raise ValueError(f"{value!r} is no set of references or codes")
    return value


def _ordered(records: list[SeedRecord]) -> list[SeedRecord]:
    """Each after those it refers to; else as the files have them. SeedError where records refer to each other in a ring."""
    done: dict[str, SeedRecord] = {}
    waiting = records
    while waiting:
        left = []
        for record in waiting:
            if record.references() - set(done) - {record.key}:
                left.append(record)
            else:
                done[record.key] = record
        if len(left) == len(waiting):
            raise SeedError([f"{record.at}: refers to itself through others" for record in left])
        waiting = left
    return list(done.values())


def leading(record: SeedRecord, name: str) -> SeedFact | None:
    """The leading statement of a field."""
    return next((f for f in record.facts if f.field == name and f.leading), None)
