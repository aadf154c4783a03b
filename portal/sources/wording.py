"""How records, facts and codes are worded on pages: filters and functions of every template.

{{ record|named }}                    its name, marked with lang where only the other language has one
{{ pair_text(cs, en) }}               a bilingual text in the page's language, or visibly in the other
{{ field_label(kind, field) }}        what a fact is called;  {{ code_label("lights", code) }} a code of a list
{{ fact_text(record, fact, named) }}  the value a record holds, "neuvedeno" where none
{{ claim_text(kind, claim) }}         the value one statement gives
{{ claim_marks(marks, claim) }}       its source marks
"""

from __future__ import annotations

from decimal import Decimal

from flask import Flask
from markupsafe import Markup, escape

from portal.kernel import codes
from portal.kernel.money import Money
from portal.kernel.order import czech_key, english_key
from portal.kernel.record import Record
from portal.kernel.standing import WITHDRAWN
from portal.kernel.when import When, span
from portal.sources import facts
from portal.sources.facts import Fact, Pair
from portal.sources.queries import Claim, FactView
from portal.web import formats
from portal.web.formats import code_label
from portal.web.i18n import lang
from portal.web.links import record_url

ORDERS = {"cs": czech_key, "en": english_key}


def _tongue(text: str, language: str) -> Markup:
    shown = formats.nbsp(text) if language == lang() else text
    return escape(shown) if language == lang() else Markup('<span lang="{}">{}</span>').format(language, shown)


def pair_text(cs: str | None, en: str | None) -> Markup:
    """The text in the page's language, or in the other one with its language marked; empty where there is none."""
    first, second = ((cs, "cs"), (en, "en")) if lang() == "cs" else ((en, "en"), (cs, "cs"))
    for text, language in (first, second):
        if text:
            return _tongue(text, language)
    return Markup("")


def named(record: Record, out: bool = False) -> Markup:
    """The name of a record, or of a figure's line about one, for a page; marked where a record is archived or withdrawn.
    `out`: it is known to have gone with a withdrawn one."""
    name = pair_text(record.name_cs, record.name_en) or Markup("#{}").format(record.id)
    standing = WITHDRAWN if out else getattr(record, "standing", None)  # lines of figures have none
    if not standing:
        return name
    return Markup('{} <span class="muted small">({})</span>').format(name, code_label("standings", standing))


def other_name(record: Record) -> str | None:
    """The name in the language the page is not in, where it is another."""
    other = record.name_en if lang() == "cs" else record.name_cs
    return other if other and other != record.name(lang()) else None


def other_lang(record: Record) -> str:
    return "en" if lang() == "cs" else "cs"


def field_label(kind: str, field: str) -> str:
    """What a fact of this kind is called."""
    return codes.fact_label(kind, field, lang())


def value_text(f: Fact, value: object, named_records: dict[int, Record] | None = None) -> Markup:
    """A value in words; None is "neuvedeno"."""
    if value is None or value == "":
        return formats.unknown()
    if isinstance(value, Pair):
        return pair_text(value.cs, value.en) or formats.unknown()
    if isinstance(value, When):
        return escape(formats.when_text(value))
    if isinstance(value, Money):
        return escape(formats.money_text(value))
    if isinstance(value, Decimal):
        return escape(formats.number(value))
    if f.type == "code" and f.code_list:
        return escape(code_label(f.code_list, str(value)))
    if f.type == "record":
        return _record(value, named_records or {})
    if isinstance(value, frozenset):
        return _members(f, value, named_records or {})
    text = str(value)
    if text.startswith(("https://", "http://")):
        return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(text, text.split("//", 1)[1].rstrip("/"))
    return escape(formats.nbsp(text))


def _record(record_id: object, known: dict[int, Record]) -> Markup:
    record = known.get(record_id)
    if record is None:
        return formats.unknown()
    url = record_url(record)
    return Markup('<a href="{}">{}</a>').format(url, named(record)) if url else named(record)


def _members(f: Fact, members: frozenset, known: dict[int, Record]) -> Markup:
    """The members of a set in the order of their names, without those that are not known to the reader."""
    if f.code_list:
        words = sorted((codes.label(f.code_list, code, lang()) for code in members), key=ORDERS[lang()])
        return Markup(", ").join(formats.nbsp(word) for word in words) or formats.unknown()
    met = [known[i] for i in members if i in known]
    met.sort(key=lambda r: (r.order_cs if lang() == "cs" else r.order_en, r.id))
    return Markup(", ").join(_record(record.id, known) for record in met) or formats.unknown()


def fact_text(
    record: Record, f: Fact, named_records: dict[int, Record] | None = None, view: FactView | None = None
) -> Markup:
    """The value a record holds of one fact. Where its leading statement (`view`) gives a plain text words in both
    languages, those of the page's language are shown."""
    if f.type == "plain" and view is not None and view.lead is not None:
        words = view.lead.statement
        if words.value_cs or words.value_en:
            return pair_text(words.value_cs, words.value_en)
    return value_text(f, facts.read(record, f), named_records)


def claim_text(kind: str, claim: Claim, named_records: dict[int, Record] | None = None) -> Markup:
    """The value one statement gives; further facts by the type their label is declared with."""
    f = facts.fact(kind, claim.statement.field)
    return value_text(f, claim.value, named_records)


def certainty_text(code: str) -> str:
    return code_label("certainties", code)


def role_text(participation) -> Markup:
    """The typed role, with the words of the source where they say more; these alone where they begin with it."""
    typed, words = _role(participation)
    if typed and words:
        return Markup('{} <small class="words">{}</small>').format(typed, words)
    return Markup("{}").format(typed or words)


def role_words(participation) -> str:
    """The same without markup, for cells: `provádí: provádí nebo prováděla`."""
    return ": ".join(Markup(part).striptags() for part in map(escape, _role(participation)) if part)


def _role(participation) -> tuple[str, Markup]:
    """The typed role, and the words of the source; either is empty where the other one says it all."""
    words = pair_text(participation.role_cs, participation.role_en)
    typed = code_label("participation_roles", participation.role)
    said = words.striptags().casefold()
    if not said or said == typed.casefold():
        return typed, Markup("")
    return ("" if said.startswith(f"{typed.casefold()} ") else typed), words


def relation_text(relation: str, outward: bool) -> str:
    """A relation read from this end: "follows", or "is followed by"."""
    if outward:
        return code_label("link_relations", relation)
    back = codes.label("link_relations", f"{relation}.reverse", lang())
    return back if not back.endswith(".reverse") else "← " + code_label("link_relations", relation)


def period_text(start: When | None, end: When | None) -> str | None:
    """A period in words, None where neither end is known."""
    return span(start, end, lang())


def lines(text: str) -> Markup:
    """Typed text with its line ends kept."""
    return Markup("<br>").join(escape(formats.nbsp(line)) for line in text.split("\n"))


def install(app: Flask) -> None:
    from portal.sources.marks import marks_of

    app.jinja_env.filters.update(named=named, lines=lines)
    app.jinja_env.globals.update(
        pair_text=pair_text, other_name=other_name, other_lang=other_lang, field_label=field_label,
        fact_text=fact_text, claim_text=claim_text, claim_marks=marks_of, certainty_text=certainty_text, role_text=role_text,
        relation_text=relation_text, period_text=period_text, value_text=value_text,
    )  # fmt: skip
