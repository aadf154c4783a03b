"""A file of rates is looked through, then loaded as a whole; what is wrong in it is told all at once, and nothing is loaded."""

from __future__ import annotations

import hashlib
import io
from datetime import date

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.kernel.errors import Forbidden, InvalidInput, Refused
from portal.kernel.money import Money
from portal.kernel.permission import Actor
from portal.kernel.transaction import Change
from portal.rates import actions
from portal.rates.models import MonthlyRate, RateDraft, RateImport
from portal.rates.queries import book, draft, editions
from portal.rates.rules import convert
from portal.rates.rules.lines import read_lines
from portal.workbooks.reading import read
from tests.exchange.files import rows as exported
from tests.factories import accounts, changing
from tests.factories.rates import line, load

HEAD = ["měna", "měsíc", "kurz", "zdroj", "zjištěno"]
GOOD = [
    ["CZK", date(2025, 1, 1), 25.1, "InforEuro", date(2026, 1, 5)],
    ["CZK", "2025-02", "25,205", "InforEuro", "5. 1. 2026"],
    ["gel", "únor 2025", 2.9, "InforEuro", "2026-01-05"],
]


def workbook(*rows: list, sheet: str = "Kurzy") -> bytes:
    made = Workbook()
    made.active.title = sheet
    for row in (HEAD, *rows):
        made.active.append(row)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def upload(client, data: bytes, status: int = 303, name: str = "kurzy.xlsx", mark: str = "cs"):
    token = client.get("/rates/import").value("csrf_token")
    sent = {"csrf_token": token, "mark": mark, "file": (io.BytesIO(data), name)}
    return client._read(client.browser.post("/rates/import", data=sent), "/rates/import", status)


def told(page) -> list[str]:
    return [" ".join(item.get_text(" ").split()).replace(" :", ":") for item in page.soup.select("#problems li")]


def kept(engine) -> list[tuple]:
    with Session(engine) as s:
        asked = select(MonthlyRate).order_by(MonthlyRate.currency, MonthlyRate.month, MonthlyRate.edition)
        return [
            (r.currency, r.month.strftime("%Y-%m"), str(r.per_euro), r.edition, r.current) for r in s.scalars(asked)
        ]


def test_a_file_is_seen_before_it_is_loaded_and_superseding_needs_a_reason(client_as, engine) -> None:
    client = client_as("reporting_officer", lang="cs")
    data = workbook(*GOOD)
    assert upload(client, data).location == "/rates/import"
    page = client.get("/rates/import")
    assert "Nové: 3. Nahrazující načtené: 0. Už načtené: 0." in page.text and "Kurzy, C3" in page.text
    assert kept(engine) == [], "looking through loads nothing"
    client.submit(page, 303, action="/rates/load")
    loaded = [
        ("CZK", "2025-01", "25.1", 1, True),
        ("CZK", "2025-02", "25.205", 1, True),
        ("GEL", "2025-02", "2.9", 1, True),
    ]
    assert kept(engine) == loaded
    with Session(engine) as s:
        [made] = s.scalars(select(RateImport))
        assert (made.file_name, made.file_hash, made.number) == ("kurzy.xlsx", hashlib.sha256(data).hexdigest(), 3)
        assert s.get_one(Change, made.change_id).door == "import"
        assert s.scalar(select(func.count()).select_from(RateDraft)) == 0
    upload(client, data)
    assert "Všechny kurzy ze souboru už jsou načtené." in client.get("/rates/import").text
    upload(client, workbook(["CZK", "2025-02", 25.5, "Oprava Komise", "2026-02-01"]))
    page = client.get("/rates/import")
    refused = client.submit(page, 422, action="/rates/load")
    assert refused.errors() == ["Proč se načtené kurzy nahrazují : Uveďte, proč se načtené kurzy nahrazují."]
    assert kept(engine) == loaded
    client.submit(refused, 303, action="/rates/load", reason="Komise kurz opravila.")
    assert kept(engine)[1:3] == [("CZK", "2025-02", "25.205", 1, False), ("CZK", "2025-02", "25.5", 2, True)]
    month = client.get("/rates/CZK/2025-02").text
    for words in ("25,5", "25,205", "nahrazeno", "Komise kurz opravila.", "Kurzy, C2", made.file_hash, "dopočteno"):
        assert words in month, words


def test_the_list_its_file_and_the_way_back_hold_the_same_rates(client_as, engine) -> None:
    client = client_as("administrator", lang="cs")
    upload(client, workbook(*GOOD))
    client.submit(client.get("/rates/import"), 303, action="/rates/load")
    page = client.get("/rates?currency=CZK&year=2025")
    assert [" ".join(c.get_text().split()) for c in page.soup.select("tbody td.num")] == ["25,205", "25,1"]
    rows = exported(client, "rates", "?currency=CZK&year=2025")
    assert [(r["currency"], r["month"], r["rate"]) for r in rows] == [
        ("CZK", "2025-02", 25.205),
        ("CZK", "2025-01", 25.1),
    ]
    for name, lang in (("rates.xlsx", "cs"), ("rates.csv", "cs"), ("rates.csv", "en")):
        client.speak(lang)
        data = client.browser.get(f"/exports/{name}").data
        upload(client, data, name=name, mark=lang)
        words = "Už načtené: 3." if lang == "cs" else "Loaded already: 3."
        assert words in client.get("/rates/import").text, (name, lang)


