"""The source of what somebody writes: one fieldset for every edit form, of this feature and of those above it.

    class FlowForm(SupportForm, RecordForm):               # SupportForm first; its fields are drawn last
        amount = MoneyField(_l("Amount"))

    form = FlowForm(data=…)
    form.offer_sources(s, actor)                           # before validate: what may be chosen
    if form.validate_on_submit():
        with page.writing(reason=form.reason):             # a new document is registered in the same transaction
            actions.book_flow(s, actor, form.units(), form.support(s, actor))

    {% import "sources/support.html" as so with context %}
    {{ so.fieldset(form) }}

The person names a document of the portal (a part of its title, or its web address), or a new one (title, address, date, whose
it is), and the place, the words, whether they are verbatim, and whether the source states it or it is inferred. Nothing named:
`Support("uncited")`. How sure the fact is follows from the document: a public page never makes a fact "stated by the
ministry". None of these fields is a unit: `form.units()` leaves them out.
"""

from __future__ import annotations

import re

from wtforms.validators import ValidationError

from portal.kernel import codes
from portal.kernel.permission import Actor
from portal.kernel.text import has_control
from portal.sources import queries
from portal.sources.actions import Quotation, Support, register_document
from portal.sources.facts import Pair
from portal.sources.models import Document
from portal.sources.rules import where_in
from portal.web.formats import when_text
from portal.web.forms import AddressField, AreaField, CheckField, ChoiceField, Form, RecordField, TextField, WhenField
from portal.web.i18n import _, lang
from portal.web.i18n import lazy_gettext as _l

FIELDS = (
    "source", "source_title", "source_address", "source_origin", "source_dated", "source_language", "source_place",
    "source_quotation", "source_verbatim", "source_sure", "source_precision", "source_reason",
)  # fmt: skip
NEW = ("source_title", "source_address", "source_dated", "source_language")
DETAILS = ("source_place", "source_quotation", "source_verbatim", "source_precision")


def title_of(document: Document) -> str:
    """What a document is called where one is chosen: its title and its date, with plain spaces, as people type them."""
    name = document.name(lang()) or f"#{document.id}"
    return (f"{name}, {when_text(document.dated)}" if document.dated else name).replace("\u00a0", " ")


def address_in(text: str) -> str | None:
    """The web address somebody typed, its scheme added; None where the text is none."""
    if re.fullmatch(r"https?://\S+", text):
        return text
    return f"https://{text}" if re.fullmatch(r"(www\.\S+\.\S+|[\w-]+(\.[\w-]+)+/\S*)", text) else None


class SourceField(RecordField):
    """A document of the portal by its title or address. An unknown address moves on to the fields of a new document."""

    def pre_validate(self, form) -> None:
        address = address_in(self.text or "")
        if address and not has_control(address) and not self.find(address):
            self.text = self.data = None
            form.source_address.data = form.source_address.data or address
            return
        super().pre_validate(form)


