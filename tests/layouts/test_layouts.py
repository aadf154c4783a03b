"""Each layout in both languages: the same bytes for the same data, right in another program, honest about what is not known."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.layouts.order import Choices
from portal.layouts.places import Made
from portal.layouts.registry import offered, suited
from portal.register import making
from tests.factories import changing, funding, obligations
from tests.machine import needs
from tests.workbooks import sheets

WHO = Actor(1, "Jana Malá", "editor", everywhere=True, unseen=frozenset())
OF = {
    "portfolio": "mobility-partnership", "scoreboard": "mobility-partnership", "annual": "prague-process",
    "project": "prague-process-targeted-initiative",
}  # fmt: skip
"""What each layout is made of here."""


@pytest.fixture
def make(seeded_engine, seeded_app) -> Iterator[Callable[..., Made]]:
    """`make("annual", "cs")`: the file of a layout on the seed portfolio, by documents and public sources."""
    with transaction.unit(seeded_engine) as s, changing(s):
        of = {r.key: r for r in s.scalars(select(Record).where(Record.key.in_(OF.values())))}
        reports = {key: obligations.due_report(s, record).id for key, record in of.items()}
    with transaction.unit(seeded_engine) as s:
        last = making.last_change(s)

    def made(key: str, lang: str, of: str = "", **chosen) -> Made:
        report = reports[of or OF[key]]
        return making.make(
            seeded_engine, WHO, last, report, Choices(key, lang, chosen.pop("certainty", "public"), **chosen)
        )

    with seeded_app.test_request_context():
        yield made


def texts(book) -> set[str]:
    return {str(cell.value) for ws in book for row in ws.iter_rows() for cell in row if cell.value is not None}


@needs("libreoffice")
def test_every_layout_in_both_languages_is_the_same_twice_and_computes_to_what_it_saved(make, tmp_path: Path) -> None:
    for key in OF:
        for lang, ours, agrees in (
            ("cs", "Rozvržení portálu, ne šablona Komise.", "souhlasí"),
            ("en", "Layout of the portal, not a template of the Commission.", "agrees"),
        ):
            one = make(key, lang, explained=True)
            assert make(key, lang, explained=True).data == one.data, (key, lang)
            book = load_workbook(io.BytesIO(one.data))
            for ws in book:
                assert ours in {cell.value for cell in ws["A"]} or ws is book.worksheets[-1]
                assert ws.freeze_panes and ws.print_title_rows and ws.page_setup.fitToWidth == 1
            saved = load_workbook(io.BytesIO(one.data), data_only=True)
            computed = sheets.recalculated(one.data, tmp_path)
            assert sheets.errors(computed) == []
            formulas = 0
            for ws in book:
                for row in ws.iter_rows():
                    for cell in row:
                        if isinstance(cell.value, str) and cell.value.startswith("="):
                            formulas += 1
                            told, found = (
                                saved[ws.title][cell.coordinate].value,
                                computed[ws.title][cell.coordinate].value,
                            )
                            assert (told or "") == (found or ""), (key, lang, ws.title, cell.coordinate)
            assert formulas and (agrees in texts(saved) or key == "annual"), (key, lang)


def test_what_is_not_known_is_said_and_marks_are_kept(make) -> None:
    told = texts(load_workbook(io.BytesIO(make("scoreboard", "cs").data)))
    assert "neuvedeno" in told and "≈" in told and any("●" in text for text in told)
    assert any("≈" in text and "EUR" in text and text.startswith("F") for text in told), (
        "an amount keeps its mark in words"
    )
    assert not any(text in ("0", "0.0") for text in told)
    empty = texts(load_workbook(io.BytesIO(make("annual", "en", "mobility-partnership", certainty="documents").data)))
    assert "Not applicable" in empty, "a table of the form is not left out"


def test_a_project_sheet_adds_the_money_of_the_project_and_its_parts_as_the_portal_does(make) -> None:
    made = make("project", "en")
    total = next(p for p in made.places if p.row == "total:known_funding:EUR:sum")
    told = next(p for p in made.places if p.row == "total:known_funding:EUR:told")
    assert "€" in total.shown or "EUR" in total.shown
    assert total.shown.removeprefix("≈ ") == told.shown and total.records
    with pytest.raises(InvalidInput) as refused:
        make("project", "en", "mobility-partnership")
    assert refused.value.errors == {"layout": "layout_needs_project"}


def test_a_kind_of_report_begins_with_its_layout(make, seeded_engine) -> None:
    with transaction.unit(seeded_engine) as s, changing(s):
        framework, project = (
            s.scalars(select(Record).where(Record.key == key)).one() for key in (OF["annual"], OF["project"])
        )
        annual, scoreboard = (obligations.due_report(s, framework, kind_code=kind) for kind in ("annual", "scoreboard"))
        money = obligations.due_report(s, funding.contract(s, project, "SML/1", currency="EUR"))
        assert [one.key for one in offered(annual, framework)] == ["portfolio", "scoreboard", "annual"]
        assert [suited(one, framework).key for one in (annual, scoreboard)] == ["annual", "scoreboard"]
        assert suited(money, project).key == "financial"
