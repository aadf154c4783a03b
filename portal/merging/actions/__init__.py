"""What a person does: merge one record into another, separate them again."""

from portal.merging.actions.merging import Choices, merge, promise
from portal.merging.actions.separating import allowed_to_part, separate

__all__ = ["Choices", "allowed_to_part", "merge", "promise", "separate"]
