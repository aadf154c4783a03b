"""Columns that sheets of several kinds of record share. Heads are the labels the pages use (code list `fact_kinds`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from portal.kernel import codes
from portal.kernel.standing import KINDS
from portal.workbooks.columns import Column

LANGUAGE = {"cs": ("česky", "in Czech"), "en": ("anglicky", "in English")}
NUMBER = Column("id", "Č. záznamu", "Record no.", "key", lambda r, lang: r.id, 9)


def head(kind: str, field: str) -> tuple[str, str]:
    """What a fact of a kind of record is called, in Czech and English."""
    return codes.fact_label(kind, field, "cs"), codes.fact_label(kind, field, "en")


def fact(kind: str, field: str, column_kind: str, width: int = 18, **more: Any) -> Column:
    """The column of an attribute that holds one value: text, a date, money, a number, yes or no."""
    return Column(field, *head(kind, field), column_kind, lambda r, lang: getattr(r, field), width, **more)


def coded(kind: str, field: str, code_list: str, width: int = 18, **more: Any) -> Column:
    """The column of an attribute that holds a code: its name in the language of the file."""
    return Column(
        field,
        *head(kind, field),
        "text",
        lambda r, lang: codes.label(code_list, getattr(r, field), lang),
        width,
        **more,
    )


def pair(kind: str, field: str, column_kind: str = "long", width: int = 40, **more: Any) -> tuple[Column, Column]:
    """The two columns of a text in both languages."""
    cs, en = head(kind, field)
    return (
        Column(
            f"{field}_cs", f"{cs} ({LANGUAGE['cs'][0]})", f"{en} ({LANGUAGE['cs'][1]})", column_kind,
            lambda r, lang: getattr(r, f"{field}_cs"), width, **more,
        ),
        Column(
            f"{field}_en", f"{cs} ({LANGUAGE['en'][0]})", f"{en} ({LANGUAGE['en'][1]})", column_kind,
            lambda r, lang: getattr(r, f"{field}_en"), width, **more,
        ),
    )  # fmt: skip


def names(kind: str, width: int = 44) -> tuple[Column, Column]:
    """The name in both languages; the one of the file's language stands first."""
    cs, en = pair(kind, "name", "text", width)
    return replace(cs, tongue="cs"), replace(en, tongue="en")


def tail(kind: str) -> tuple[Column, ...]:
    """What every record has besides its own facts."""
    standing = (coded(kind, "standing", "standings", 14, empty="", detail=True),) if kind in KINDS else ()
    return (
        coded(kind, "certainty", "certainties", 24),
        *standing,
        fact(kind, "placeholder", "flag", 12, detail=True),
        fact(kind, "confidential", "flag", 11, detail=True),
        fact(kind, "reference", "text", 18, empty="", detail=True),
        fact(kind, "file_mark", "text", 18, empty="", detail=True),
        *pair(kind, "note", "long", 40, empty="", detail=True),
    )


def linked(kind: str, field: str, of: Callable[[Any], Any], width: int = 34, **more: Any) -> Column:
    """The column of another record's name; `of(row)` gives that record or None."""

    def value(row: Any, lang: str) -> str | None:
        record = of(row)
        return None if record is None else record.name(lang)

    return Column(field, *head(kind, field), "text", value, width, **more)
