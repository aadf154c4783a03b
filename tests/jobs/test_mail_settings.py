"""What can be said of the mail server, and what is refused before the portal starts."""

from __future__ import annotations

import pytest

from portal.config import BadSetting, Settings

GIVEN = {
    "PORTAL_URL": "https://portal.example.org/mzv", "PORTAL_MAIL_SERVER": "mail.example.org",
    "PORTAL_MAIL_SENDER": "portal@example.org",
}  # fmt: skip


def test_a_mail_server_needs_a_sender_and_the_address_of_the_portal() -> None:
    settings = Settings.from_environment(GIVEN)
    assert (settings.url, settings.mail_port, settings.mail_tls) == ("https://portal.example.org/mzv/", 25, "none")
    for lacking in ("PORTAL_URL", "PORTAL_MAIL_SENDER"):
        with pytest.raises(BadSetting, match=f"{lacking} must be set where PORTAL_MAIL_SERVER is"):
            Settings.from_environment(GIVEN | {lacking: ""})
    assert Settings.from_environment({"PORTAL_URL": GIVEN["PORTAL_URL"]}).mail_server is None


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("PORTAL_URL", "portal.example.org"), ("PORTAL_URL", "https://portal.example.org/?a=1"),
        ("PORTAL_MAIL_SENDER", "Portál <portal@example.org>"), ("PORTAL_MAIL_TLS", "ssl"), ("PORTAL_MAIL_PORT", "0"),
        ("PORTAL_MAIL_SERVER", "mail.example.org:25"), ("PORTAL_JOBS", "yes"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(variable, text) -> None:
    with pytest.raises(BadSetting, match=variable):
        Settings.from_environment(GIVEN | {variable: text})


def test_the_password_is_in_no_message() -> None:
    assert "tajné" not in repr(Settings.from_environment(GIVEN | {"PORTAL_MAIL_PASSWORD": "tajné heslo"}))
