"""What charts show of a filter, against the oracle: drawing, table, files, and the page behind a part."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_HALF_EVEN, Decimal

from tests.oracle.charts import bands, ways, years
from tests.oracle.combinations import CHARTS, PARTED
from tests.oracle.counts import Counting
from tests.oracle.filters import Filter
from tests.oracle.surfaces import CERTAINTY, UNKNOWN, Card, Shown, minor, plain, whole

BY = {chart: chart.removeprefix("known_funding_by_") for chart in CHARTS if chart.startswith("known_funding_by_")}
OF_FUNDING = CHARTS[:3]
"""The charts of the page of funding."""
PAGE, AMONG = 40, 12
"""Groups of a chart on one page where it stands alone, and among others; where there are more, those without a known amount come
last."""
STATUS = {
    "1": "příprava", "2": "v realizaci", "3": "dokončování", "4": "ukončeno", "5": "zrušeno", "6": "pozastaveno",
    "ambiguous": "nelze určit", "none": "stav neuveden",
}  # fmt: skip
WORDS = {
    ("instrument", "none"): "nástroj neuveden", ("framework", "none"): "rámec neuveden",
    ("provider", "none"): "poskytovatel neuveden", ("country", "none"): "země neuvedena", ("country", "more"): "více zemí",
    ("implementer", "none"): "realizátor neuveden", ("implementer", "more"): "více organizací",
}  # fmt: skip
MEASURES = {"commitments": "Závazky", "disbursements": "Platby"}


class Drawn:
    """The part of a comparison that asks for pages and files."""

    oracle: Counting
    names: dict[str, str]

    def name(self, by: str, key: str) -> str:
        if by == "status":
            code, _colon, derived = key.partition(":")
            return STATUS[code] + (", odvozeno" if derived else "")
        return WORDS[by, key] if (by, key) in WORDS else plain(self.names[key])

    def _chart(self, shown: Shown, asked: Filter, chart: str, number: int) -> None:
        """One chart: what is drawn, its table, its CSV and its Excel, and the page behind one part of it."""
        rows = shown.csv(chart)
        assert rows == shown.excel(chart), (chart, "CSV and Excel")
        if chart == "years":
            self._years(shown.chart(chart), rows, asked)
        elif chart == "ways":
            self._ways(shown.chart(chart), rows, asked)
        elif chart == "projects_by_status":
            self._count(shown.chart(chart), rows, asked)
        else:
            groups = len({row["texts"][0] for row in rows})
            page = number // len(CHARTS) % max(1, -(-groups // PAGE)) + 1
            self._money(shown.chart(chart, page), rows, asked, BY[chart], page)
            self._behind(shown, asked, "known_funding", BY[chart], number)

    def _money(self, card: Card, rows: list[dict], asked: Filter, by: str, page: int, size: int = PAGE) -> None:
        """A chart of money by one dimension: the file holds all of it, the page a page of it."""
        sums, figure = self.oracle.sums(asked, "known_funding", by), f"known_funding_by_{by}"
        told = Counter(
            (row["texts"][0], row["amount_currency"], row["certainty"], row["amount_about"], row["amount"], row["flows"])
            for row in rows if row["amount"] is not None
        )  # fmt: skip
        assert told == Counter((self.name(by, key), *alike, *worth) for (key, *alike), worth in sums.items()), by
        keys = list(dict.fromkeys(row.part for row in card.rows))
        known = {self.name(by, key) for key, *_alike in sums}
        named = list(dict.fromkeys(row["texts"][0] for row in rows))
        if len(named) > size:
            named = sorted(named, key=lambda name: name not in known)[(page - 1) * size : page * size]
        assert [self.name(by, key) for key in keys] == named, by
        assert [row.cells[0] for row in {row.part: row for row in card.rows}.values()] == named, by
        drawn, tabled, found = defaultdict(int), defaultdict(int), defaultdict(int)
        for (key, currency, certainty, _about), (worth, _flows) in sums.items():
            if key in keys:
                drawn[figure, key, currency] += worth
                tabled[key, currency, certainty] += worth
        for row in card.rows:
            if row.cells[2] != UNKNOWN:
                currency, amount = minor(row.cells[2])
                found[row.part, currency, CERTAINTY[row.cells[1]]] += amount
        assert card.drawn() == drawn, by
        assert found == tabled, by

    def _count(self, card: Card, rows: list[dict], asked: Filter) -> None:
        wanted = self.oracle.statuses(asked)
        assert {key[1]: n for key, n in card.drawn().items()} == wanted
        assert {row.part: whole(row.cells[1]) for row in card.rows} == wanted
        assert {row["texts"][0]: row["number"] for row in rows} == {
            self.name("status", k): n for k, n in wanted.items()
        }

    def _years(self, card: Card, rows: list[dict], asked: Filter) -> None:
        """Commitments and payments by year: bars, the sums added up, the table and the file, which have the same rows."""
        wanted, bars = years(self.oracle, asked), {}
        for (name, year, currency), (amount, _about, _flows, added) in wanted.items():
            bars[f"{name}_by_year", year, currency] = amount
            if added is not None and self._has_line(wanted, currency):
                bars[f"{name}_by_year", year, currency, "added up"] = added
        assert card.drawn() == bars
        found = {}
        for row, filed in zip(card.rows, rows, strict=True):
            label, measure, text, flows, added = row.cells
            (currency, amount), about = minor(text), "≈" in text
            of_one = None if filed["cumulative"] is None else minor(added)[1]
            name = row.figure.removesuffix("_by_year")
            assert (label, measure, MEASURES[name]) == (*filed["texts"], measure)
            assert (currency, amount, about, whole(flows), of_one) == (
                filed["amount_currency"], filed["amount"], filed["amount_about"], filed["flows"], filed["cumulative"]
            )  # fmt: skip
            found[name, row.part, currency] = (amount, about, whole(flows), of_one)
        assert found == wanted

    def _has_line(self, wanted: dict, currency: str) -> bool:
        """Sums are drawn where there is a line: of a measure with two years to add up, or of one that runs on to a later year of
        the other. So in two years at least something is added up."""
        return len({year for _name, year, code in wanted if code == currency and year.isdigit()}) > 1

    def _ways(self, card: Card, rows: list[dict], asked: Filter) -> None:
        """Ways of money: the bands between columns, the table and the file, which have the same rows."""
        wanted = ways(self.oracle, asked)
        assert card.bands() == bands(wanted)
        found = {}
        for row, filed in zip(card.rows, rows, strict=True):
            *ends, text, flows = row.cells
            (currency, amount), about = minor(text), "≈" in text
            assert ends == filed["texts"]
            assert (currency, amount, about, whole(flows)) == (
                filed["amount_currency"], filed["amount"], filed["amount_about"], filed["flows"]
            )  # fmt: skip
            found[(*row.part.split("~")[:-1], currency)] = (amount, about, whole(flows))
        assert found == wanted

    # ---- the page of funding and the pages behind numbers

    def _funding(self, shown: Shown, asked: Filter, number: int) -> None:
        """The page of funding with its charts, its workbook, and the page behind its main figure."""
        total = self.oracle.sums(asked, "known_funding")
        page, figure = shown.funding()
        assert figure == _by_precision(total), "main figure"
        first, *sheets, _gaps = shown.workbook()
        filed = {
            (r["amount_currency"], "about" if r["amount_about"] else "exact"): 0
            for r in first
            if r["amount"] is not None
        }
        for row in first:
            if row["amount"] is not None:
                filed[row["amount_currency"], "about" if row["amount_about"] else "exact"] += row["amount"]
        assert filed == _by_precision(total), "main figure in the workbook"
        for chart, rows in zip(OF_FUNDING, sheets, strict=True):
            if chart in BY:
                self._money(Card(page, chart), rows, asked, BY[chart], 1, AMONG)
            else:
                self._count(Card(page, chart), rows, asked)
        behind = shown.behind("known_funding")
        assert behind.sums == _by_precision(total), "behind the main figure"
        left_out = self.oracle.left_out(asked, "known_funding")
        if bare := self.oracle.unsourced(asked):
            left_out = left_out | {"unsourced": bare}
        assert behind.left_out == left_out
        counting = sum(flows for _minor, flows in total.values())
        assert behind.counting == ((counting, sum(left_out.values())) if counting or left_out else (0, 0))

    def _explained(self, shown: Shown, asked: Filter, number: int) -> None:
        """The page behind a part of another measure."""
        name, by = PARTED[number % len(PARTED)]
        self._behind(shown, asked, name, by, number)

    def _behind(self, shown: Shown, asked: Filter, name: str, by: str, number: int) -> None:
        """The page behind one group of a measure, one of those that have something."""
        lines = self.oracle.lines(asked, name, by)
        keys = sorted({str(key) for key in lines["key"]})
        if not keys:
            return
        key = keys[number % len(keys)]
        behind, figure = shown.behind(f"{name}_by_{by}", key), f"behind {name} by {by}: {key}"
        if name == "absorption":
            told = {c: of for (group, c), of in self.oracle.shares(asked, by).items() if group == key}
            assert behind.shares == {
                c: (_percent(part, whole), part, whole, about) for c, (part, whole, about, _flows) in told.items()
            }, figure
            counting = sum(flows for *_of, flows in told.values())
        else:
            sums = {alike: of for alike, of in self.oracle.sums(asked, name, by).items() if alike[0] == key}
            assert behind.sums == _by_precision(sums), figure
            counting = sum(flows for _minor, flows in sums.values())
        left_out = self.oracle.left_out(asked, name, by, key)
        assert behind.left_out == left_out, figure
        assert behind.counting == (counting, sum(left_out.values())), figure


def _percent(part: int, whole: int) -> str:
    """To a tenth, halves to the even digit; a tenth that is zero is not written."""
    found = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    return str(found).removesuffix(".0").replace(".", ",")


def _by_precision(sums) -> dict[tuple[str, str], int]:
    found: dict = defaultdict(int)
    for (_group, currency, _certainty, about), (worth, _flows) in sums.items():
        found[currency, "about" if about else "exact"] += worth
    return dict(found)
