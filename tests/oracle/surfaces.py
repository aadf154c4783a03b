"""What the portal shows of one filter, read back from each of its surfaces: chart, table, CSV, Excel, the page behind a number.

Amounts are minor units; all currencies of the portfolios have two decimals.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from decimal import Decimal
from urllib.parse import parse_qs, urlencode, urlsplit

from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook

from tests.oracle.combinations import MEASURES

CERTAINTY = {
    "doloženo dokumentem ministerstva": "document", "doloženo veřejným zdrojem": "public", "nejisté": "unsure",
    "bez zdroje": "uncited",
}  # fmt: skip
Sums = dict[tuple[str, str], int]


def words(tag) -> str:
    return " ".join(tag.get_text(" ").split())


def minor(text: str) -> tuple[str, int]:
    number, currency = text.replace("≈", "").replace("\u00a0", " ").strip().rsplit(" ", 1)
    return currency, round(Decimal(number.replace(" ", "").replace(",", ".")) * 100)


def part(url: str) -> str:
    return parse_qs(urlsplit(url).query)["part"][0]


class Shown:
    """The surfaces of one filter, asked for as a browser does."""

    def __init__(self, browser, args: dict[str, str]) -> None:
        self.browser, self.query = browser, f"?{urlencode(args)}" if args else ""
        self.page = self._text(f"/funding{self.query}")

    def _data(self, path: str) -> bytes:
        answer = self.browser.get(path)
        assert answer.status_code == 200, path
        return answer.data

    def _text(self, path: str) -> str:
        return self._data(path).decode()

    def chart(self, key: str) -> dict:
        """{(group, currency): minor} of money, {group: number} of a count, as plotly gets it."""
        found: dict = defaultdict(int)
        pattern = rf'<script type="application/json" id="data-{key}-\d+">(.*?)</script>'
        for text in re.findall(pattern, self.page, re.S):
            drawing = json.loads(text)
            for trace in drawing["data"]:
                for url, x in zip(trace["customdata"], trace["x"], strict=True):
                    money = drawing["currency"] is not None
                    found[(part(url), drawing["currency"]) if money else part(url)] += round(x * 100) if money else x
        return dict(found)

    def table(self, key: str) -> dict:
        """{(group, currency, certainty): minor}, or {group: number}, of the table below the chart."""
        found: dict = defaultdict(int)
        for row in self._rows(key):
            group, cells = part(row.th.a["href"]), [words(cell) for cell in row.find_all("td")]
            if len(cells) == 1:
                found[group] = int(cells[0].replace("\u00a0", "").replace(" ", ""))
            elif cells[1] != "neuvedeno":
                currency, amount = minor(cells[1])
                found[group, currency, CERTAINTY[cells[0]]] += amount
        return dict(found)

    def names(self, key: str) -> dict[str, str]:
        """{group: its name in the table}."""
        return {part(row.th.a["href"]): words(row.th) for row in self._rows(key)}

    def _rows(self, key: str) -> list:
        found = re.search(rf'aria-labelledby="chart-{key}">.*?<tbody>(.*?)</tbody>', self.page, re.S)
        if not found or f'id="data-{key}-1"' not in self.page:
            return []
        return BeautifulSoup(f"<table>{found[1]}</table>", "html.parser").find_all("tr")

    def headline(self) -> Sums:
        return self._sums(self.page)

    def csv(self, key: str) -> list[tuple]:
        text = self._data(f"/funding/{key}.csv{self.query}").decode("utf-8-sig")
        return _rows(csv.reader(io.StringIO(text), delimiter=";"), lambda cell: Decimal(cell.replace(",", ".")))

    def excel(self) -> dict[str, list[tuple]]:
        """{figure: rows} of the workbook with all charts."""
        book = CalamineWorkbook.from_filelike(io.BytesIO(self._data(f"/funding/dashboard.xlsx{self.query}")))
        sheets = []
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python()
            head = next(n for n, row in enumerate(rows) if "\n" in str(row[0]))
            sheets.append(_rows([rows[head], *rows[head + 1 :]], lambda cell: Decimal(str(cell))))
        return dict(zip(MEASURES, sheets, strict=True))

    def behind(self, key: str, group: str | None = None) -> tuple[Sums, int, int]:
        """The sum at the head of the page behind a number, and how many flows it says count and do not."""
        query = self.query + (f"{'&' if self.query else '?'}part={group}" if group else "")
        page = self._text(f"/funding/{key}/records{query}")
        told = re.search(r"počítá se ([\d\s]+), nepočítá se ([\d\s]+)", " ".join(re.sub("<[^>]*>", " ", page).split()))
        counting, not_counting = (int(re.sub(r"\s", "", n)) for n in told.groups()) if told else (0, 0)
        return self._sums(page), counting, not_counting

    def _sums(self, page: str) -> Sums:
        """{(currency, exact or about): minor} of the first large figure."""
        big = BeautifulSoup(re.search(r'<p class="big[^"]*">.*?</p>', page, re.S)[0], "html.parser").p
        if "big--unk" in big["class"]:
            return {}
        found: dict = {}
        for line in big.get_text("|").replace("\u2060", "").replace("+", "|").split("|"):
            if line.strip(" ≈\u00a0\n"):
                currency, amount = minor(line)
                found[currency, "about" if "≈" in line else "exact"] = amount
        return found


def _rows(lines, number) -> list[tuple]:
    """Rows of a file: (name, currency, certainty, whether about, minor, flows, known, within, unknown), or (name, number).
    An amount that is not stated is None."""
    lines = iter(lines)
    head = [str(cell).split("\n")[0].split(" / ")[0] for cell in next(lines)]
    found = []
    for line in lines:
        row = dict(zip(head, line, strict=False))
        name = str(line[0])
        if "Projektů" in row and len(head) == 2:
            found.append((name, int(row["Projektů"])))
        elif "Známá částka" in row:
            counts = tuple(int(row[one]) for one in ("Toků", "Projektů s částkou", "V rámci celku", "Bez částky"))
            if row["Měna"] in (None, "", "neuvedeno"):
                found.append((name, None, None, None, None, *counts))
            else:
                about, amount = row["≈"] == "≈", round(number(row["Známá částka"]) * 100)
                found.append((name, row["Měna"], CERTAINTY[row["Jistota"]], about, amount, *counts))
    return found
