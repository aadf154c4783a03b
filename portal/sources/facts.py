"""Which fields of which kind of record are facts, and how a fact's value is written as canonical text and back.

Features above register their kinds: `register("project", Fact("actual_start", "when"), …)`. A field that is not
registered is a *further fact*: it has no column, only statements (the participating states a page counts, a kick-off); the
code list `fact_kinds` says how its value is written.

Canonical text: EDTF for `when`; `EUR 60000000` (minor units) for `money`; `12.5` for `number`; the code for `code`; `#12` for
`record`; `true`/`false` for `flag`; the text itself for `plain`; the members in their order, `#12 #15` or codes, for `set`.
Bilingual `text` keeps its wording in `value_cs`, `value_en`; `years` are amounts by budget year (`sources.yearly`). A `set` (of
countries) has no column: its feature keeps the members in a table and says how, `kept_as_sets("project", read, write)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

from portal.kernel import codes, years
from portal.kernel.money import Money
from portal.kernel.number import canonical
from portal.kernel.record import Record
from portal.kernel.when import When

TYPES = (
    "count", "number", "name", "when", "money", "text", "plain", "code", "record", "flag", "set", "years", "further",
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One field: its type, and for codes the list they come from, for records the kinds allowed; a set is of one or the other.

    `written`: how a further fact's value is written, by the code list (when, money, count, number, text, plain).
    `passing`: it holds for a time (a status), so statements of different days do not contradict each other.
    `mirrors`: (attribute of the leading statement, column of the record) that repeat how sure or precise the fact is,
    where lists and figures filter by it.
    `lasting`: it keeps totals from counting twice: what was stated by a day is read with it as it is now.
    """

    field: str
    type: str
    code_list: str | None = None
    kinds: tuple[str, ...] = ()
    mirrors: tuple[tuple[str, str], ...] = ()
    written: str = ""
    passing: bool = False
    lasting: bool = False
    part_of: str = ""


@dataclass(frozen=True)
class Pair:
    """A bilingual text as one value."""

    cs: str
    en: str

    def __bool__(self) -> bool:
        return bool(self.cs or self.en)


NOTHING = Pair("", "")
FURTHER, SET, YEARS = "further", "set", "years"
STAND_INS = ("stated_as", "pilot_group")
"""Facts by which a document speaks of a thing that it counts and does not name: "one of the 4 pilot projects"."""
_FACTS: dict[str, dict[str, Fact]] = {}
_BESIDE: dict[str, Callable[[Record], None]] = {}
_SETS: dict[str, tuple[Callable, Callable]] = {}


def register(kind: str, *facts: Fact) -> None:
    """Declare the fact fields of one kind of record, in the order pages show them."""
    _FACTS[kind] = {fact.field: fact for fact in facts}


def kept_as_sets(
    kind: str,
    read: Callable[[Record, str], Collection],
    write: Callable[[Record, str, Collection], None],
) -> None:
    """Say how the sets of a kind are kept: `read(record, field)` gives ids or codes, `write(record, field, members)` lets the
    set be just these."""
    _SETS[kind] = (read, write)


def beside_facts(kind: str, leave: Callable[[Record], None]) -> None:
    """Say what of a kind no document states: `leave(record)` takes away what its record holds beside its facts."""
    _BESIDE[kind] = leave


def leave_unstated(record: Record) -> None:
    """Take away what no document states of the record, for a view of what documents state."""
    if record.kind in _BESIDE:
        _BESIDE[record.kind](record)


def facts_of_kind(kind: str) -> dict[str, Fact]:
    """The registered facts of a kind by field, in page order."""
    return _FACTS.get(kind, {})


def passing_fields() -> frozenset[str]:
    """The fields of facts that hold for a time, whatever the kind of record."""
    return frozenset(f.field for f in _all() if f.passing)


def refers(f: Fact) -> bool:
    """Whether the values of a fact are records (`#12`)."""
    return "record" in (f.type, f.written) or (f.type == SET and bool(f.kinds))


def referring_fields() -> frozenset[str]:
    """The fields of facts whose value is one record, whatever the kind of record."""
    listed = (code.split(".") for code in codes.code_list("fact_kinds").codes)
    further = {path[-1] for path in listed if codes.fact_type(path[0], path[-1]) == "record"}
    return frozenset(further | {f.field for f in _all() if refers(f) and f.type != SET})


def fields_of_sets() -> frozenset[str]:
    """The fields of facts whose values are sets of records, whatever the kind of record."""
    return frozenset(f.field for f in _all() if refers(f) and f.type == SET)


def kinds_in_sets() -> frozenset[str]:
    """The kinds of records that stand in sets."""
    return frozenset(kind for f in _all() if f.type == SET for kind in f.kinds)


def _all() -> list[Fact]:
    return [f for declared in _FACTS.values() for f in declared.values()]


def records_in(f: Fact, value: object) -> set[int]:
    """The ids of the records that a value of the fact (see `read`) names."""
    if not refers(f) or value is None:
        return set()
    if isinstance(value, frozenset):
        return set(value)
    found = re.fullmatch(r"#?(\d+)", str(value))
    return {int(found[1])} if found else set()


def as_held(f: Fact, value: object) -> object:
    """A value as `read` would give it: a set as a frozenset, an empty one as None."""
    if f.type == SET and isinstance(value, Collection) and not isinstance(value, str):
        return frozenset(value) or None
    return value


