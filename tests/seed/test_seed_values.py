"""Every value of the portfolio's data file is in `seed_data/`, as precise and as sure as it was, and nothing is surer."""

from __future__ import annotations

import pytest

from portal.kernel.when import When
from portal.ops.seed_files import canonical
from tests.seed import values
from tests.seed.values import CODES, LESS_PRECISE, RELATIONS, SPANS, WHO, by_key, records, statement

ON_RECORDS = ("level", "further_framework")
"""Forms in which a value is carried by a record's place, not by a statement."""

IDENTITY = ("participation", "link", "currency")
"""Forms that are part of what a statement is of: its precision is that of the role, the reference, the amount."""


def said(text: str) -> str:
    """The data file calls the ministry's documents "seed"; what people read says "document"."""
    return text.replace("seed", "document").replace("Seed", "Document")


def original(field: dict) -> str | None:
    value = field["value"]
    if isinstance(value, list):
        return "; ".join(value)
    return None if value is None else str(value)


def who(place: str) -> str:
    """A participant as the data file writes it: the code of a country, the key of an organisation."""
    participant = by_key()[records()[place.split("#")[0]].columns["participant"]]
    return participant.columns.get("iso2") or participant.key


def depth(place: str) -> int:
    record = records()[place]
    above = next((f.reference for f in record.facts if f.field in ("parent", "framework") and f.leading), None)
    return 0 if above is None else 1 + depth(by_key()[above].at)


def carries_link(slug: str, name: str, value: str, place: str) -> bool:
    """A link that became a column: one end is the record, the other what the column names."""
    link = values.data()["records"][slug]["fields"]
    record, f = records()[place.split("#")[0]], statement(place)
    booked = {g.reference for g in record.facts if g.field == "booked"}
    ends = {link["from"]["value"], link["to"]["value"]}
    return f.reference is None or ends <= {record.key, f.reference} | booked


def arrived(slug: str, name: str, field: dict) -> bool:
    value, places = field["value"], field["to"]
    match field["as"]:
        case "text":
            return all(statement(p).value == original(field) for p in places)
        case "set":
            members = [by_key()[key].columns["iso2"] for p in places for key in statement(p).references]
            return members == value
        case "plain":
            return all(statement(p).value == original(field) and not statement(p).value_cs for p in places)
        case "date":
            return all(statement(p).value == values.edtf(value) for p in places)
        case "span":
            return tuple(statement(p).value for p in places) == SPANS[value]
        case "null":
            return value is None and all(statement(p).value is None for p in places)
        case "code":
            return all(statement(p).value == CODES[value] and statement(p).value_en == said(value) for p in places)
        case "money":
            return all(statement(p).value == f"EUR {value * 100}" for p in places)
        case "currency":
            return all(statement(p).value.startswith(f"{value} ") for p in places)
        case "ref":
            return all(statement(p).reference == value for p in places)
        case "iso":
            return all(statement(p).reference == f"country-{value.lower()}" for p in places)
        case "words":
            named = [statement(p).reference or records()[p.split("#")[0]].columns["participant"] for p in places]
            return all(by_key()[key].name_en == value for key in named)
        case "named":
            return all({statement(p).reference} == WHO[value] and statement(p).value_en == value for p in places)
        case "level":
            return [depth(p) for p in places] == [value]
        case "mentioned":
            return value is True and [statement(p).field for p in places] == ["name"]
        case "mention":
            return all(statement(p).value_cs and statement(p).value_en for p in places)
        case "ambiguous_status":
            f = statement(places[0])
            return f.value is None and f.precision == "ambiguous" and f.value_en == value
        case "participation":
            column = {"entity": "within", "event": "within", "participant": "participant"}[name]
            return [records()[p.split("#")[0]].columns[column] for p in places] == [value]
        case "role":
            return all(statement(p).value_en == value for p in places) and all(
                records()[p.split("#")[0]].columns["role"] == statement(p).value for p in places
            )
        case "participations":
            wanted = set(value) if isinstance(value, list) else {value}
            found = {who(p) for p in places}
            return found == {one for item in wanted for one in WHO.get(item, {item})} and len(places) == len(found)
        case "link":
            return bool(places) and all(carries_link(slug, name, value, p) for p in places)
        case "link_end":
            return [records()[p.split("#")[0]].columns[name] for p in places] == [value]
        case "relation":
            return [statement(p).value for p in places] == [RELATIONS.get(value, value)]
        case "further_framework":
            link = values.data()["records"][slug]["fields"]
            return link["to"]["value"] in statement(f"{places[0]}#further_frameworks").references
    raise AssertionError(f"no such form: {field['as']}")


