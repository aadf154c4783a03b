"""Code lists: what a code is called in Czech and English, and which codes a person may choose.

The lists are files in `seed_data/code_lists/`, one per list, read once and checked when read. A name missing in one
language falls back, visibly, to the other; a code no list knows stands for itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from portal.kernel.order import czech_key

FOLDER = Path(__file__).resolve().parents[2] / "seed_data" / "code_lists"
ORDERS = ("given", "code", "name")
"""How choices are sorted: as the file has them, by code, or by their names in Czech order."""


@dataclass(frozen=True)
class Code:
    """One code. `withdrawn` ones are named where they stand, and not offered. `type` is used by `fact_kinds` alone."""

    code: str
    cs: str
    en: str
    withdrawn: bool = False
    type: str = ""

    def label(self, lang: str) -> str:
        """The name in `lang`; where it has none, the other language's with its sign: `Tobacco use control [en]`."""
        own, other, sign = (self.cs, self.en, "en") if lang == "cs" else (self.en, self.cs, "cs")
        return own or f"{other} [{sign}]"


@dataclass(frozen=True)
class CodeList:
    """A list by name, with where its codes and names are from."""

    name: str
    origin: str
    order: str
    codes: Mapping[str, Code]


def read(text: str, name: str) -> CodeList:
    """The list in the text of a file. ValueError, naming list and code, where it is not as it should be."""
    data = json.loads(text)
    if data.get("list") != name or not data.get("origin") or data.get("order") not in ORDERS:
        raise ValueError(f"code list {name}: 'list', 'origin' or 'order' is missing or wrong")
    codes: dict[str, Code] = {}
    for row in data["codes"]:
        code = Code(**row)
        if not code.code or code.code in codes:
            raise ValueError(f"code list {name}: {code.code!r} is empty or stands twice")
        if not (code.cs or code.en) or any(text != text.strip() for text in (code.code, code.cs, code.en)):
            raise ValueError(f"code list {name}: {code.code!r} has no name, or spaces around one")
        codes[code.code] = code
    return CodeList(name, data["origin"], data["order"], codes)


@cache
def code_list(name: str) -> CodeList:
    """One list by name. KeyError where there is none; ValueError where its file is broken."""
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        raise KeyError(f"no code list {name!r}")
    return read(path.read_text(encoding="utf-8"), name)


def names() -> list[str]:
    """The names of all lists."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def label(list_name: str, code: str | None, lang: str) -> str:
    """What a code is called; an unknown code is shown as it is, None is the empty text."""
    if code is None or code == "":
        return ""
    known = code_list(list_name).codes.get(code)
    return known.label(lang) if known else code


def is_code(list_name: str, code: str) -> bool:
    """Whether the list has the code, withdrawn or not."""
    return code in code_list(list_name).codes


@cache
def _choices(list_name: str, lang: str) -> tuple[tuple[str, str], ...]:
    found = code_list(list_name)
    offered = [(c.code, c.label(lang)) for c in found.codes.values() if not c.withdrawn]
    if found.order == "code":
        offered.sort()
    elif found.order == "name":
        offered.sort(key=lambda choice: (czech_key(choice[1]), choice[0]))
    return tuple(offered)


def choices(list_name: str, lang: str, blank: bool = False) -> list[tuple[str, str]]:
    """[(code, label)] to choose from, sorted as the list says; with `blank` the empty choice first."""
    return [("", "")] * blank + list(_choices(list_name, lang))


def _fact(kind: str, field: str) -> Code | None:
    codes = code_list("fact_kinds").codes
    found = codes.get(f"{kind}.{field}") or codes.get(field)
    year = re.fullmatch(r"(.+)_(\d{4})", field, re.ASCII) if found is None else None
    if year is None:
        return found
    whole = codes.get(f"{kind}.{year[1]}") or codes.get(year[1])
    if whole is None or whole.type != "years":
        return None
    return replace(whole, code=field, cs=f"{whole.cs} {year[2]}", en=f"{whole.en} {year[2]}", type="money")


def is_fact(kind: str, field: str) -> bool:
    """Whether the list of facts knows this one of a kind of record; of amounts by budget year, that of one year."""
    return _fact(kind, field) is not None


def fact_label(kind: str, field: str, lang: str) -> str:
    """What a fact of a kind of record is called ("project", "actual_start"); an unknown field stands for itself."""
    known = _fact(kind, field)
    return known.label(lang) if known else field


def fact_type(kind: str, field: str) -> str:
    """How a fact's value is written: a type of `sources.facts`, or `count`; a field no list knows is a `text`."""
    known = _fact(kind, field)
    return known.type if known else "text"
