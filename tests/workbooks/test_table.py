"""A table in a workbook, read back with openpyxl."""

from __future__ import annotations

import io
from datetime import datetime
from zipfile import ZipFile

import pytest

from portal.kernel.when import When
from portal.workbooks.columns import Column, Disputed, Sheet
from tests.workbooks import toy


def on(day: str) -> datetime:
    """A day as openpyxl reads it back."""
    return datetime.fromisoformat(day)


def test_heads_stand_in_both_languages_the_own_one_first():
    data, table = toy.written(toy.ROWS)
    ws = toy.read(data).active
    assert ws[f"{table.letters['name']}{table.head}"].value == "Název\nName"
    data, table = toy.written(toy.ROWS, lang="en")
    assert toy.read(data).active[f"{table.letters['name']}{table.head}"].value == "Name\nNázev"


def test_machine_keys_stand_in_a_hidden_row_above_the_head():
    data, table = toy.written(toy.ROWS)
    ws = toy.read(data).active
    assert ws.row_dimensions[table.head - 1].hidden
    assert [cell.value for cell in ws[table.head - 1]] == [
        "id", "name", "start", "start_from", "start_to", "day", "number", "amount_about", "amount", "amount_currency",
        "counts", "web", "text", "note",
    ]  # fmt: skip


def test_only_a_full_day_is_a_date():
    rows = toy.data_rows(*toy.written(toy.ROWS))
    assert rows[0]["start"] == on("2014-08-27")
    assert rows[1]["start"] == "únor\u00a02013"
    assert (rows[1]["start_from"], rows[1]["start_to"]) == (on("2013-02-01"), on("2013-02-28"))
    assert (rows[2]["start"], rows[2]["start_to"]) == ("od\u00a0února\u00a02013", "trvá")
    assert rows[5]["start"] == "asi\u00a02012"


def test_a_day_before_excel_counts_stands_in_words():
    rows = toy.data_rows(*toy.written([toy.row(start=toy.When("1899-12-31"))]))
    assert rows[0]["start"] == "31.\u00a012.\u00a01899"


def test_a_planned_day_is_a_date_that_says_it_is_planned():
    data, table = toy.written(toy.ROWS)
    cell = toy.read(data).active[f"{table.letters['start']}{table.first + 3}"]
    assert cell.value == on("2025-03-31")
    assert cell.number_format.startswith('"plán:')


def test_a_disputed_day_is_a_date_that_says_that_sources_disagree():
    rows = [toy.row(1, start=Disputed(When("2025-03-31"))), toy.row(2, start=Disputed(When("2025-03")))]
    data, table = toy.written(rows)
    whole, month = (toy.read(data).active[f"{table.letters['start']}{table.first + n}"] for n in (0, 1))
    assert whole.value == on("2025-03-31") and whole.number_format.endswith('(rozpor)"')
    assert month.value == "březen\u00a02025 (rozpor)"


def test_money_is_a_number_with_its_currency_and_its_mark():
    rows = toy.data_rows(*toy.written(toy.ROWS))
    assert [(r["amount_about"], r["amount"], r["amount_currency"]) for r in rows] == [
        (None, 600000, "EUR"),
        ("≈", 3600000, "EUR"),
        ("≈", 50, "EUR"),
        (None, "v rámci iniciativy", None),
        (None, 1000, "JPY"),
        (None, "neuvedeno", "neuvedeno"),
    ]


def test_amounts_are_shown_with_the_decimals_of_their_currency():
    data, table = toy.written(toy.ROWS)
    ws = toy.read(data).active
    letter = table.letters["amount"]
    assert ws[f"{letter}{table.first}"].number_format == "#,##0.00"
    assert ws[f"{letter}{table.first + 4}"].number_format == "#,##0"


def test_unknown_is_said_and_never_zero_or_empty():
    rows = toy.data_rows(*toy.written([toy.row(name="", counts=None)]))
    known = {"id": 1, "amount_about": None, "note": None}
    assert rows[0] == dict.fromkeys(rows[0], "neuvedeno") | known


@pytest.mark.parametrize(
    "typed", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A0", "#N/A", "\t=1", '=HYPERLINK("http://x")']
)
def test_text_is_never_a_formula(typed):
    data, table = toy.written([toy.row(name=typed, text=typed)])
    ws = toy.read(data).active
    for key in ("name", "text"):
        cell = ws[f"{table.letters[key]}{table.first}"]
        assert (cell.value, cell.data_type) == (typed, "s")
    name = ws[f"{table.letters['name']}{table.first}"]
    assert name.quotePrefix == (typed != "#N/A"), "a formula would come to life when the cell is edited"


def test_the_second_name_below_the_first_is_text_too():
    data, table = toy.written([toy.row(name=toy.Level("=1+1", 0, False, "@x"))])
    cell = toy.read(data).active[f"{table.letters['name']}{table.first}"]
    assert (cell.value, cell.data_type) == ("=1+1\n@x", "s")


