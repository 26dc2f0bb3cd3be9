import json
from base64 import b64decode

import pytest
from pytest_django.fixtures import Settings

from dashboard.alerts import sending
from dashboard.alerts.dry_run import DryRun
from dashboard.alerts.feeds import apprise
from dashboard.alerts.service import Account, Message, Sent
from dashboard.alerts.web import Refused, Unknown
from tests.alerts.checking_server import CheckingServer, Reply, closed_port
from tests.alerts.feeds.messages import PNG, with_picture, words

# Apprise's own, as it imports what Python 3.13 has not.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(autouse=True)
def allowed(settings: Settings) -> None:
    settings.APPRISE = True


def send(server: CheckingServer, message: Message, account: Account) -> Sent:
    return server.send(apprise.SERVICE, message, account)


def expected(server: CheckingServer, reply: Reply) -> Account:
    """Return an account of Apprise's own JSON service, at this server."""
    server.expect("POST", f"https://127.0.0.1:{server.port}/news", reply)
    return {"address": f"json://127.0.0.1:{server.port}/news"}


def test_words_and_picture_are_handed_over(server: CheckingServer) -> None:
    account = expected(server, Reply())
    assert send(server, with_picture("A & <b>"), account) == Sent("")
    said = json.loads(server.seen[0].body)
    assert said["message"] == "A & <b>"
    (file,) = said["attachments"]
    assert (file["filename"], b64decode(file["base64"])) == ("poster.png", PNG)


def test_a_dry_run_hands_nothing_over() -> None:
    account = {"address": f"json://127.0.0.1:{closed_port()}/news"}
    run = DryRun(apprise.SERVICE, account)
    sending.send(apprise.SERVICE, words("A"), account, run)
    assert run.requests == [{"method": "APPRISE", "url": "•••", "body": "A"}]


@pytest.mark.parametrize("reply", [Reply(403), Reply(429), Reply(500), Reply(then="hang up")])
def test_without_success_nobody_can_say_and_it_is_asked_once(
    server: CheckingServer, reply: Reply
) -> None:
    with pytest.raises(Unknown, match="Apprise reports no success"):
        send(server, words(), expected(server, reply))


def test_a_redirect_is_not_followed(server: CheckingServer) -> None:
    there = {"Location": f"http://127.0.0.1:{closed_port()}/"}
    with pytest.raises(Unknown):
        send(server, words(), expected(server, Reply(302, headers=there)))


@pytest.mark.parametrize("address", ["nosuch://x", "json://a.example, json://b.example", "x"])
def test_an_address_that_apprise_does_not_know_is_refused(
    server: CheckingServer, address: str
) -> None:
    with pytest.raises(Refused, match="address: expected one address that Apprise understands"):
        send(server, words(), {"address": address})


def test_it_works_only_where_the_settings_allow_it(
    server: CheckingServer, settings: Settings
) -> None:
    settings.APPRISE = False
    with pytest.raises(Refused, match="APPRISE: expected yes in the environment"):
        send(server, words(), {"address": "json://127.0.0.1/"})


def test_where_it_is_not_installed_the_error_says_so(
    server: CheckingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apprise, "find_spec", lambda name: None)
    with pytest.raises(Refused, match="Apprise is not installed: pip install"):
        send(server, words(), {"address": "json://127.0.0.1/"})


def test_what_is_logged_of_a_failure_holds_no_secret_s3(
    server: CheckingServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    server.expect("POST", f"https://127.0.0.1:{server.port}/very-secret-path", Reply(401))
    address = f"json://lena:secret-word@127.0.0.1:{server.port}/very-secret-path"
    with pytest.raises(Unknown) as unknown:
        send(server, words(), {"address": address})
    assert "secret" not in caplog.text + str(unknown.value)
