"""Everything the desk writes."""

from portal.desk.actions.addresses import ask_link, claim_link, confirm_address, release_link, set_address
from portal.desk.actions.comments import add_comment, edit_comment, withdraw_comment
from portal.desk.actions.erasing import erase_talk
from portal.desk.actions.following import follow, unfollow
from portal.desk.actions.handover import hand_over
from portal.desk.actions.notices import (
    choose_mail,
    choose_notifications,
    claim_mail,
    forget_old,
    mark_all_read,
    mark_read,
    note_mailed,
    notify,
    notify_no_more,
    tell_of_change,
)
from portal.desk.actions.recent import clear_opened, forget_opened, note_opened
from portal.desk.actions.refusals import need_data
from portal.desk.actions.tasks import edit_task, make_task, set_state

__all__ = [
    "add_comment", "ask_link", "choose_mail", "choose_notifications", "claim_link", "claim_mail", "clear_opened",
    "confirm_address", "edit_comment", "edit_task", "erase_talk", "follow", "forget_old", "forget_opened", "hand_over",
    "make_task", "mark_all_read", "mark_read", "need_data", "note_mailed", "note_opened", "notify", "notify_no_more",
    "release_link", "set_address", "set_state", "tell_of_change", "unfollow", "withdraw_comment",
]  # fmt: skip