def test_everything_wrong_in_a_file_is_told_at_once_with_its_cell(client_as, engine) -> None:
    client = client_as("reporting_officer", lang="cs")
    page = upload(
        client,
        workbook(
            ["CZK", "2025-01", "kurz", "InforEuro", "2026-01-05"], ["CZK", "2025-02", 0, "", "2026-01-05"],
            ["CZK", "2025-03", -1, "InforEuro", "2126-01-05"], ["XYZ", "jaro", "25.1", "InforEuro", "loni"],
            ["EUR", date(2025, 5, 17), 1, "InforEuro", None], [None, "2126-01", 0.0001, "x" * 301, "2026-01-05"],
        ),
        422,
    )  # fmt: skip
    assert told(page) == [
        "Kurzy, C2: „kurz“ není číslo.",
        "Kurzy, C3: Kurz nemůže být nula. Pokud není znám, řádek vynechte.",
        "Kurzy, D3: Chybí zdroj.",
        "Kurzy, C4: Kurz nemůže být záporný.",
        "Kurzy, E4: Den 2126-01-05 teprve přijde.",
        "Kurzy, A5: „XYZ“ není měna, která má kurz. Napište její kód, například CZK.",
        "Kurzy, B5: „jaro“ není měsíc od roku 1994. Napište ho jako 2025-03 nebo březen 2025.",
        "Kurzy, C5: „25.1“ neodpovídá desetinnému znaku zvolenému pro tento soubor.",
        "Kurzy, E5: „loni“ není den. Napište ho jako 5. 1. 2026 nebo 2026-01-05.",
        "Kurzy, A6: „EUR“ není měna, která má kurz. Napište její kód, například CZK.",
        "Kurzy, B6: 2025-05-17 je den, ne měsíc. Napište měsíc jako 2025-03.",
        "Kurzy, E6: Chybí den, kdy byl kurz zjištěn.",
        "Kurzy, A7: Chybí měna.",
        "Kurzy, B7: Měsíc 2126-01 teprve přijde.",
        "Kurzy, C7: Kurz menší než 0.001 nemůže být správně: napište, kolik jednotek měny je jedno euro.",
        "Kurzy, D7: Zdroj je delší než 300 znaků.",
    ]
    page = upload(
        client,
        workbook(
            ["CZK", "2025-01", 25, "InforEuro", "2026-01-05"], ["CZK", "2025-05", 25, "InforEuro", "2026-01-05"],
            ["CZK", "2025-01", 26, "InforEuro", "2026-01-05"],
        ),
        422,
    )  # fmt: skip
    assert told(page) == [
        "Kurzy, C4: CZK 2025-01 je v souboru podruhé; poprvé je na místě Kurzy, C2.",
        "Kurzy, C3: Před tímto měsícem chybějí kurzy měny CZK: 2025-02, 2025-03, 2025-04.",
    ]
    assert told(upload(client, b"a;b\n1;2\n", 422, "kurzy.csv")) == [
        "Žádný list nemá záhlaví se sloupci měna, měsíc, kurz, zdroj, zjištěno."
    ]
    assert told(upload(client, workbook(), 422)) == ["Pod záhlavím není žádný kurz."]
    assert "Sešit je poškozený" in upload(client, b"PK\x03\x04zip", 422).text
    assert upload(client, b"", 422).errors() == [
        "Soubor s kurzy : Soubor je prázdný. Vyberte soubor, ve kterém je tabulka."
    ]
    assert upload(client, b"", 422, "").errors() == ["Soubor s kurzy : Vyberte soubor."], "as browsers send no choice"
    with Session(engine) as s:
        assert kept(engine) == [] and s.scalar(select(func.count()).select_from(RateDraft)) == 0


def test_a_rate_ten_times_its_neighbour_is_asked_about_and_an_unreadable_file_hides_the_one_before(
    client_as, engine
) -> None:
    client = client_as("reporting_officer", lang="cs")
    upload(client, workbook(*(["CZK", f"2025-0{n}", 25.1, "InforEuro", "2026-01-05"] for n in (3, 4))))
    assert "desetinný znak na svém místě" not in client.get("/rates/import").text
    client.submit(client.get("/rates/import"), 303, action="/rates/load")
    upload(
        client,
        workbook(
            ["CZK", "2025-04", 2.51, "InforEuro", "2026-01-05"], ["CZK", "2025-05", 251, "InforEuro", "2026-01-05"]
        ),
    )
    page = client.get("/rates/import")
    [note] = [one for one in page.soup.select(".note--warn") if "desetinný znak" in one.get_text()]
    assert [" ".join(li.get_text().split()) for li in note.select("li")] == [
        "Kurzy, C2: CZK, duben 2025: 2,51 (duben 2025: 25,1)", "Kurzy, C3: CZK, květen 2025: 251 (duben 2025: 2,51)",
    ]  # fmt: skip
    refused = upload(client, b"PK\x03\x04zip", 422)
    assert "/rates/load" not in refused.html and "/rates/load" in client.get("/rates/import").html, (
        "kept, beside the error"
    )


