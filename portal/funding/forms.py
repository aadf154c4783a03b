"""Forms of instruments, contracts, addenda and flows."""

from __future__ import annotations

from wtforms.validators import ValidationError

from portal.funding import queries
from portal.funding.models import AMOUNT_MARKS, FLOW_TYPES, Addendum, Contract, Flow, Instrument
from portal.funding.years_field import YearsField
from portal.kernel import codes
from portal.kernel.permission import Actor, writes_everywhere
from portal.partners.forms import with_kinds
from portal.projects.forms import places
from portal.sources.forms import PlainForm, say
from portal.sources.forms.refusals import MESSAGES
from portal.sources.queries import names_of_kinds
from portal.web.formats import money_text, unknown_text
from portal.web.forms import (
    CURRENCIES,
    AreaField,
    CheckField,
    ChoiceField,
    MoneyField,
    NumberField,
    RecordField,
    RecordsField,
    TextField,
    WhenField,
    pair,
)
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l

MARK_HINT = _l("As the source gives it; what is not exact carries ≈.")
say({
    "amount_not_positive": _l("The amount must be above zero. Money given back is a flow of its own type."),
    "too_far_ahead": _l("This is more than thirty years ahead. Check the year."),
    "amount_too_large": _l("The amount is too large to be right. Check the number of zeros."),
    "amount_or_reason": _l("Write the amount, or say below why it is not known."),
    "amount_and_reason": _l("The amount is known. Clear the reason, or the amount."),
    "booked_nowhere": _l("Choose the project or framework to which the whole amount belongs."),
    "to_itself": _l("The provider and the receiver are the same. Correct one of them."),
    "included_in_itself": _l(
        "A flow cannot be included in itself, nor in one that is included in it or superseded by it. Choose another."
    ),
    "supersedes_itself": _l(
        "A flow cannot supersede itself, nor one that supersedes it or includes it. Choose another."
    ),
    "supersedes_elsewhere": _l("That flow is booked elsewhere. Choose one booked at the same record."),
    "supersedes_under_another_contract": _l("That flow is under another contract. Choose one under the same contract."),
    "supersedes_another_type": _l("That flow is of another type. A commitment supersedes a commitment, a payment a payment."),
    "superseded_already": _l("Another flow supersedes that one already. Choose the latest one."),
    "contradicts_a_superseding_flow": _l(
        "Another flow supersedes this one and would no longer agree with it. Correct that flow first."
    ),
    "included_in_another_currency": _l("That flow is in another currency, so this one cannot be included in it."),
    "included_in_less": _l("That flow is less than this one, so this one cannot be included in it."),
    "included_elsewhere": _l(
        "That flow is booked elsewhere. Choose one booked at the same record, at its umbrella project, or at its framework."
    ),
    "contradicts_an_included_flow": _l(
        "Another flow is included in this one and would no longer fit into it. Correct that flow first."
    ),
    "of_another_contract": _l("This addendum belongs to another contract. Choose the contract that it changes."),
    "not_of_its_contract": _l("The contract is from another instrument. Correct the instrument or the contract."),
    "its_flows_have_another": _l("Flows under this contract are from another instrument. Correct them first."),
    "name_or_number": _l("Write the title of the contract, or its number."),
    "contracts_with_itself": _l("The contracting authority and the coordinator are the same. Correct one of them."),
    "share_out_of_range": _l("Write a share from 0 to 100 per cent."),
    "rate_not_positive": _l("The rate must be above zero."),
    "rate_without_currency": _l("Choose the currency of the fixed rate: how many of its units one euro costs."),
    "rate_of_another_regime": _l("A fixed rate belongs to the fixed regime. Choose that regime, or clear the rate."),
    "rate_of_the_euro": _l("A euro costs one euro. Choose the other currency of the rate."),
    "unreadable_years": _l("Write budget years in order, each once, such as 2014: 1250000.00 CZK; 2015: 300000.00 CZK."),
    "contract_missing": _l("Choose the contract that it changes."),
    "before_its_contract": _l("It was signed before its contract. Correct the date, or write it less precisely."),
    "no_such_kind": _l("Choose one of the values of the list."),
    "has_flows_under_its_contract": _l("Flows are booked under this addendum and its contract. Correct them first."),
})  # fmt: skip


