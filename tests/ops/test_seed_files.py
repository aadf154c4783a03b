"""Reading the seed files: a contradiction is found before anything is loaded, and named with its place."""

from __future__ import annotations

import json

import pytest

from portal.ops.seed_files import FILES, SeedError, leading, read_portfolio

DOCUMENT = {
    "key": "page", "name_cs": "Stránka", "name_en": "Page", "certainty": "public", "facts": [], "origin": "public",
}  # fmt: skip


def stated(field: str, value: str | None, **changes: object) -> dict:
    fact = {"field": field, "value": value, "precision": "exact", "certainty": "public", "leading": True}
    return fact | {"citations": [{"document": "page", "quotation": "words"}]} | changes


def project(*facts: dict, key: str = "bridge", **changes: object) -> dict:
    entry = {"key": key, "name_cs": "Most", "name_en": "Bridge", "certainty": "public", "facts": list(facts)}
    return entry | changes


@pytest.fixture
def folder(tmp_path):
    """A seed folder with one document; called with projects, it writes them and returns itself."""

    def write(*projects: dict):
        (tmp_path / "portfolio").mkdir(exist_ok=True)
        for kind, name in FILES.items():
            entries = {"document": [DOCUMENT], "project": list(projects)}.get(kind, [])
            (tmp_path / "portfolio" / f"{name}.json").write_text(json.dumps(entries), encoding="utf-8")
        return tmp_path

    return write


def problems(folder) -> list[str]:
    with pytest.raises(SeedError) as caught:
        read_portfolio(folder)
    return caught.value.problems


def test_records_come_after_those_they_refer_to(folder):
    part = project(stated("umbrella", "@whole"), key="part")
    assert [r.key for r in read_portfolio(folder(part, project(key="whole")))] == ["page", "whole", "part"]


def test_the_leading_statement_is_found(folder):
    later = stated("actual_end", "2016", precision="year", leading=False)
    record = read_portfolio(folder(project(stated("actual_end", "2017-06", precision="month"), later)))[1]
    assert leading(record, "actual_end").value == "2017-06"
    assert leading(record, "acronym") is None


@pytest.mark.parametrize(
    ("fact", "problem"),
    [
        (stated("umbrella", "@nobody"), "projects/bridge: there is no record 'nobody'"),
        (stated("actual_end", "2017-13", precision="month"), "projects/bridge#actual_end: "),
        (stated("amount", "EUR many"), "projects/bridge#amount: "),
        (stated("topic", "bridges"), "projects/bridge#topic: the Czech text is missing"),
        (stated("umbrella", "bridge"), "projects/bridge#umbrella: 'bridge' is no reference"),
        (stated("acronym", "B", precision="sharp"), "projects/bridge#acronym: unknown precision 'sharp'"),
        (stated("acronym", "B", certainty="sworn"), "projects/bridge#acronym: unknown certainty 'sworn'"),
        (stated("acronym", "B", citations=[]), "projects/bridge#acronym: no source is cited"),
        (stated("acronym", None), "projects/bridge#acronym: a value not stated must be null, and only such a one"),
        (stated("acronym", "B", citations=[{"document": "bridge"}]), "projects/bridge#acronym: there is no document"),
    ],
)
def test_a_statement_that_cannot_be_is_named_with_its_place(folder, fact, problem):
    found = problems(folder(project(fact)))
    assert len(found) == 1
    assert found[0].startswith(problem)


def test_two_leading_statements_of_one_field_are_refused(folder):
    found = problems(folder(project(stated("acronym", "A"), stated("acronym", "B"))))
    assert found == ["projects/bridge#acronym: 2 statements lead"]


def test_a_key_stands_once_over_all_kinds(folder):
    assert problems(folder(project(key="page"))) == ["page: the key stands 2 times"]


def test_records_that_refer_to_each_other_in_a_ring_are_refused(folder):
    ring = project(stated("umbrella", "@b"), key="a"), project(stated("umbrella", "@a"), key="b")
    assert problems(folder(*ring)) == [
        "projects/a: refers to itself through others",
        "projects/b: refers to itself through others",
    ]


def test_a_name_and_a_note_stand_in_both_languages(folder):
    found = problems(folder(project(name_en="", note_cs="jen česky")))
    assert found == ["projects/bridge: a name is missing", "projects/bridge: the note is in one language only"]


def test_an_unknown_word_in_a_statement_is_refused(folder):
    with pytest.raises(SeedError, match=r"projects.json: bridge: .*colour"):
        read_portfolio(folder(project(stated("acronym", "B", colour="red"))))
