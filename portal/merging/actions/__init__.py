"""What a person does: merge one record into another, separate them again."""

from portal.merging.actions.merging import Choices, merge, promise
from portal.merging.actions.separating import allowed_to_part, hidden_apart, promise_parting, separate

__all__ = ["Choices", "allowed_to_part", "hidden_apart", "merge", "promise", "promise_parting", "separate"]