class InstrumentForm(PlainForm):
    """Adding and editing an instrument; fields are called as the units of `actions.edit_instrument`."""

    name_cs, name_en = pair(_l("Name"), TextField, required=True)
    kind_code = ChoiceField(_l("Kind"), choices=lambda: codes.choices("instrument_kinds", lang()))
    owner = RecordField(_l("Owner"))
    legal_basis = TextField(_l("Legal basis"), limit=1000)
    period = WhenField(_l("Period"), more="date")
    envelope = MoneyField(_l("Envelope"), hint=_l("Leave it empty if it is not known."))
    envelope_mark = ChoiceField(
        _l("How precise the envelope is"), choices=lambda: _marks(), hint=MARK_HINT, more="amount-precision"
    )

    def offer(self, s, actor: Actor, instrument: Instrument | None = None) -> None:
        """Everything there is to choose from, for this actor and this instrument (None: a new one)."""
        rows = names_of_kinds(s, actor, lang(), ("organisation",))
        self.owner.offer((i, name) for i, name, _kind in rows)
        self.offer_people(s, actor, instrument, may_hide=writes_everywhere(actor, None) if instrument is None else None)
        self.offer_sources(s, actor)

    def values(self, units=None):
        """An envelope that is not known has no precision."""
        made = super().values(units)
        if made.get("envelope") is None or made.get("envelope_mark") not in AMOUNT_MARKS:
            made.pop("envelope_mark", None)
        return made


class ContractForm(PlainForm):
    """Signing and editing a contract. `for` is no name Python takes, so the field is declared apart."""

    name_cs, name_en = pair(_l("Title"), TextField)
    number = TextField(_l("Number"), limit=80, width="m")
    vars()["for"] = RecordField(_l("Project or framework it is for"))
    instrument = RecordField(_l("Instrument"))
    authority = RecordField(_l("Contracting authority"))
    coordinator = RecordField(_l("Coordinator"))
    co_beneficiaries = RecordsField(
        _l("Co-beneficiaries"), hint=_l("Organisations that carry it out beside the coordinator.")
    )
    signed = WhenField(_l("Signed"), more="date")
    start = WhenField(_l("Start"))
    end = WhenField(_l("End"))
    eu_share = NumberField(_l("EU share (%)"), low=0, high=100, hint=_l("Per cent, at most two decimals."))
    cofinancing = YearsField(
        _l("National co-financing by budget year"), rows=3,
        hint=_l(
            "One budget year a line with its amount and currency, such as 2014: 1 250 000 CZK. Leave out what is not known. The "
            "source below is that of the years you change; years from another source are written in another go."
        ),
    )  # fmt: skip
    currency = ChoiceField(_l("Currency of the contract"), choices=lambda: _currencies())
    rate_regime = ChoiceField(
        _l("Rate regime"), choices=lambda: codes.choices("rate_regimes", lang()), more="rate-regime",
        hint=_l("By which rate amounts in other currencies become euros in reports of this contract."),
    )  # fmt: skip
    fixed_rate = NumberField(_l("Fixed rate for EUR 1"), places=10, low=0, hint=_l("Only under the fixed regime."))
    fixed_currency = ChoiceField(_l("Currency of the fixed rate"), choices=lambda: _currencies())
    rounding = ChoiceField(_l("Rounding"), choices=lambda: codes.choices("rounding_rules", lang()))

    def offer(self, s, actor: Actor, contract: Contract | None = None) -> None:
        """Everything there is to choose from, for this actor and this contract (None: a new one)."""
        self["for"].offer(places(s, actor, contract.for_id if contract is not None else None))
        self.instrument.offer(queries.offered_instruments(s, actor, lang()))
        parties = with_kinds(names_of_kinds(s, actor, lang(), ("organisation", "country")), "organisation")
        self.authority.offer(parties)
        self.coordinator.offer(parties)
        self.co_beneficiaries.offer((i, name) for i, name, _kind in names_of_kinds(s, actor, lang(), ("organisation",)))
        self.offer_people(s, actor, contract)
        self.offer_sources(s, actor)


class AddendumForm(PlainForm):
    """Adding and editing an addendum or a top-up."""

    kind_code = ChoiceField(
        _l("What it is"), layout="radio", blank=False, default="addendum", required=True,
        choices=lambda: codes.choices("addendum_kinds", lang()),
    )  # fmt: skip
    contract = RecordField(_l("Contract it changes"), required=True)
    number = TextField(_l("Number"), limit=80, width="m")
    signed = WhenField(_l("Signed"))
    subject_cs, subject_en = pair(_l("Subject"), AreaField, rows=2)

    def offer(self, s, actor: Actor, addendum: Addendum | None = None) -> None:
        """Everything there is to choose from, for this actor and this addendum (None: a new one)."""
        self.contract.offer(queries.offered_contracts(s, actor, lang()))
        self.offer_people(s, actor, addendum)
        self.offer_sources(s, actor)


