"""Forms of sources: the fieldset of a source, editing of any record, documents, statements of a fact.

Guides stand at the top of `support` (the source of what a form writes), `editing` (forms that edit records and merge with
what others wrote meanwhile), `leading` (which statement leads), `plain` (note, responsible person, confidentiality) and
`refusals` (messages for the codes of rules).
"""

from portal.sources.forms.documents import DocumentForm
from portal.sources.forms.editing import FactsForm, Sets, no_sets, save, standing
from portal.sources.forms.leading import LeadForm
from portal.sources.forms.plain import PlainForm, readers_of
from portal.sources.forms.refusals import MESSAGES, say
from portal.sources.forms.statements import CiteForm, FurtherForm, StatementForm, statement_form
from portal.sources.forms.support import FIELDS as SOURCE_FIELDS
from portal.sources.forms.support import SupportForm, title_of

__all__ = [
    "MESSAGES", "SOURCE_FIELDS", "CiteForm", "DocumentForm", "FactsForm", "FurtherForm", "LeadForm", "PlainForm", "Sets",
    "StatementForm", "SupportForm", "no_sets", "readers_of", "save", "say", "standing", "statement_form", "title_of",
]  # fmt: skip
