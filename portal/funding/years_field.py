"""The field of a form in which amounts of budget years are written, one year a line."""

from __future__ import annotations

import re

from portal.kernel import money, years
from portal.kernel.currency import EXPONENTS
from portal.kernel.money import Money, MoneyError
from portal.web.forms import AreaField
from portal.web.forms.explain import explain_money
from portal.web.i18n import _, lang

LINE = re.compile(r"(\d{4})\s*[:;–-]?\s+(.*\d)\s*([A-Za-z]{3})", re.ASCII)


class YearsField(AreaField):
    """Lines such as `2014: 1 250 000 CZK`. Data is the text of `years.years_text`, "" for none. A line that cannot be read is
    named by its number with the reason."""

    def process_formdata(self, valuelist) -> None:
        super().process_formdata(valuelist)
        rows: list[tuple[int, Money]] = []
        for number, line in enumerate((self.data or "").splitlines(), 1):
            if line.strip():
                rows.append(self._row(number, line.strip(), {year for year, _amount in rows}))
        self.data = years.years_text(rows) or ""

    def _row(self, number: int, line: str, met: set[int]) -> tuple[int, Money]:
        match = LINE.fullmatch(line.replace("\u2013", "-"))
        if match is None:
            raise ValueError(
                _("Line %(n)s: write the year, the amount and its currency, such as 2014: 1 250 000 CZK.", n=number)
            )
        year, code = int(match[1]), match[3].upper()
        if not years.EARLIEST <= year <= years.LATEST:
            raise ValueError(_("Line %(n)s: %(year)s is no budget year. Check it.", n=number, year=year))
        if year in met:
            raise ValueError(_("Line %(n)s: the year %(year)s stands there twice.", n=number, year=year))
        if code not in EXPONENTS:
            raise ValueError(_("Line %(n)s: there is no currency %(code)s.", n=number, code=code))
        try:
            return year, money.parse_amount(match[2], code, lang())
        except MoneyError as error:
            raise ValueError(_("Line %(n)s: %(why)s", n=number, why=explain_money(error))) from None

    def _value(self) -> str:
        if self.raw is not None and self.errors:
            return super()._value()
        try:
            rows = years.years(self.data)
        except ValueError:
            return self.data or ""
        return "\n".join(f"{year}: {money.format(amount, lang())}" for year, amount in rows)
