"""Forms of sources: the fieldset of a source that every edit form has, documents, statements of a fact."""

from portal.sources.forms.support import SupportForm, title_of

__all__ = ["SupportForm", "title_of"]
