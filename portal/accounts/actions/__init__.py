"""Everything that is done with accounts: people and rights, passwords, sessions, readers of confidential records.

None of it opens a change: accounts stand outside the history, what was done is in the security log.
"""

from portal.accounts.actions.founding import Draft, draft_accounts, found_accounts
from portal.accounts.actions.passwords import Hashed, hashed, matches, outdated, random_password, renewed
from portal.accounts.actions.people import (
    add_person,
    change_own_password,
    choose_language,
    disable_person,
    edit_person,
    enable_person,
    set_password,
)
from portal.accounts.actions.readers import keep_confidential, name_reader, unname_reader
from portal.accounts.actions.sessions import (
    Admission,
    admit,
    end_sessions,
    forgive,
    purge_sessions,
    refuse,
    sign_in,
    sign_out,
    touch_session,
)

__all__ = [
    "Admission", "Draft", "Hashed", "add_person", "admit", "change_own_password", "choose_language", "disable_person",
    "draft_accounts", "edit_person", "enable_person", "end_sessions", "forgive", "found_accounts", "hashed",
    "keep_confidential", "matches", "name_reader", "outdated", "purge_sessions", "random_password", "refuse", "renewed",
    "set_password", "sign_in", "sign_out", "touch_session", "unname_reader",
]  # fmt: skip
