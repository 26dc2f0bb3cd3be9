"""Every service as a dry run: each ends with its last request recorded, and asks no network."""

import json

import pytest

from dashboard.alerts import accounts
from dashboard.alerts.dry_run import DryRun
from dashboard.alerts.feeds import services
from dashboard.alerts.sending import send
from dashboard.alerts.service import Account, Sent
from tests.alerts.feeds import test_bluesky as bluesky
from tests.alerts.feeds import test_email as email
from tests.alerts.feeds import test_mastodon as mastodon
from tests.alerts.feeds import test_webhook as webhook
from tests.alerts.feeds import test_weibo as weibo
from tests.alerts.feeds import test_x as x
from tests.alerts.news import PICTURED

ACCOUNTS = {
    module.__name__.rpartition("test_")[2]: module.ACCOUNT
    for module in (bluesky, email, mastodon, webhook, weibo, x)
}
# The requests that each makes for words with a picture.
EXPECTED = {"bluesky": 3, "email": 1, "mastodon": 2, "webhook": 1, "weibo": 1, "x": 3}


@pytest.mark.parametrize(("name", "account"), ACCOUNTS.items())
def test_a_dry_run_goes_the_whole_way_and_tells_no_secret(name: str, account: Account) -> None:
    service = services()[name]
    web = DryRun(service, account)
    assert send(service, PICTURED, account, web) == Sent("")
    told = json.dumps(web.requests)
    assert len(web.requests) == EXPECTED[name]
    assert not any(account[secret] in told for secret in accounts.secret_names(service))


@pytest.mark.parametrize(("name", "account"), ACCOUNTS.items())
def test_an_account_as_documented_is_taken(name: str, account: Account) -> None:
    assert accounts.wrong(services()[name], account) == []


@pytest.mark.parametrize("name", ACCOUNTS)
def test_of_every_field_is_said_in_chinese_what_it_is(name: str) -> None:
    assert [field.name for field in services()[name].fields if not field.about_zh] == []
