"""Forms of sources: the fieldset of a source, editing of any record, documents, statements of a fact.

Guides stand at the top of `support` (the source of what a form writes), `editing` (forms that edit records and merge with
what others wrote meanwhile) and `refusals` (messages for the codes of rules).
"""

from portal.sources.forms.editing import FactsForm, Sets, no_sets, save, standing
from portal.sources.forms.plain import PlainForm, readers_of
from portal.sources.forms.refusals import MESSAGES
from portal.sources.forms.support import SupportForm, title_of

__all__ = [
    "MESSAGES",
    "FactsForm",
    "PlainForm",
    "Sets",
    "SupportForm",
    "no_sets",
    "readers_of",
    "save",
    "standing",
    "title_of",
]
