import ssl

import kombu
import pytest

from gmvboard.broker import broker
from gmvboard.env import BadSetting


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("redis://:pw@host:1/2", "redis://:pw@host:1/2"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock?virtual_host=0"),
        ("unix://:p%40@/run/r.sock?db=3", "redis+socket://:p%40@/run/r.sock?virtual_host=3"),
        ("unix:///r.sock?password=p%40", "redis+socket://:p%40@/r.sock?virtual_host=0"),
        (
            "redis+sentinel://:p%40@one,two:7/festival/2",
            "sentinel://:p%40@one:26379/2;sentinel://:p%40@two:7/2",
        ),
    ],
)
def test_redis_is_told_to_celery_in_its_own_form(url: str, told: str) -> None:
    assert broker(url).url == told
    assert broker(url).options["visibility_timeout"] == 60


def test_behind_sentinels_celery_is_told_whose_master_to_ask_for() -> None:
    options = broker("redis+sentinel://one/festival?sentinel_password=own").options
    assert options["master_name"] == "festival"
    assert options["sentinel_kwargs"]["password"] == "own"


def test_certificates_are_checked_unless_the_address_says_otherwise() -> None:
    assert kombu.Connection(broker("rediss://host").url).ssl == {"ssl_cert_reqs": ssl.CERT_REQUIRED}
    trusting = "rediss://host?ssl_cert_reqs=none"
    assert broker(trusting).url == trusting
    assert broker("amqps://u:p@host//").options["ssl"]["cert_reqs"] == ssl.CERT_REQUIRED


def test_rabbitmq_gets_none_of_the_options_of_redis() -> None:
    found = broker("amqp://user:password@host:5672/vhost")
    assert found.url == "amqp://user:password@host:5672/vhost"
    assert "visibility_timeout" not in found.options
    assert found.heartbeat_s == 10


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://host",
        "amqp://",
        "sentinel://one;sentinel://two",
        "redis+socket:///r.sock",
        "redis://host:port",
        "sqs://",
        "memory://",
        "redis+sentinel://one",
    ],
)
def test_another_broker_is_refused_by_the_setting_s_name(url: str) -> None:
    with pytest.raises(BadSetting, match="CELERY_BROKER_URL: expected"):
        broker(url)