def fact(kind: str, field: str) -> Fact:
    """The fact behind a field; one without a column is a further fact."""
    declared, (stem, _, year) = facts_of_kind(kind), field.rpartition("_")
    if field in declared:
        return declared[field]
    whole = declared.get(stem)
    if whole is not None and whole.type == YEARS and re.fullmatch(r"\d{4}", year, re.ASCII):
        return Fact(field, "money", part_of=stem)
    return Fact(field, FURTHER, written=codes.fact_type(kind, field))


def read(record: Record, f: Fact) -> object:
    """The value a record holds now: When, Money, Decimal, Pair, text, code, id, bool, set of ids or codes; None: not stated."""
    if f.type == SET:
        return frozenset(_SETS[record.kind][0](record, f.field)) or None
    if f.type == "name":
        return Pair(record.name_cs, record.name_en)
    if f.type == "text":
        pair = Pair(getattr(record, f"{f.field}_cs"), getattr(record, f"{f.field}_en"))
        return pair or None
    if f.type == "record":
        return getattr(record, f"{f.field}_id")
    if f.type == FURTHER:
        return None
    if f.part_of:
        return dict(years.years(getattr(record, f.part_of))).get(int(f.field[-4:]))
    value = getattr(record, f.field)
    return None if value == "" else value


def write(record: Record, f: Fact, value: object) -> None:
    """Set the record's own column(s), or its set, to `value`; a further fact has none."""
    if f.type == SET:
        if value is None or isinstance(value, frozenset):
            _SETS[record.kind][1](record, f.field, value or frozenset())
    elif f.part_of:
        setattr(record, f.part_of, years.with_year(getattr(record, f.part_of), int(f.field[-4:]), value))
    elif f.type == "name":
        record.rename(value.cs, value.en)
    elif f.type == "text":
        pair = value or Pair("", "")
        setattr(record, f"{f.field}_cs", pair.cs)
        setattr(record, f"{f.field}_en", pair.en)
    elif f.type == "record":
        setattr(record, f"{f.field}_id", value)
    elif f.type == "plain":
        column = type(record).__mapper__.columns[f.field]
        setattr(record, f.field, value if value or column.nullable else "")
    elif f.type != FURTHER:
        setattr(record, f.field, value)


def may_be_unknown(record: Record, f: Fact) -> bool:
    """Whether the record can hold "not stated" of this fact: names, roles and the like are always given."""
    if f.type == "name":
        return False
    columns = type(record).__mapper__.columns
    column = columns.get({"record": f"{f.field}_id", "money": f"{f.field}_minor"}.get(f.type, f.field))
    return column is None or column.nullable or f.type == "plain"


def further_fields() -> list[str]:
    """Fields of the code list `fact_kinds` that are no column of any kind of record: what may be stated beside them."""
    columns = {key for mapper in Record.__mapper__.self_and_descendants for key in mapper.columns.keys()}
    stems = {re.sub("_(id|cs|en|edtf|minor)$", "", key) for key in columns} - {"kind"}
    known = stems | columns | {f.field for f in _all()}
    return [code for code in codes.code_list("fact_kinds").codes if "." not in code and code not in known]


def encode(f: Fact, value: object) -> tuple[str | None, str, str]:
    """(canonical, cs, en) of a value. None stays None: the source does not state it."""
    value = as_held(f, value)
    if isinstance(value, frozenset):
        return " ".join(f"#{one}" if f.kinds else str(one) for one in sorted(value)), "", ""
    if value is None:
        return None, "", ""
    if isinstance(value, Pair):
        return value.cs or value.en, value.cs, value.en
    if isinstance(value, When):
        return value.edtf, "", ""
    if isinstance(value, Money):
        return f"{value.currency} {value.minor}", "", ""
    if isinstance(value, Decimal):
        return canonical(value), "", ""
    if isinstance(value, bool):
        return ("true" if value else "false"), "", ""
    if f.type == "record":
        return f"#{value}", "", ""
    return str(value), "", ""


def decode(f: Fact, value: str | None, value_cs: str = "", value_en: str = "") -> object:
    """The value behind canonical text, in the type `read` gives. Raises ValueError where it cannot be one."""
    if value is None:
        return None
    if f.type in ("name", "text"):
        return Pair(value_cs or ("" if value_en else value), value_en)
    if f.type == "when":
        return When(value)
    if f.type == "money":
        currency, minor = value.split(" ")
        return Money(int(minor), currency)
    if f.type == "record":
        return int(value.removeprefix("#"))
    if f.type == "flag":
        return value == "true"
    if f.type == "count":
        return int(value)
    if f.type == "number":
        return _number(value)
    if f.type == SET:
        return _decode_set(f, value, value_cs, value_en)
    if f.type == FURTHER:
        return _decode_further(f, value, value_cs, value_en)
    return value


def _number(value: str) -> Decimal:
    """ValueError where the text is no number."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", value, re.ASCII):
        raise ValueError(f"{value!r} is no number")
    return Decimal(value)


def _decode_set(f: Fact, value: str, value_cs: str, value_en: str) -> object:
    """The members; what was stated in words, before sets were facts, stays the text it is."""
    members = value.split()
    if not f.kinds:
        return frozenset(members)
    if all(re.fullmatch(r"#\d+", one) for one in members):
        return frozenset(int(one[1:]) for one in members)
    return Pair(value_cs, value_en) if value_cs or value_en else value


def _decode_further(f: Fact, value: str, value_cs: str, value_en: str) -> object:
    """A further fact by the type of its list; what is not written so stays the text it is."""
    try:
        if f.written == "when":
            return When(value)
        if f.written == "money":
            currency, minor = value.split(" ")
            return Money(int(minor), currency)
        if f.written == "count":
            return int(value)
        if f.written == "number":
            return _number(value)
    except ValueError:
        pass
    return Pair(value_cs, value_en) if value_cs or value_en else value
