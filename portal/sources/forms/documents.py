"""The form of a document."""

from __future__ import annotations

from portal.kernel import codes
from portal.kernel.permission import Actor, writes_everywhere
from portal.sources.actions import UNSUPPORTED, Support
from portal.sources.forms.plain import PlainForm
from portal.sources.forms.support import FIELDS
from portal.sources.models import Document
from portal.web.forms import AddressField, AreaField, ChoiceField, TextField, WhenField, pair
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l

LONGEST_TEXT = 200_000
"""Characters of a document's text that the portal keeps."""


class DocumentForm(PlainForm):
    """Adding and editing a document. It is a source itself, so it has none; why it changes is asked all the same."""

    name_cs, name_en = pair(_l("Title"), TextField, required=True)
    origin = ChoiceField(
        _l("Whose it is"), layout="radio", blank=False, required=True, default="public",
        choices=lambda: codes.choices("document_origins", lang()),
    )  # fmt: skip
    publisher = TextField(_l("Published by"))
    address = AddressField(_l("Web address"))
    file_name = TextField(_l("File name"), limit=200)
    language = ChoiceField(_l("Language"), choices=lambda: codes.choices("languages", lang()))
    dated = WhenField(_l("Date of the source"))
    retrieved = WhenField(_l("Retrieved"))
    body = AreaField(
        _l("Text of the source"), rows=8, limit=LONGEST_TEXT,
        hint=_l("Where the portal keeps the text, quotations are shown in it, and it can check that they are word for word."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            if name != "source_reason":
                del self[name]

    names_source = False

    def support(self, s, actor: Actor) -> Support:
        """A document rests on nothing."""
        return UNSUPPORTED

    def offer(self, s, actor: Actor, document: Document | None = None) -> None:
        """Colleagues; confidentiality where the actor may decide of it."""
        self.offer_people(s, actor, document, may_hide=writes_everywhere(actor, None) if document is None else None)