class FlowForm(PlainForm):
    """Booking and editing a flow; fields are called as the units of `actions.edit_flow`."""

    amount = MoneyField(_l("Amount"), hint=_l("Leave it empty if it is not known; unknown is not zero."))
    amount_mark = ChoiceField(
        _l("How precise the amount is"), layout="radio", blank=False, default="exact", choices=lambda: _marks(),
        hint=MARK_HINT, more="amount-precision",
    )  # fmt: skip
    unknown_reason = ChoiceField(
        _l("Why the amount is not known"),
        blank=_l("the amount is known"),
        choices=lambda: codes.choices("unknown_reasons", lang()),
        hint=_l("A flow without an amount is kept too, and counted among the unknown ones."),
        more="unknown-amount",
    )
    booked = RecordField(
        _l("Booked at"), required=True, more="booked",
        hint=_l(
            "The level to which the whole amount belongs. A sum for a whole initiative is booked once, at its umbrella "
            "project; its parts then say “within the initiative”."
        ),
    )  # fmt: skip
    provider = RecordField(_l("Provider"))
    receiver = RecordField(_l("Receiver"))
    instrument = RecordField(_l("Instrument"))
    contract = RecordField(_l("Contract"))
    addendum = RecordField(_l("Addendum or top-up"), hint=_l("It brings its contract along."))
    type_code = ChoiceField(
        _l("Type of flow"), choices=lambda: _types(), more="flow-type",
        hint=_l("What happened with the money; a payment does not count beside its commitment."),
    )  # fmt: skip
    valued = WhenField(_l("Date of the flow"), more="date")
    included_in = RecordField(
        _l("Included in another flow"), blank=_l("no: it adds"), more="included",
        hint=_l("Choose the larger sum that contains this one. Then it is shown and never added to it."),
    )  # fmt: skip
    supersedes = RecordField(
        _l("Supersedes another flow"), blank=_l("no: it adds"), more="supersedes",
        hint=_l("Choose the older sum that this one states anew, as an addendum does. Then only this one counts."),
    )  # fmt: skip
    purpose_cs, purpose_en = pair(_l("Purpose"), AreaField, rows=2)
    name_cs, name_en = pair(_l("Name"), TextField)
    different = CheckField(_l("It is different money: book it all the same"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.different.unit = False

    def validate_unknown_reason(self, field) -> None:
        """The reason that stood there gives way to an amount; one chosen beside an amount contradicts it."""
        if self.amount.data is not None and field.data and field.data != field.object_data:
            raise ValidationError(MESSAGES["amount_and_reason"])

    def offer(self, s, actor: Actor, flow: Flow | None = None) -> None:
        """Everything there is to choose from, for this actor and this flow (None: a new one)."""
        booked = flow.booked_id if flow is not None else None
        held = flow.amount_mark if flow is not None and flow.amount is not None else None
        self.amount_mark.offer(_marks(held))
        if self.amount_mark.raw is None and held is None:  # the first amount typed is exact
            self.amount_mark.data = AMOUNT_MARKS[0]
        self.booked.offer(places(s, actor, booked))
        kinds = ("organisation", "country", "project", "framework")
        parties = with_kinds(names_of_kinds(s, actor, lang(), kinds), "organisation")
        self.provider.offer(parties)
        self.receiver.offer(parties)
        self.instrument.offer(queries.offered_instruments(s, actor, lang()))
        self.contract.offer(queries.offered_contracts(s, actor, lang()))
        self.addendum.offer(queries.offered_addenda(s, actor, lang()))
        own = flow.id if flow is not None else None
        offered = queries.offered_flows(s, actor, lang(), near=booked or self.booked.data, without=own)
        sums = [(one.id, _sum_of(one)) for one in offered]
        self.included_in.offer(sums)
        self.supersedes.offer(sums)
        self.offer_people(s, actor, flow)
        self.offer_sources(s, actor)

    def values(self, units=None):
        """An unknown amount has no precision, a known one no reason why it is unknown."""
        made = super().values(units)
        if made.get("amount") is not None:
            made["unknown_reason"] = None
        elif "amount" in made:
            made.pop("amount_mark", None)
        return made


def _currencies() -> list[tuple[str, str]]:
    return [(code, f"{code} – {codes.label('currencies', code, lang())}") for code in CURRENCIES]


def _marks(held: str | None = None) -> list[tuple[str, str]]:
    """What a person may say of an amount; a derived or inferred one (`held`) may stay so."""
    return [row for row in codes.choices("amount_marks", lang()) if row[0] in (*AMOUNT_MARKS, held)]


def _types() -> list[tuple[str, str]]:
    return [row for row in codes.choices("transaction_types", lang()) if row[0] in FLOW_TYPES]


def _sum_of(flow: queries.Offered) -> str:
    about = "≈\u00a0" if flow.approximate else ""
    amount = unknown_text() if flow.amount is None else about + money_text(flow.amount)
    return f"{flow.place} – {flow.name}: {amount}"
