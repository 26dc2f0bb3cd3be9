"""E-mail, by a mail server whose own word tells how it ended."""

from collections.abc import Mapping

import msgspec
import pytest
from django.core.mail import EmailMessage
from pytest_django.fixtures import Settings

from dashboard.alerts.feeds.email import SERVICE
from dashboard.alerts.guarded import Halted
from dashboard.alerts.mailing import hand_over
from dashboard.alerts.outgoing import Outgoing
from dashboard.alerts.sending import send
from dashboard.alerts.service import Account, Message, Sent
from dashboard.alerts.web import Later, Refused, Unknown, already
from tests.alerts.checking_server import closed_port
from tests.alerts.mail_server import HANG_UP, SILENCE, MailServer
from tests.alerts.news import NEWS, PICTURE, PICTURED

ACCOUNT = {"to": "news@paper.example, desk@radio.example", "sender": "Board <board@gmv.example>"}
SENT = Sent("<0123456789abcdef@gmv.example>")


@pytest.fixture(autouse=True)
def _smtp(settings: Settings) -> None:
    """Letters go out for good, to this machine: Django's tests would keep them."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False


def post(
    settings: Settings,
    answers: Mapping[str, str],
    message: Message = NEWS,
    account: Account = ACCOUNT,
) -> tuple[Sent, MailServer]:
    """Send a letter to a server that answers so."""
    with MailServer(answers) as server:
        settings.EMAIL_PORT = server.port
        return send(SERVICE, message, account, Outgoing([])), server


def test_a_letter_has_the_words_the_picture_and_its_description(settings: Settings) -> None:
    sent, server = post(settings, {}, PICTURED)
    (letter,) = server.letters
    text, picture = letter.iter_parts()
    assert (sent, letter["Message-ID"]) == (SENT, SENT.remote_id)
    assert letter["Subject"].strip() == NEWS.text
    assert (letter["From"], letter["To"]) == (ACCOUNT["sender"], ACCOUNT["to"])
    assert text.get_content().split() == [*NEWS.text.split(), "A", "curve"]
    assert picture.get_filename() == "poster.png"
    assert picture.get_content() == PICTURE


def test_the_subject_is_the_first_line_cut(settings: Settings) -> None:
    words = "成交额突破 100 亿元，" * 20 + "\n第二行"
    message = msgspec.structs.replace(NEWS, text=words, lang="zh-hans")
    _, server = post(settings, {}, message)
    (letter,) = server.letters
    assert letter["Subject"].endswith("…") and len(letter["Subject"]) <= 120
    assert "第二行" in letter.get_content() and NEWS.link in letter.get_content()


def test_without_a_sender_the_settings_name_one(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "gmv@settings.example"
    _, server = post(settings, {}, account={"to": "news@paper.example"})
    assert server.letters[0]["From"] == "gmv@settings.example"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"greeting": "421 too busy"}, Later),
        ({"greeting": "554 no service"}, Refused),
        ({"greeting": HANG_UP}, Later),
        ({"greeting": "rubbish"}, Later),
        ({"MAIL": "451 try again"}, Later),
        ({"MAIL": "550 not you"}, Refused),
        ({"RCPT": "450 mailbox busy"}, Later),
        ({"RCPT": "550 no such user"}, Refused),
        ({"DATA": "451 not now"}, Later),
        ({"DATA": "554 no"}, Refused),
        ({"letter": "452 disk full"}, Later),
        ({"letter": "554 spam"}, Refused),
        ({"letter": HANG_UP}, Unknown),
        ({"letter": "rubbish"}, Unknown),
    ],
    ids=str,
)
def test_how_it_ended_is_what_the_mail_server_says_f39(
    settings: Settings, answers: Mapping[str, str], expected: type[Exception]
) -> None:
    with pytest.raises(expected, match="mail server"):
        post(settings, answers)


def test_a_good_bye_that_fails_changes_nothing(settings: Settings) -> None:
    sent, server = post(settings, {"QUIT": HANG_UP})
    assert (sent, len(server.letters)) == (SENT, 1)


def test_without_a_mail_server_nothing_is_sent_f39(settings: Settings) -> None:
    settings.EMAIL_PORT = closed_port()
    with pytest.raises(Later, match="no connection"):
        send(SERVICE, NEWS, ACCOUNT, Outgoing([]))


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(Refused, match="to: expected addresses"):
        send(SERVICE, NEWS, {"to": "nobody"}, Outgoing([]))


def test_who_is_refused_alone_is_told_and_the_others_have_it(settings: Settings) -> None:
    sent, server = post(settings, {"RCPT": "250 OK, 550 no such desk"})
    assert sent == Sent(SENT.remote_id, lacks="not sent to desk@radio.example (SMTP 550)")
    assert len(server.letters) == 1


def test_a_server_that_drips_is_left_when_its_time_is_over(settings: Settings) -> None:
    letter = EmailMessage("News", "Ten", "board@gmv.example", ["a@b.example", "c@d.example"])
    with MailServer({"letter": SILENCE}) as server:
        settings.EMAIL_PORT = server.port
        with pytest.raises(Unknown):
            hand_over(letter, already, total_s=0.05)


def test_a_stop_is_heeded_once_the_server_listens_f41(settings: Settings) -> None:
    letter = EmailMessage("News", "Ten", "board@gmv.example", ["a@b.example"])

    def stop() -> None:
        raise Halted("stopped")

    with MailServer({}) as server:
        settings.EMAIL_PORT = server.port
        with pytest.raises(Halted):
            hand_over(letter, stop)
    assert server.letters == []
