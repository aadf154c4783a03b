"""The form of a legal instrument."""

from __future__ import annotations

from portal.kernel import codes
from portal.kernel.permission import Actor, writes_everywhere
from portal.legal.models import LegalInstrument
from portal.sources.forms import PlainForm, say
from portal.sources.queries import names_of_kinds
from portal.web.forms import AddressField, AreaField, ChoiceField, RecordField, TextField, WhenField, pair
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l

say(
    {
        "no_celex_number": _l(
            "This is no CELEX number. It reads like 32004L0081: sector, year, type of document, number."
        ),
        "due_before_it_was_made": _l("The deadline lies before the document came to be. Correct one of the dates."),
        "over_before_it_was_made": _l("Its validity ends before the document came to be. Correct one of the dates."),
        "laid_down_in_itself": _l(
            "A document cannot be laid down in itself, nor in one that is laid down in it. Choose another."
        ),
    }
)


class LegalInstrumentForm(PlainForm):
    """Adding and editing a legal instrument; fields are called as the units of `actions.edit_legal_instrument`."""

    name_cs, name_en = pair(_l("Name"), TextField, required=True)
    kind_code = ChoiceField(_l("Kind"), choices=lambda: codes.choices("legal_kinds", lang()))
    status = ChoiceField(_l("Status"), choices=lambda: codes.choices("legal_statuses", lang()))
    number_cs, number_en = pair(_l("Number"), TextField, limit=80)
    full_title_cs, full_title_en = pair(_l("Full title"), AreaField, rows=2)
    aim_cs, aim_en = pair(_l("Content and aim"), AreaField, rows=3)
    dated = WhenField(_l("Dated"))
    adopted_on = WhenField(_l("Adoption"))
    signed = WhenField(_l("Signature"))
    concluded = WhenField(_l("Conclusion"))
    in_force = WhenField(_l("Entry into force"))
    transposition_deadline = WhenField(_l("Deadline for transposition"))
    end_of_validity = WhenField(_l("End of validity"))
    period = WhenField(_l("Period it is for"))
    repealed_by_cs, repealed_by_en = pair(_l("Repealed by"), TextField)
    text_version_cs, text_version_en = pair(_l("Version of the text"), TextField)
    adopted_by = RecordField(_l("Adopted by"))
    adopted_by_words_cs, adopted_by_words_en = pair(
        _l("Adopted by, in words"), TextField, hint=_l("Where the portal does not have whoever adopted it.")
    )
    laid_down_in = RecordField(_l("Laid down in"), blank=_l("no other document"))
    celex = TextField(_l("CELEX number"), limit=40, width="m", hint=_l("As EUR-Lex has it, for example 32004L0081."))
    oj = TextField(_l("Official Journal of the EU"), limit=200)
    eli = AddressField(_l("ELI address"))

    def offer(self, s, actor: Actor, held: LegalInstrument | None = None) -> None:
        """Everything there is to choose from, for this actor and this legal instrument (None: a new one)."""
        rows = names_of_kinds(s, actor, lang(), ("organisation", "legal_instrument"))
        own = held.id if held is not None else None
        self.adopted_by.offer((i, name) for i, name, kind in rows if kind == "organisation")
        self.laid_down_in.offer((i, name) for i, name, kind in rows if kind == "legal_instrument" and i != own)
        self.offer_people(s, actor, held, may_hide=writes_everywhere(actor, None) if held is None else None)
        self.offer_sources(s, actor)