class SupportForm(Form):
    """Mixin: the fields of the source, and `support()` that turns them into what actions take."""

    source = SourceField(_l("Source"), hint=_l("A part of its title as it stands in the portal, or its web address."))
    source_title = TextField(_l("Title of the new source"))
    source_address = AddressField(_l("Web address of the new source"))
    source_origin = ChoiceField(
        _l("Whose it is"), layout="radio", blank=False, default="public", required=True,
        choices=lambda: codes.choices("document_origins", lang()),
    )  # fmt: skip
    source_dated = WhenField(_l("Date of the new source"))
    source_language = ChoiceField(_l("Its language"), choices=lambda: codes.choices("languages", lang()))
    source_place = TextField(_l("Where in it"), hint=_l("For example page 12, article 3, or the heading."))
    source_quotation = AreaField(_l("Quotation"), rows=3, hint=_l("The words of the source, in its own language."))
    source_verbatim = CheckField(_l("The quotation is word for word"))
    source_sure = ChoiceField(
        _l("How sure it is"), layout="radio", blank=False, default="stated", required=True, more="certainty",
        hint=_l("Together with whose document it is, this gives the certainty of the fact."),
        choices=[("stated", _l("The source states it")), ("unsure", _l("Inferred, or the source itself doubts it"))],
    )  # fmt: skip
    source_precision = TextField(
        _l("Note on precision"), hint=_l("For example: rounded; by inference includes the top-up."), more="precision"
    )
    source_reason = TextField(_l("Why it changes"), hint=_l("Kept in the history, and shown beside the fact."))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self[name].unit = False
        self.source.search(lambda text: [], lambda document_id: None)

    def offer_sources(self, s, actor: Actor) -> None:
        """Let the person choose among the documents they may see."""
        self._s, self._actor = s, actor

        def find(text: str) -> list[tuple[int, str]]:
            text = text.replace("\u00a0", " ")
            if text in suggested:
                return [(suggested[text], text)]
            return [] if has_control(text) else [(d.id, title_of(d)) for d in queries.documents_meant(s, actor, text)]

        def name_of(document_id: int) -> str | None:
            document = queries.document(s, actor, document_id)
            return title_of(document) if document else None

        suggested: dict[str, int] = {}
        for document in queries.recent_documents(s, actor):
            suggested.setdefault(title_of(document), document.id)
        self.source.search(find, name_of, suggested)

    def own_fields(self) -> list:
        """The fields of the source stand last, as on the page."""
        return sorted(super().own_fields(), key=lambda f: f.short_name in FIELDS)

    @property
    def reason(self) -> str:
        """Why the change is made, for history."""
        return self.source_reason.data or ""

    @property
    def names_new_source(self) -> bool:
        """Whether a document is to be registered: for drawing its fields open."""
        return any(self[name].data or self[name].errors for name in NEW)

    @property
    def names_source(self) -> bool:
        return self.source.data is not None or bool(self.source_title.data or self.source_address.data)

    def validate_source(self, field) -> None:
        if field.errors or field.text:
            if field.data is not None and self.source_title.data:
                raise ValidationError(_("Name either a source of the portal, or a new one."))
            return
        if not self.names_source and (
            any(self[name].data for name in (*DETAILS, "source_dated")) or self.source_sure.data == "unsure"
        ):
            raise ValidationError(_("Name the source, or clear what you wrote about it below."))

    def validate_source_title(self, field) -> None:
        if self.source_address.data and not field.data and not self._known():
            raise ValidationError(_("The portal does not know this source yet. Write its title."))

    def validate_source_verbatim(self, field) -> None:
        if not field.data:
            return
        if not self.source_quotation.data:
            raise ValidationError(_("Write the quotation, or do not call it word for word."))
        document = self._known()
        if document is not None and document.body and where_in(document.body, self.source_quotation.data) is None:
            raise ValidationError(
                _(
                    "These words do not stand in the text of the source. Correct them, or do not call them word for word."
                )
            )

    def _known(self) -> Document | None:
        """The document of the portal that is named, by title or by address."""
        if self.source.data is not None:
            return queries.document(self._s, self._actor, self.source.data)
        if self.source_address.data and not has_control(self.source_address.data):
            return queries.document_at(self._s, self._actor, self.source_address.data)
        return None

    def support(self, s, actor: Actor) -> Support:
        """What the change rests on. Registers the new document; call it inside the change, after `validate`."""
        reason, note = self.reason, self.source_precision.data or ""
        if not self.names_source:
            return Support(reason=reason)
        language = self.source_language.data
        titled = {f"title_{language if language in ('cs', 'en') else lang()}": self.source_title.data}
        document = self._known() or register_document(
            s, actor, **{"title_cs": "", **titled}, origin=self.source_origin.data, language=language,
            address=self.source_address.data or None, dated=self.source_dated.data,
        )  # fmt: skip
        certainty = "document" if document.origin == "ministry" else "public"
        quotation = Quotation(
            document.id,
            self.source_place.data,
            self.source_quotation.data,
            document.language,
            self.source_verbatim.data,
        )
        return Support(
            "unsure" if self.source_sure.data == "unsure" else certainty,
            (quotation,),
            precision_note=Pair(note, "") if lang() == "cs" else Pair("", note),
            reason=reason,
        )
