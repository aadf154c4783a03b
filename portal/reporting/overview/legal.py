"""Legal and policy documents: what they are, since when they hold, and what rests on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.legal.models import LegalInstrument
from portal.reporting.overview.rows import LegalRow
from portal.reporting.overview.voice import certainty, joined
from portal.web.i18n import gettext as _

if TYPE_CHECKING:
    from portal.reporting.overview.gathering import Gathering

FACTS = (
    "name", "kind_code", "status", "number", "dated", "adopted_on", "adopted_by", "adopted_by_words", "signed", "in_force",
    "end_of_validity", "laid_down_in",
)  # fmt: skip


def rows(g: Gathering) -> list[LegalRow]:
    """In the order of their names."""
    return [_row(g, f"D{n}", one) for n, one in enumerate(g.found.legal, 1)]


def _row(g: Gathering, code: str, one: LegalInstrument) -> LegalRow:
    v, other = g.voice, "en" if g.lang == "cs" else "cs"
    resting = g.resting.get(one.id, [])
    numbers = [v.numbers(v.claim(link, "relation"), g.names[one.id], _("what it grounds")) for link, _record in resting]
    sources = [g.references(one, FACTS)]
    if told := joined(numbers):
        sources.append(f"{_('what it grounds')} {told}")
    return LegalRow(
        code=code,
        name=g.names[one.id],
        other_name=v.name(one, other),
        number=v.text(one, "number"),
        kind=v.text(one, "kind_code"),
        status=v.text(one, "status"),
        dated=v.value(one, "dated") or v.value(one, "adopted_on"),
        signed=v.value(one, "signed"),
        in_force=v.value(one, "in_force"),
        ended=v.value(one, "end_of_validity"),
        adopted_by=v.text(one, "adopted_by", g.names) or v.text(one, "adopted_by_words"),
        laid_down_in=v.text(one, "laid_down_in", g.names),
        grounds="; ".join(dict.fromkeys(g.place(record.id) for _link, record in resting)),
        certainty=certainty(one.certainty),
        sources="; ".join(text for text in sources if text),
    )