def test_a_gap_to_what_is_loaded_is_said_and_one_that_is_loaded_is_none(client_as, engine) -> None:
    client = client_as("reporting_officer", lang="en")
    upload(client, workbook(*(["CZK", f"2025-0{n}", 25, "InforEuro", "2026-01-05"] for n in (3, 4))))
    client.submit(client.get("/rates/import"), 303, action="/rates/load")
    upload(client, workbook(*(["CZK", f"2025-0{n}", 25, "InforEuro", "2026-01-05"] for n in (2, 5))))
    assert "missing" not in client.get("/rates/import").text, "the months between are loaded"
    upload(client, workbook(["CZK", "2025-08", 25, "InforEuro", "2026-01-05"]))
    words = "between the loaded months and those of the file 3 months will be missing, from May 2025 to July 2025"
    assert words in " ".join(client.get("/rates/import").text.replace("\xa0", " ").split())
    client.submit(client.get("/rates/import"), 303, action="/rates/discard")
    assert "Look the file through" in client.get("/rates/import").text and len(kept(engine)) == 2


def test_only_reporting_officers_and_administrators_load_and_each_their_own_file(s) -> None:
    officer, other = accounts.person(s, "reporting_officer"), accounts.person(s, "administrator")
    editor = accounts.person(s, "editor", everywhere=True)
    may, too, not_ = (Actor(p.id, p.name, p.role, everywhere=True) for p in (officer, other, editor))
    lines = [line("CZK", "2025-01", "25.1")]
    for action in (
        lambda: actions.keep_file(s, not_, "a.csv", "0" * 64, lines), lambda: actions.forget_file(s, not_),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            action()
    mine = actions.keep_file(s, may, "a.csv", "0" * 64, lines)
    assert draft(s, too) is None and draft(s, may) is mine
    with changing(s):
        with pytest.raises(Forbidden):
            actions.load_rates(s, not_, mine, (1, 0), "")
        with pytest.raises(Refused, match="Meanwhile"):
            actions.load_rates(s, may, mine, (0, 1), "")
        actions.load_rates(s, may, mine, (1, 0), "")
    again = actions.keep_file(s, may, "b.csv", "1" * 64, lines)
    with changing(s), pytest.raises(Refused, match="loaded already"):
        actions.load_rates(s, may, again, (0, 0), "")
    newer = actions.keep_file(s, may, "c.csv", "2" * 64, [line("CZK", "2025-01", "25.2")])
    with changing(s), pytest.raises(InvalidInput, match="Say why"):
        actions.load_rates(s, may, newer, (0, 1), " ")
    assert s.scalar(select(func.count()).select_from(RateDraft)) == 1, "a new file replaces the one before"


def test_conversions_use_the_edition_in_force_and_name_it(s) -> None:
    officer = accounts.person(s, "reporting_officer")
    load(s, officer, line("CZK", "2025-01", "25.0"))
    load(s, officer, line("CZK", "2025-01", "20.0"), reason="Oprava")
    found = convert(
        Money.of("100.00", "CZK"), book=book(s, Actor(officer.id, "x", "viewer")), regime="B", day=date(2025, 1, 9)
    )
    assert found.amount == Money.of("5.00", "EUR") and [rate.edition for rate in found.rates] == [2]
    assert [(row.edition, row.current) for row in editions(s, "CZK", date(2025, 1, 1))] == [(2, True), (1, False)]


def test_marks_of_numbers_are_those_chosen_and_none_is_guessed() -> None:
    def of(text: str, lang: str) -> str:
        data = f'currency;month;rate;source;retrieved\nCZK;2025-01;"{text}";InforEuro;2026-01-05\n'.encode()
        lines, problems = read_lines(read(data, "a.csv"), lang, date(2026, 11, 1))
        return str(lines[0].per_euro) if lines else problems[0].code

    assert (of("24,512", "cs"), of("24.512", "en")) == ("24.512", "24.512")
    assert (of("24.512", "cs"), of("24,512", "en")) == ("rate_marks", "rate_marks")
    assert (of("17 893,32", "cs"), of("17 893.32", "en")) == ("17893.32", "17893.32")
    assert (of("1e3", "cs"), of("9" * 16, "cs")) == ("rate_text", "rate_long")
