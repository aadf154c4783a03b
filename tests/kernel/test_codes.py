"""Code lists: labels in both languages, what may be chosen, and files that are not as they should be."""

from __future__ import annotations

import json

import pytest

from portal.kernel import codes


def written(**changes: object) -> str:
    row = {"code": "1", "cs": "příprava", "en": "pipeline"}
    return json.dumps({"list": "stages", "origin": "own", "order": "given", "codes": [row]} | changes)


@pytest.mark.parametrize("name", codes.names())
def test_every_list_can_be_read(name):
    assert codes.code_list(name).codes


def test_a_code_has_a_name_in_both_languages():
    assert codes.label("activity_status", "2", "cs") == "v realizaci"
    assert codes.label("activity_status", "2", "en") == "Implementation"
    assert codes.label("countries", "GE", "cs") == "Gruzie"
    assert codes.label("countries", "XK", "en") == "Kosovo*"


def test_a_code_no_list_knows_is_shown_as_it_is_and_none_as_nothing():
    assert codes.label("activity_status", "77", "cs") == "77"
    assert codes.label("activity_status", None, "cs") == ""


def test_a_name_missing_in_czech_falls_back_visibly():
    assert codes.label("sectors", "12320", "cs") == "Tobacco use control [en]"
    assert codes.label("sectors", "15190", "cs").startswith("Usnadňování řádné, bezpečné")


def test_an_unknown_list_is_an_error():
    with pytest.raises(KeyError, match="no code list 'colours'"):
        codes.label("colours", "red", "cs")


def test_choices_follow_czech_order_where_names_decide():
    offered = [label for _, label in codes.choices("countries", "cs")]
    assert len(offered) == 250
    assert offered.index("Honduras") < offered.index("Chile") < offered.index("Indie")
    assert offered.index("Česká republika") > offered.index("Curaçao")


def test_choices_keep_the_order_of_the_file_and_may_begin_with_none():
    assert codes.choices("lights", "cs", blank=True) == [
        ("", ""), ("ok", "v pořádku"), ("warn", "pozor"), ("bad", "vážné"),
    ]  # fmt: skip


def test_a_withdrawn_code_is_named_but_not_offered():
    assert codes.label("sectors", "15140", "en") == "Government administration"
    assert "15140" not in dict(codes.choices("sectors", "en"))


def test_every_offered_code_of_every_list_but_sectors_has_a_czech_and_an_english_name():
    bare = {
        (name, code.code)
        for name in codes.names()
        for code in codes.code_list(name).codes.values()
        if not code.withdrawn and not (code.cs and code.en)
    }
    assert {name for name, _ in bare} == {"sectors"}
    assert not {code for _, code in bare if code.startswith(("111", "112", "113", "114", "151", "152", "930"))}


def test_a_fact_is_labelled_by_its_kind_first():
    assert codes.fact_label("flow", "type_code", "cs") == "Druh toku"
    assert codes.fact_label("organisation", "type_code", "cs") == "Typ podle IATI"
    assert codes.fact_label("project", "shoe_size", "cs") == "shoe_size"


@pytest.mark.parametrize(
    "broken",
    [
        written(list="phases"),
        written(origin=""),
        written(order="random"),
        written(codes=[{"code": "1", "cs": "a", "en": "a"}, {"code": "1", "cs": "b", "en": "b"}]),
        written(codes=[{"code": "1", "cs": "", "en": ""}]),
        written(codes=[{"code": "1", "cs": "a ", "en": "a"}]),
    ],
)
def test_a_broken_file_is_refused_by_name(broken):
    with pytest.raises(ValueError, match="code list stages"):
        codes.read(broken, "stages")
