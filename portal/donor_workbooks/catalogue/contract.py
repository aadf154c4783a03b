"""Values of the contract a report is on."""

from __future__ import annotations

from collections.abc import Callable

from portal.donor_workbooks.catalogue.reading import NOT_STATED, day, doubts, named, pair, plain, read_ahead
from portal.donor_workbooks.catalogue.registry import Asked, Found, about, known, nothing, offer, unknown
from portal.donor_workbooks.rules.ways import RECORD
from portal.funding.models import Contract
from portal.funding.queries import co_beneficiaries_of
from portal.kernel.errors import N_

NO_CONTRACT = N_("the report is not on a contract")


def of_contract(fact: str, read: Callable[[Asked, Contract, tuple[str, ...]], Found]) -> Callable[[Asked], Found]:
    """A value of the contract with the doubts about one of its facts."""

    def value(asked: Asked) -> Found:
        held = asked.report.obligation.of
        if not isinstance(held, Contract):
            return unknown(NO_CONTRACT)
        return read(asked, held, doubts(asked, held, fact))

    return value


def _co_beneficiaries(asked: Asked, held: Contract, told: tuple[str, ...]) -> Found:
    """Their names, one a line. That none is stated says nothing of whether there are any."""
    found = co_beneficiaries_of(asked.s, asked.actor, [held.id]).get(held.id, [])
    asked.says(*found)
    names = [one.name(asked.language) for one in found]
    return known("\n".join(names), *told) if names else unknown(NOT_STATED)


def _addenda(asked: Asked) -> Found:
    from portal.funding.queries import addenda_of

    held = asked.report.obligation.of
    if not isinstance(held, Contract):
        return unknown(NO_CONTRACT)
    found = [one for one in addenda_of(asked.s, asked.actor, held.id) if one.number]
    asked.says(held, *found)
    asked.mended(RECORD, held.id, "addenda")
    if not found:
        return nothing(N_("no addendum is recorded"))
    read_ahead(asked, found)
    told = [doubt for one in found for doubt in doubts(asked, one, "number")]
    return known(", ".join(str(one.number) for one in found), *told)


about("contract", N_("Contract"))
for _party in ("coordinator", "co_beneficiaries", "authority"):
    about(f"contract.{_party}", N_("Partners"))
offer(
    "contract.number", N_("Contract number"),
    ("Contract number", "Contract no", "Grant agreement number", "Reference of the contract", "Číslo smlouvy",
     "Číslo grantové dohody", "Grant agreement No.", "Grant agreement nr.", "Grant number", "Grant No.", "Číslo grantu"),
    of_contract("number", lambda asked, held, told: plain(held.number, *told)),
)  # fmt: skip
offer(
    "contract.title", N_("Title of the contract"),
    ("Title of the action", "Title of the contract", "Action title", "Název akce", "Název smlouvy"),
    of_contract("name", lambda asked, held, told: pair(asked, held, "name", *told)),
)  # fmt: skip
offer(
    "contract.coordinator", N_("Coordinator"), ("Coordinator", "Beneficiary", "Lead beneficiary", "Koordinátor", "Příjemce"),
    of_contract("coordinator", lambda asked, held, told: named(asked, held.coordinator, *told)),
)  # fmt: skip
offer(
    "contract.co_beneficiaries", N_("Co-beneficiaries"),
    ("Co-beneficiaries", "Co-beneficiary(ies)", "Partners", "Spolupříjemci", "Partneři"),
    of_contract("co_beneficiaries", _co_beneficiaries),
)  # fmt: skip
offer(
    "contract.authority", N_("Contracting authority"), ("Contracting authority", "Zadavatel", "Smluvní orgán"),
    of_contract("authority", lambda asked, held, told: named(asked, held.authority, *told)),
)  # fmt: skip
offer(
    "contract.instrument", N_("Funding instrument"), ("Programme", "Instrument", "Fund", "Program", "Nástroj", "Fond"),
    of_contract("instrument", lambda asked, held, told: named(asked, held.instrument, *told)),
)  # fmt: skip
offer(
    "contract.signed", N_("Signed on"), ("Date of signature", "Signed on", "Datum podpisu"),
    of_contract("signed", lambda asked, held, told: day(held.signed, asked.language, *told)),
)  # fmt: skip
offer(
    "contract.start", N_("Start of implementation"),
    ("Implementation period from", "Start date", "Start of the action", "Začátek realizace", "Datum zahájení"),
    of_contract("start", lambda asked, held, told: day(held.start, asked.language, *told)),
)  # fmt: skip
offer(
    "contract.end", N_("End of implementation"),
    ("Implementation period to", "End date", "End of the action", "Konec realizace", "Datum ukončení"),
    of_contract("end", lambda asked, held, told: day(held.end, asked.language, *told)),
)  # fmt: skip
offer(
    "contract.currency", N_("Currency of the contract"), ("Currency", "Měna"),
    of_contract("currency", lambda asked, held, told: plain(held.currency, *told)),
)  # fmt: skip
offer(
    "contract.eu_share", N_("Share of the Union in per cent"),
    ("EU contribution (%)", "Percentage of EU funding", "Podíl EU (%)", "EU contribution rate"),
    of_contract("eu_share", lambda asked, held, told: plain(held.eu_share, *told)),
)  # fmt: skip
offer(
    "contract.addenda", N_("Numbers of addenda"), ("Addenda", "Addendum number", "Dodatky", "Čísla dodatků"), _addenda
)
