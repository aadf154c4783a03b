"""What the portal shows of one filter, read back from each of its surfaces: chart, table, CSV, Excel, the page behind a number.

Amounts are minor units; all currencies of the portfolios have two decimals.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import parse_qs, urlencode, urlsplit

from lxml import html
from python_calamine import CalamineWorkbook

CERTAINTY = {
    "doloženo dokumentem ministerstva": "document", "doloženo veřejným zdrojem": "public", "nejisté": "unsure",
    "bez zdroje": "uncited",
}  # fmt: skip
REASONS = {
    "částku neuvádí žádný zdroj": "unsourced",
    "druh toku není uveden": "untyped", "druhá strana tam není známa": "one_sided", "částka není uvedena": "unknown_amount",
    "říká, jak byly peníze utraceny, ne že byly dány": "spent", "vrácené peníze": "refunded",
    "peníze předané uvnitř výběru": "inside", "nahrazeno novější částkou": "superseded",
    "jiná fáze peněz, které se už počítají": "other_stage", "zahrnuto v jiném toku výběru": "included",
}  # fmt: skip
UNKNOWN = "neuvedeno"
NBSP, JOINER = "\u00a0", "\u2060"


def plain(text: str) -> str:
    return " ".join(text.replace(NBSP, " ").replace(JOINER, "").split())


def minor(text: str) -> tuple[str, int]:
    number, currency = plain(text).replace("≈", "").strip().rsplit(" ", 1)
    return currency, round(Decimal(number.replace(" ", "").replace(",", ".").replace("\u2212", "-")) * 100)


def whole(text: str) -> int:
    return int(re.sub(r"\s", "", text))


def asked(url: str) -> tuple[str, str]:
    """(figure or chart, part) of an address of what stands behind a part of a chart."""
    split = urlsplit(url)
    return split.path.split("/")[2], parse_qs(split.query)["part"][0]


@dataclass(frozen=True)
class Row:
    """A row of a table: the figure and part it leads to, and its cells as text."""

    figure: str
    part: str
    cells: tuple[str, ...]


class Card:
    """One chart of a page with the table below it."""

    def __init__(self, page: str, key: str) -> None:
        found = re.search(
            rf'<section class="card chart-card[^>]*aria-labelledby="chart-{key}">.*?</section>', page, re.S
        )
        assert found, key
        self.text, self.key = found[0], key

    @cached_property
    def drawings(self) -> list[dict]:
        """What plotly gets."""
        pattern = rf'<script type="application/json" id="data-{self.key}-\d+">(.*?)</script>'
        return [json.loads(text) for text in re.findall(pattern, self.text, re.S)]

    @cached_property
    def rows(self) -> list[Row]:
        found = re.search(r'<table class="chart-table[^>]*>.*?</table>', self.text, re.S)
        if not found:
            return []
        for hidden in (table := html.fromstring(found[0])).xpath(".//*[@class='vh']"):
            hidden.drop_tree()
        return [
            Row(*asked(tr.xpath(".//a/@href")[0]), tuple(plain(cell.text_content()) for cell in tr.xpath("th|td")))
            for tr in table.xpath(".//tbody/tr")
        ]

    def drawn(self) -> dict:
        """{(figure, group, currency): minor} of bars of money, {(figure, group): number} of a count. What is added up over years
        stands under `added up`; its line may run on to the last year shown, as high as it was."""
        found: dict = defaultdict(int)
        for drawing in self.drawings:
            money, added = drawing["currency"] is not None, ("added up",) if drawing.get("added") else ()
            for trace in drawing["data"]:
                values = trace["x"] if trace.get("orientation") == "h" else trace["y"]
                leads, on = trace["customdata"], values[len(trace["customdata"]) :]
                assert not on or (added and on == [values[len(leads) - 1]]), self.key
                for url, x in zip(leads, values[: len(leads)], strict=True):
                    key = (*asked(url), *([drawing["currency"]] if money else []), *added)
                    found[key] += round(x * 100) if money else x
        return dict(found)

    def bands(self) -> dict[str, int]:
        """{part: minor} of the bands between columns."""
        found: dict = defaultdict(int)
        for drawing in self.drawings:
            for trace in drawing["data"]:
                for url, value in zip(trace["link"]["customdata"], trace["link"]["value"], strict=True):
                    found[asked(url)[1]] += round(value * 100)
        return dict(found)


class Shown:
    """The surfaces of one filter, asked for as a browser does."""

    def __init__(self, browser, args: dict[str, str]) -> None:
        self.browser, self.args = browser, args

    def _data(self, path: str, **more: object) -> bytes:
        query = urlencode(self.args | {name: str(value) for name, value in more.items()})
        answer = self.browser.get(f"{path}?{query}" if query else path)
        assert answer.status_code == 200, (path, query)
        return answer.data

    def funding(self) -> tuple[str, dict]:
        """(the page of funding, its main figure)."""
        page = self._data("/funding").decode()
        return page, big(page)

    def chart(self, key: str, page: int = 1) -> Card:
        return Card(self._data(f"/charts/{key}", page=page).decode(), key)

    def csv(self, key: str) -> list[dict]:
        text = self._data(f"/charts/{key}.csv").decode("utf-8-sig")
        return _rows(csv.reader(io.StringIO(text), delimiter=";"), lambda cell: Decimal(cell.replace(",", ".")))

    def excel(self, key: str) -> list[dict]:
        [rows] = self._sheets(f"/charts/{key}.xlsx")
        return rows

    def workbook(self) -> list[list[dict]]:
        """The sheets of the workbook with all charts of the page of funding."""
        return self._sheets("/funding/dashboard.xlsx")

    def _sheets(self, path: str) -> list[list[dict]]:
        book = CalamineWorkbook.from_filelike(io.BytesIO(self._data(path)))
        found = []
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python()
            head = next(n for n, row in enumerate(rows) if "\n" in str(row[0]))
            wide = next(
                (n for n, cell in enumerate(rows[head]) if not cell), None
            )  # beyond it stands what Excel draws from
            table = itertools.takewhile(lambda row: row[0] != "", (row[:wide] for row in rows[head:]))
            found.append(_rows(table, lambda cell: Decimal(str(cell))))
        return found

    def behind(self, figure: str, part: str | None = None) -> Behind:
        return Behind(self._data(f"/funding/{figure}/records", **({"part": part} if part else {})).decode())


class Behind:
    """The page behind a number."""

    def __init__(self, page: str) -> None:
        self.page = page

    @property
    def sums(self) -> dict[tuple[str, str], int]:
        return big(self.page)

    @property
    def shares(self) -> dict[str, tuple[str, int, int, bool]]:
        """{currency: (per cent as written, part, whole, whether about)}."""
        found = {}
        for line in _big(self.page).split("|"):
            if told := re.search(r"(≈?) ?([\d ]+(?:,\d)?) % (.*) z (.*)", plain(line)):
                (code, part), (same, of) = minor(told[3]), minor(told[4])
                assert code == same
                found[code] = (told[2].replace(" ", ""), part, of, bool(told[1]))
        return found

    @property
    def number(self) -> int:
        return whole(plain(_big(self.page)))

    @property
    def counting(self) -> tuple[int, int]:
        """How many flows it says count and do not; (0, 0) where it shows none."""
        told = re.search(r"počítá se ([\d\s]+), nepočítá se ([\d\s]+)", plain(re.sub("<[^>]*>", " ", self.page)))
        return (whole(told[1]), whole(told[2])) if told else (0, 0)

    @property
    def left_out(self) -> dict[str, int]:
        """{reason: how many flows}."""
        told = plain(re.search(r"<dt>Nezapočteno</dt><dd>(.*?)</dd>", self.page, re.S)[1])
        return {
            REASONS[reason]: whole(number) for reason, number in re.findall(r"([^;]+?): ([\d ]+) tok\w*(?:; |$)", told)
        }


def big(page: str) -> dict[tuple[str, str], int]:
    """{(currency, exact or about): minor} of the first large figure."""
    found = {}
    for line in _big(page).replace("+", "|").split("|"):
        if line.strip(f" ≈{NBSP}\n{JOINER}"):
            currency, amount = minor(line)
            found[currency, "about" if "≈" in line else "exact"] = amount
    return found


def _big(page: str) -> str:
    """The first large figure, its lines parted by |; nothing where it is unknown."""
    kind, text = re.search(r'<p class="(big[^"]*)">(.*?)</p>', page, re.S).groups()
    return "" if "big--unk" in kind else html.fromstring(f"<p>{text.replace('<br>', '|')}</p>").text_content()


COLUMNS = {
    "Částka": "amount", "Známá částka": "amount", "Nasčítáno": "cumulative", "Měna": "currency", "Jistota": "certainty",
    "Toků": "flows", "Projektů": "number", "Projektů s částkou": "known", "V rámci celku": "within", "Bez částky": "unknown",
    "Ukazatel": "measure",
}  # fmt: skip
SAID = "Graf"
COUNTS = ("flows", "number", "known", "within", "unknown")


def _rows(lines, number) -> list[dict]:
    """Rows of a file by column. Texts before the amount stand under `texts`; an amount has `minor` (None: not stated) and
    `about`; what is added up `cumulative` and `cumulative_about`."""
    lines = iter(lines)
    heads = [str(cell).split("\n")[0].split(" / ")[0] for cell in next(lines)]
    if SAID in heads:  # from there on a plain file says what it is of, in each row
        heads = heads[: heads.index(SAID)]
    found = []
    for line in lines:
        row: dict = {"texts": []}
        about: bool | None = None
        amount = ""
        for head, cell in zip(heads, line, strict=False):
            name = COLUMNS.get(head)
            if head == "≈":
                about = cell == "≈"
            elif name in ("amount", "cumulative"):
                amount = name
                row[name] = None if cell in (None, "") else cell
                row[f"{name}_about"] = about
            elif name == "currency":
                row[f"{amount}_currency"] = cell
                stated = isinstance(row[amount], int | float | str) and re.fullmatch("[A-Z]{3}", str(cell or ""))
                row[amount] = round(number(row[amount]) * 100) if stated else None
            elif name == "certainty":
                row[name] = CERTAINTY.get(cell)
            elif name in COUNTS:
                row[name] = int(cell) if str(cell) else None
            elif not amount and head:
                row["texts"].append(plain(str(cell)))
        if row["texts"]:
            found.append(row)
    return found
