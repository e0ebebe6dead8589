"""Half a mail server and a password in the clear are refused at the start, each by name."""

from __future__ import annotations

import pytest

from elearning.config import SmtpTls, read_settings
from elearning.errors import SettingsInvalid

DEMO = {"ELEARNING_MODE": "demo"}
SERVER = {
    **DEMO,
    "ELEARNING_SMTP_HOST": "mail.instelling.example",
    "ELEARNING_SMTP_FROM": "leren@instelling.example",
}
ACCOUNT = {"ELEARNING_SMTP_USER": "leren", "ELEARNING_SMTP_PASSWORD": "of no use elsewhere"}


def test_without_a_server_there_is_no_mail_and_nothing_to_refuse() -> None:
    assert not read_settings(DEMO).has_mail


def test_a_server_with_an_address_is_enough_and_talks_over_tls() -> None:
    settings = read_settings(SERVER)
    assert settings.has_mail
    assert (settings.smtp_port, settings.smtp_tls) == (587, SmtpTls.STARTTLS)


@pytest.mark.parametrize("tls", [SmtpTls.STARTTLS, SmtpTls.TLS])
def test_an_account_is_taken_over_tls(tls: SmtpTls) -> None:
    settings = read_settings({**SERVER, **ACCOUNT, "ELEARNING_SMTP_TLS": tls})
    assert settings.smtp_user == "leren"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"ELEARNING_SMTP_FROM": ""}, "SMTP_FROM must be the address"),
        ({"ELEARNING_SMTP_FROM": "leren"}, "SMTP_FROM must be the address"),
        ({"ELEARNING_SMTP_USER": "leren"}, "SMTP_PASSWORD belong together"),
        ({"ELEARNING_SMTP_PASSWORD": "of no use"}, "SMTP_PASSWORD belong together"),
        ({**ACCOUNT, "ELEARNING_SMTP_TLS": "none"}, "SMTP_TLS must not be none"),
        ({"ELEARNING_SMTP_TLS": "ssl"}, "SMTP_TLS"),
        ({"ELEARNING_SMTP_PORT": "0"}, "SMTP_PORT must be a port"),
        ({"ELEARNING_SMTP_PORT": "65536"}, "SMTP_PORT must be a port"),
        ({"ELEARNING_SMTP_TIMEOUT": "0"}, "SMTP_TIMEOUT must be 1 to 60"),
        ({"ELEARNING_SMTP_TIMEOUT": "61"}, "SMTP_TIMEOUT must be 1 to 60"),
    ],
)
def test_what_would_not_work_or_not_be_safe_is_refused(
    change: dict[str, str], problem: str
) -> None:
    with pytest.raises(SettingsInvalid, match=problem) as refused:
        read_settings({**SERVER, **change})
    assert ACCOUNT["ELEARNING_SMTP_PASSWORD"] not in str(refused.value)