def keeps_certainty_and_sources(slug: str, name: str, field: dict) -> bool:
    carried = [statement(place) for place in field["to"]]
    cited = {(c.document, c.place, c.quotation) for f in carried for c in f.citations}
    wanted = set(values.quotes(field))
    if (slug, name) == ("eris", "end_public"):
        wanted = {q for q in wanted if "January 2015" in q[2]}  # the closing workshop is a statement of its own
    return {f.certainty for f in carried} == {values.CERTAINTIES[field["certainty"]]} and wanted <= cited


def keeps_precision(slug: str, name: str, field: dict) -> bool:
    told = values.precision(field["precision"])
    for f in map(statement, field["to"]):
        if f.precision != told and ((slug, name) not in LESS_PRECISE or f.precision not in ("inferred", "ambiguous")):
            return False
        dated = field["as"] in ("date", "span") and told in ("day", "month", "year")
        if dated and {When(end).precision for end in f.value.split("/")} != {told}:
            return False
    return True


@pytest.mark.parametrize("slug", values.data()["records"])
def test_each_value_of_the_data_file_arrives(slug):
    told = values.data()["records"][slug]["fields"]
    assert [name for name, field in told.items() if not field["to"] or not arrived(slug, name, field)] == []


@pytest.mark.parametrize("slug", values.data()["records"])
def test_each_value_keeps_its_certainty_and_its_sources(slug):
    told = {n: f for n, f in values.data()["records"][slug]["fields"].items() if f["as"] not in ON_RECORDS}
    assert [name for name, field in told.items() if not keeps_certainty_and_sources(slug, name, field)] == []


@pytest.mark.parametrize("slug", values.data()["records"])
def test_no_value_is_more_precise_than_the_data_file_says(slug):
    told = {
        n: f for n, f in values.data()["records"][slug]["fields"].items() if f["as"] not in (*ON_RECORDS, *IDENTITY)
    }
    assert [name for name, field in told.items() if not keeps_precision(slug, name, field)] == []


def test_dates_are_written_as_precisely_as_their_statement_says():
    for record in records().values():
        for f in record.facts:
            if isinstance(canonical(record.kind, f), When) and f.precision in ("day", "month", "year"):
                assert {When(end).precision for end in f.value.split("/")} == {f.precision}, f"{record.at}#{f.field}"


def test_every_record_keeps_its_names_and_its_placeholder_mark():
    for slug, told in values.data()["records"].items():
        if slug in by_key():
            record = by_key()[slug]
            assert (record.name_cs, record.name_en) == (told["name_cs"], told["name_en"]), slug
            assert record.placeholder == told["placeholder"], slug


def test_the_names_of_records_say_where_they_are_from():
    for slug, told in values.data()["records"].items():
        if slug in by_key() and told["origin"] != "composed" and told["in"] not in ("participations", "links"):
            name = next(f for f in by_key()[slug].facts if f.field == "name" and f.leading)
            assert name.precision_note, slug


def test_notes_of_the_data_file_stand_in_both_languages():
    for slug, told in values.data()["records"].items():
        if slug in by_key() and told["note"]:
            assert by_key()[slug].note_cs, slug
            assert by_key()[slug].note_en, slug


def test_what_the_documents_do_not_contain_is_not_marked_as_theirs():
    for slug, told in values.data()["records"].items():
        if slug in by_key():
            assert (by_key()[slug].certainty == "document") == told["in_seed"], slug


def test_what_waits_for_later_kinds_is_not_there_yet():
    assert values.data()["left_for_later"] == []
    assert not set(values.data()["left_for_later"]) & set(by_key())