def test_a_level_of_a_tree_is_indented_and_bold():
    data, table = toy.written(toy.ROWS)
    cell = toy.read(data).active[f"{table.letters['name']}{table.first + 4}"]
    assert (cell.alignment.indent, cell.font.b, cell.value) == (2, True, "Jen\nYen")


def test_only_a_web_address_becomes_a_link():
    data, table = toy.written([toy.row(web="https://iom.int/a?b=1&c=2"), toy.row(2, web="javascript:alert(1)")])
    ws = toy.read(data).active
    first, second = (ws[f"{table.letters['web']}{table.first + n}"] for n in (0, 1))
    assert first.hyperlink.target == "https://iom.int/a?b=1&c=2"
    assert second.hyperlink is None and second.value == "javascript:alert(1)"


def test_totals_are_formulas_per_currency_over_what_counts():
    data, table = toy.written(toy.ROWS)
    ws = toy.read(data).active
    letter, currency = table.letters["amount"], table.letters["amount_currency"]
    assert [ws[f"{currency}{row}"].value for row in (4, 5)] == ["EUR", "JPY"]
    formula = ws[f"{letter}4"].value
    assert formula.startswith("=SUMPRODUCT(SUBTOTAL(109,OFFSET($I$8,")
    assert '="EUR")' in formula and '="ano")' in formula
    assert ws["A4"].value == "Součet zobrazených řádků, EUR"


def test_the_head_stays_in_sight_filters_and_repeats_in_print():
    data, table = toy.written(toy.ROWS)
    ws = toy.read(data).active
    assert ws.freeze_panes == f"C{table.first}"
    assert ws.auto_filter.ref == f"A{table.head}:N{table.last}"
    assert ws.print_title_rows == f"${table.head}:${table.head}"
    assert (ws.page_setup.orientation, ws.page_setup.fitToWidth, ws.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert ws.sheet_properties.pageSetUpPr.fitToPage
    assert ws.oddHeader.left.text == "Hračky && věci"
    assert ws.oddFooter.left.text == "Filtr: 10 && víc"
    assert ws.oddFooter.right.text == "Strana &P z &N"


def test_details_stand_last_and_are_not_printed():
    data, table = toy.written(toy.ROWS)
    ws = toy.read(data).active
    assert ws.print_area == f"'Hračky'!$A$1:$L${table.last}"
    assert list(table.letters)[-2:] == ["text", "note"]


def test_the_days_a_date_can_mean_stand_in_a_closed_group():
    data, table = toy.written(toy.ROWS)
    dimension = toy.read(data).active.column_dimensions[table.letters["start_from"]]
    assert (dimension.hidden, dimension.outlineLevel) == (True, 1)
    assert b'outlineLevelCol="1"' in sheet_xml(data)


def test_an_empty_list_is_a_sheet_with_heads():
    data, table = toy.written([])
    ws = toy.read(data).active
    assert ws.max_row == table.head
    assert ws.auto_filter.ref == f"A{table.head}:N{table.head}"


def test_rows_are_as_high_as_their_text():
    data, table = toy.written([toy.row(name="slovo " * 60), toy.row(2)])
    ws = toy.read(data).active
    tall, low = (ws.row_dimensions[table.first + n].height for n in (0, 1))
    assert tall > 8 * low
    xml = sheet_xml(data)
    assert b"customHeight" not in xml[xml.index(b'<row r="7"') :], "a fixed height would cut text that somebody adds"


def sheet_xml(data: bytes) -> bytes:
    """The XML of the first sheet."""
    return ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_two_columns_of_a_file_never_share_a_key():
    clash = Sheet(
        "clash", "x", "x",
        (
            Column("amount", "a", "a", "money", toy.of("amount")),
            Column("amount_currency", "b", "b", "text", toy.of("b")),
        ),
    )  # fmt: skip
    with pytest.raises(ValueError, match="amount_currency"):
        toy.written([], clash)


def test_a_wrong_declaration_is_refused():
    with pytest.raises(ValueError, match="unknown kind"):
        Column("x", "x", "x", "colour", toy.of("x"))
    with pytest.raises(ValueError, match="only dates"):
        Column("x", "x", "x", "text", toy.of("x"), bounds=True)
    with pytest.raises(ValueError, match="stands twice"):
        Sheet("x", "x", "x", (toy.SHEET.columns[0], toy.SHEET.columns[0]))
    with pytest.raises(ValueError, match="no flag"):
        Sheet("x", "x", "x", toy.SHEET.columns, counted_by="name")


def test_a_number_that_is_a_text_is_a_fault_of_the_program():
    with pytest.raises(TypeError, match="whole number"):
        toy.written([toy.row(number="3")])
