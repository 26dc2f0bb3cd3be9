import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from dashboard.store.campaigns import hash_token
from dashboard.store.keys import (
    facts_of,
    issue_key,
    issue_signing_secret,
    load_keyring,
    revoke,
)
from dashboard.store.tables import SourceKey
from tests.worlds import festival

pytestmark = pytest.mark.django_db


def test_a_key_is_kept_as_its_digest_only() -> None:
    campaign, source = festival()
    key = issue_key(source)
    assert key.startswith("gmv_in_")
    stored = SourceKey.objects.get()
    assert (stored.key_hash, bytes(stored.secret_sealed)) == (hash_token(key), b"")
    grant = load_keyring().bearers[hash_token(key)]
    assert (grant.source_id, grant.source_name) == (source.pk, "main")
    assert grant.campaign == facts_of(campaign)


def test_a_signing_secret_is_kept_sealed_s3() -> None:
    _campaign, source = festival()
    secret = issue_signing_secret(source)
    raw = base64.b64decode(secret.removeprefix("whsec_"))
    assert len(raw) == 32
    assert raw not in bytes(SourceKey.objects.get().secret_sealed)
    ((opened, grant),) = load_keyring().secrets["festival"]
    assert (opened, grant.source_id) == (raw, source.pk)


def test_several_credentials_hold_at_once_until_revoked() -> None:
    _campaign, source = festival()
    keys = [issue_key(source), issue_key(source)]
    issue_signing_secret(source)
    issue_signing_secret(source)
    assert load_keyring().bearers.keys() == {hash_token(key) for key in keys}
    for one in SourceKey.objects.order_by("pk")[1:3]:
        revoke(one)
    ring = load_keyring()
    assert list(ring.bearers) == [hash_token(keys[0])]
    assert len(ring.secrets["festival"]) == 1


def test_a_revocation_keeps_its_first_date() -> None:
    _campaign, source = festival()
    issue_key(source)
    revoke(SourceKey.objects.get())
    first = SourceKey.objects.get().revoked_at
    revoke(SourceKey.objects.get())
    assert SourceKey.objects.get().revoked_at == first is not None


def test_a_source_that_is_switched_off_has_no_credentials() -> None:
    _campaign, source = festival()
    issue_key(source)
    source.enabled = False
    source.save()
    ring = load_keyring()
    assert ring.campaigns == {"festival"}
    assert ring.bearers == {}


def test_the_keyring_takes_three_queries() -> None:
    for slug in ("one", "two", "three"):
        _campaign, source = festival(slug)
        issue_key(source)
        issue_signing_secret(source)
    with CaptureQueriesContext(connection) as queries:
        assert len(load_keyring().bearers) == 3
    assert len(queries) == 3


def test_a_secret_of_another_secret_key_opens_nothing(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    _campaign, source = festival()
    issue_signing_secret(source)
    settings.SECRET_KEY = "another key, because the first was lost"
    assert load_keyring().secrets == {}
    assert load_keyring().secrets == {}
    assert len(caplog.records) == 1
