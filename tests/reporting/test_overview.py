"""The overview for the Commission on the seed portfolio: what it says, what it leaves out, and on what it rests."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from openpyxl.utils import get_column_letter
from sqlalchemy import select

from portal.kernel.record import Record
from tests.reporting import taken

SHEETS = {
    "cs": [
        "Úvod", "Rámce a dialogy", "Projekty", "Milníky", "Ukazatele", "Jednání", "Právní a koncepční dokumenty", "Partneři",
        "Financování", "Rozpory zdrojů", "Zdroje",
    ],
    "en": [
        "Cover", "Frameworks and dialogues", "Projects", "Milestones", "Indicators", "Events", "Legal and policy documents",
        "Partners", "Funding", "Contradictions", "Sources",
    ],
}  # fmt: skip
INITIATIVE = "Cílená iniciativa na implementaci Akčního plánu Pražského procesu"


@pytest.fixture
def documents(read_as):
    return taken.workbook(read_as("viewer", lang="cs"))


@pytest.fixture
def public(read_as):
    return taken.workbook(read_as("viewer", lang="cs"), "?certainty=public")


def first_line(text: str) -> str:
    return text.split("\n")[0]


@pytest.mark.parametrize("lang", ["cs", "en"])
def test_it_has_a_cover_and_ten_tables_in_the_language_asked_for(read_as, lang):
    book = taken.workbook(read_as("viewer", lang="cs" if lang == "en" else "en"), f"?in={lang}")
    assert book.sheetnames == SHEETS[lang]
    cover = [str(cell.value) for cell in book.worksheets[0]["B"] if cell.value]
    own, other = (
        ("Přehled mezinárodní", "Overview of international") if lang == "cs" else ("Overview of", "Přehled mezi")
    )
    assert cover[0].startswith(own) and cover[2].startswith(other)
    department = (
        "Ministerstvo vnitra České republiky, odbor" if lang == "cs" else "Ministry of the Interior of the Czech"
    )
    assert cover[3].startswith(department)


def test_by_the_three_documents_600000_stands_there_exactly_once(documents):
    assert len(taken.numbers(documents, 600000)) == 1
    [place] = taken.numbers(documents, 600000)
    assert place.startswith("Financování!")
    flows = taken.table(documents["Financování"])
    assert [(f["Tok"], f["Částka"], f["Měna"], f["Započítává se"]) for f in flows] == [
        ("Dodatečná podpora Evropské komise Cílené iniciativě", 600000, "EUR", "ano"),
        ("Financování projektu ERIS z Tematického programu", "neuvedeno", "neuvedeno", "ne"),
    ]
    assert flows[0]["Úroveň"] == "zastřešující projekt"
    assert flows[0]["Vedeno u"].endswith(INITIATIVE)
    assert flows[0]["Nástroj"] == "neuvedeno"
    assert flows[0]["Zahrnuto v"] is None, "what a public source infers is not in an overview of documents"


def test_no_part_of_the_initiative_has_an_amount_of_its_own(documents):
    rows = taken.table(documents["Projekty"])
    [whole] = [r for r in rows if first_line(r["Projekt"]) == INITIATIVE]
    assert (whole["Částka"], whole["Toky"], whole["Celek a části"]) == ("známo", "F1", "zastřešující projekt, 7 částí")
    parts = [r for r in rows if r["Celek a části"] == f"část {whole['Č.']}"]
    assert len(parts) == 7
    assert {(r["Částka"], r["Toky"]) for r in parts} == {("v rámci iniciativy", "F1")}


def test_with_public_sources_the_included_sum_does_not_add(public):
    assert len(taken.numbers(public, 600000)) == 1
    flows = {f["Tok"]: f for f in taken.table(public["Financování"])}
    top_up = flows["Dodatečná podpora Evropské komise Cílené iniciativě"]
    assert (top_up["Započítává se"], top_up["Proč ne"]) == ("ne", "zahrnuto v jiném toku")
    assert top_up["Zahrnuto v"].startswith("F1 (")
    whole = flows["Grant Evropské komise na Cílenou iniciativu Pražského procesu (celkem)"]
    assert (whole["≈"], whole["Částka"], whole["Započítává se"]) == ("≈", 3600000, "ano")


def test_totals_and_coverage_are_formulas(public):
    ws = public["Financování"]
    total = taken.labelled(ws, "Započteno celkem, EUR")
    letter = {cell.value: get_column_letter(cell.column) for cell in ws[taken.head_row(ws)]}
    amount = letter["Částka\nAmount"]
    formula = ws[f"{amount}{total[0].row}"].value
    assert re.fullmatch(r'=SUMIFS\(\$L\$\d+:\$L\$\d+,\$M\$\d+:\$M\$\d+,"EUR",\$O\$\d+:\$O\$\d+,"ano"\)', formula), (
        formula
    )
    known = taken.labelled(ws, "je známa jejich vlastní částka")
    assert ws[f"{amount}{known[0].row}"].value.startswith("=COUNTIF('Projekty'!")
    cover = public.worksheets[0]
    assert taken.labelled(cover, "Celkem, EUR", 2)[2].value == f"='Financování'!{amount}{total[0].row}"
    assert taken.labelled(cover, "Celkem, EUR", 2)[2].number_format.startswith('"≈')
    assert taken.labelled(cover, "Pokrytí", 2)[2].value.startswith('="částka je známa u "&')


def test_projects_without_a_known_amount_are_listed_with_the_reason(documents):
    ws = documents["Financování"]
    row = taken.labelled(ws, "Projekty bez známé částky")[0].row + 1
    gaps = {}
    while ws.cell(row, 1).value:
        gaps[first_line(ws.cell(row, 2).value)] = ws.cell(row, 3).value
        row += 1
    assert len(gaps) == 4
    [eris] = [name for name in gaps if "(ERIS)" in name]
    assert gaps[eris] == "zdroj částku neuvádí"
    assert gaps["Vlajkový projekt v rámci Partnerství pro mobilitu s Gruzií"] == "není veden žádný tok"


def test_frameworks_stand_in_the_order_of_the_tree(documents):
    rows = taken.table(documents["Rámce a dialogy"])
    levels = {first_line(r["Rámec"]): r["Úroveň"] for r in rows}
    assert levels["Vnější migrační politika Evropské unie"] == 1
    assert levels["Globální přístup k migraci a mobilitě"] == 2
    assert levels["Pražský proces"] == 4
    names = list(levels)
    above = "Východní a jihovýchodní dimenze Globálního přístupu k migraci"
    assert names.index("Pražský proces") == names.index(above) + 1
    assert "Partnerství pro mobilitu s Ázerbájdžánem" not in names, "the documents do not know it"


def test_what_only_public_sources_state_is_missing_without_them(documents, public):
    def prague(book):
        return next(r for r in taken.table(book["Rámce a dialogy"]) if first_line(r["Rámec"]) == "Pražský proces")

    assert prague(documents)["Zahájení"] == "neuvedeno"
    assert prague(public)["Zahájení"] == datetime.fromisoformat("2009-04-28")
    assert "Polsko" not in prague(documents)["Účastníci"]
    assert "vede: Polsko" in prague(public)["Účastníci"]


def test_things_are_called_as_the_documents_call_them(documents, public):
    names = [first_line(r["Projekt"]) for r in taken.table(documents["Projekty"])]
    assert names.count("jeden z „dalších 3 projektů“") == 3
    assert not any("veřejně" in name for name in names)
    assert any("veřejně Pilotní projekt 5" in first_line(r["Projekt"]) for r in taken.table(public["Projekty"]))


def test_dates_are_no_more_precise_than_their_source(documents):
    rows = {first_line(r["Projekt"]): r for r in taken.table(documents["Projekty"])}
    flagship = rows["Vlajkový projekt v rámci Partnerství pro mobilitu s Gruzií"]
    assert (flagship["Začátek"], flagship["Konec"], flagship["Stav"]) == ("2010", "2013", "ukončeno")
    [eris] = [r for name, r in rows.items() if "(ERIS)" in name]
    assert (eris["Začátek"], eris["Konec"]) == ("únor\u00a02013", "neuvedeno")
    assert (eris["Stav"], eris["Základ stavu"]) == ("v realizaci", "k 27.\u00a08.\u00a02014")
    [capacity] = [r for name, r in rows.items() if "posilování migračních kapacit" in name]
    assert capacity["Stav"] == "nelze určit"


def test_every_row_of_facts_refers_to_footnotes_that_are_there(public):
    notes = {row["Č."]: row for row in taken.table(public["Zdroje"])}
    assert list(notes) == list(range(1, len(notes) + 1))
    used = set()
    for name in SHEETS["cs"][1:9]:
        for row in taken.table(public[name]):
            text = row["Zdroje (čísla na listu Zdroje)"]
            assert text, f"{name}: {row['Č.']} rests on nothing"
            used |= {int(n) for n in re.findall(r"[●○◊](\d+)", text)}
    used |= {
        int(n)
        for r in taken.table(public["Rozpory zdrojů"])
        for n in re.findall(r"\d+", r["Zdroje (čísla na listu Zdroje)"] or "")
    }
    assert used == set(notes)


def test_a_footnote_gives_title_publisher_date_address_and_quotation(documents):
    rows = taken.table(documents["Zdroje"])
    [money] = [r for r in rows if "dodatečně 600 000 EUR" in r["Citát"]]
    assert money["Zdroj"] == "Mezinárodní spolupráce"
    assert money["Vydal"] == "Ministerstvo vnitra České republiky"
    assert money["Datum zdroje"] == datetime.fromisoformat("2014-08-27")
    assert money["Adresa"].startswith("https://www.mvcr.cz/")
    assert money["Jak je zapsán"] == "doslovná citace"
    assert "částka" in money["Co dokládá"]
    assert {r["Jak je zapsán"] for r in rows} == {"doslovná citace"}, (
        "documents of the ministry are quoted word for word"
    )


def test_marks_say_how_sure_each_value_is(documents, public):
    texts = [
        r["Zdroje (čísla na listu Zdroje)"] or "" for name in SHEETS["cs"][1:9] for r in taken.table(documents[name])
    ]
    assert "●" in "".join(texts) and "○" not in "".join(texts) and "◊" not in "".join(texts)
    texts = [r["Zdroje (čísla na listu Zdroje)"] or "" for name in SHEETS["cs"][1:9] for r in taken.table(public[name])]
    assert "●" in "".join(texts) and "○" in "".join(texts)


def test_sources_that_disagree_stand_side_by_side(public):
    rows = taken.table(public["Rozpory zdrojů"])
    concluded = [r for r in rows if r["Údaj"] == "Uzavřeno s"]
    assert len(concluded) == 2
    assert [r["Vedoucí údaj"] for r in concluded] == ["vedoucí údaj", None]
    assert "Moldavsko; Gruzie; Arménie" in concluded[0]["Co se uvádí"]
    assert "Ázerbájdžán" in concluded[1]["Co se uvádí"]
    twins = [r for r in rows if r["Údaj"] == "může jít o totéž jako"]
    assert len(twins) == 1
    assert "Podpora reintegrace gruzínských navrátilců" in twins[0]["Čeho se týká"] + twins[0]["Co se uvádí"]


def test_partners_say_what_they_do_where(public):
    rows = {first_line(r["Partner"]): r for r in taken.table(public["Partneři"])}
    icmpd = rows["Mezinárodní centrum pro rozvoj migračních politik (ICMPD)"]
    assert icmpd["Druh"] == "mezinárodní organizace"
    assert "administrace: P" in icmpd["Účast v projektech"]
    assert "sekretariát: Pražský proces" in icmpd["Účast v rámcích a dialozích"]
    assert rows["Evropská komise"]["Toky"]
    kinds = [r["Druh"] == "země" for r in rows.values()]
    assert kinds == sorted(kinds), "organisations first, then states"


def test_one_framework_can_be_taken_with_all_below_it(read_as, seeded):
    from tests.addresses import Samples

    client = read_as("viewer", lang="cs")
    georgia = Samples(client.app, seeded).ids["mp-georgia"]
    book = taken.workbook(client, f"?certainty=public&framework={georgia}")
    assert [first_line(r["Rámec"]) for r in taken.table(book["Rámce a dialogy"])] == [
        "Partnerství pro mobilitu s Gruzií"
    ]
    names = {first_line(r["Projekt"]) for r in taken.table(book["Projekty"])}
    assert "Podpora reintegrace gruzínských navrátilců a implementace readmisní dohody mezi EU a Gruzií" in names
    assert INITIATIVE not in names
    assert taken.numbers(book, 600000) == []
    assert len(taken.numbers(book, 3000000)) == 1
    assert "Partnerství pro mobilitu s Gruzií se vším" in taken.labelled(book.worksheets[0], "Rozsah", 2)[2].value


def test_unknown_is_never_zero_and_never_empty(public):
    for name in ("Rámce a dialogy", "Projekty"):
        for row in taken.table(public[name]):
            for head, value in row.items():
                if head not in ("Základ stavu", "Toky"):
                    assert value not in (None, ""), f"{name} {row['Č.']}: {head}"
    assert taken.numbers(public, 0) == [] or all("Rámce" in place for place in taken.numbers(public, 0))


def test_the_same_data_and_moment_give_the_same_bytes(seeded_as):
    client = seeded_as("viewer", lang="cs")
    from sqlalchemy import func, select

    from portal.kernel.transaction import Change

    with client.app.app_context():
        from portal.kernel.db import db

        change = db.session.scalar(select(func.max(Change.id)))
    first = taken.data(client, "?certainty=public&in=en", f"/k/{change}")
    second = taken.data(client, "?certainty=public&in=en", f"/k/{change}")
    assert first == second


def test_every_table_is_ready_to_read_and_to_print(public):
    for ws in public.worksheets[1:]:
        head = taken.head_row(ws)
        assert ws.print_title_rows == f"${head}:${head}"
        assert ws.page_setup.orientation == "landscape" and ws.sheet_properties.pageSetUpPr.fitToPage
        assert ws.auto_filter.ref.startswith(f"A{head}:")
        assert not any(row.hidden for row in ws.row_dimensions.values())
        assert not any(column.hidden for column in ws.column_dimensions.values())
    assert public.worksheets[0].page_setup.orientation == "portrait"


def test_meetings_are_told_by_the_sources_relied_on(public, documents):
    told = {r["Jednání"]: r for r in taken.table(documents["Jednání"])}
    assert len(told) == 4 and len(taken.table(public["Jednání"])) == 25
    summit = next(row for name, row in told.items() if "Border Security Summit" in name)
    assert (summit["Počet účastníků"], summit["Místo"], summit["Rámec nebo projekt"]) == (40, "Londýn", "samostatně")
    assert summit["Hostitel"] == "neuvedeno" and "Vít Rakušan" in summit["Účastníci"]
    by_both = next(r for r in taken.table(public["Jednání"]) if "Border Security Summit" in r["Jednání"])
    assert "Keir Starmer" in by_both["Hostitel"]


def test_legal_documents_are_told_with_what_rests_on_them(public, documents, read_as, seeded):
    rows = {first_line(r["Dokument"]): r for r in taken.table(documents["Právní a koncepční dokumenty"])}
    assert len(rows) == 9
    directive = next(row for name, row in rows.items() if "2004/81/ES" in name)
    assert (directive["Druh"], directive["Vstup v platnost"]) == ("směrnice EU", "neuvedeno")
    assert "○" not in directive["Zdroje (čísla na listu Zdroje)"]
    rows = taken.table(public["Právní a koncepční dokumenty"])
    assert any(row["Vstup v platnost"] != "neuvedeno" for row in rows)
    readmission = next(row for row in rows if "Readmisní dohoda" in row["Dokument"])
    assert readmission["Čeho je základem"] not in (None, "nic zapsáno")
    georgia = seeded.scalars(select(Record).where(Record.key == "mobility-partnership")).one()
    below = taken.workbook(read_as("viewer", lang="cs"), f"?framework={georgia.id}&certainty=all")
    told = taken.table(below["Právní a koncepční dokumenty"])
    assert len(told) < len(rows)
    assert all(row["Čeho je základem"] not in (None, "nic zapsáno") for row in told)
