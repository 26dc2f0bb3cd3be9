from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from dashboard.core.rate_file import Row
from dashboard.core.rates import Dated
from dashboard.store import rates
from dashboard.store.keys import facts_of
from dashboard.store.rates import Added
from dashboard.store.tables import Rate
from tests.worlds import MIDNIGHT_MS, festival

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2012, 11, 10, 16, tzinfo=UTC)


def test_rates_that_hold_already_are_left_and_corrections_are_added() -> None:
    campaign, _source = festival()
    assert rates.add(campaign, [Row("USD", MIDNIGHT, "6.2384")]) == Added(new=1)
    again = [Row("USD", MIDNIGHT, "6.23840"), Row("JPY", MIDNIGHT, "1/12")]
    assert rates.add(campaign, again) == Added(new=1, known=1)
    assert rates.add(campaign, [Row("USD", MIDNIGHT, "6")]) == Added(corrected=1)
    assert Rate.objects.count() == 3
    assert facts_of(campaign).rates["USD"] == Dated((MIDNIGHT_MS,), ((6, 1),))


def test_rates_are_those_of_their_campaign() -> None:
    (one, _), (other, _) = festival("one"), festival("other")
    rates.add(one, [Row("USD", MIDNIGHT, "6")])
    assert rates.by_campaign() == {one.pk: rates.of(one)}
    assert rates.of(other) == {}


@pytest.mark.parametrize(("currency", "rate"), [("CNY", "1"), ("usd", "6"), ("USD", "0")])
def test_a_wrong_rate_is_refused_by_the_admin_s_form(currency: str, rate: str) -> None:
    campaign, _source = festival()
    with pytest.raises(ValidationError):
        Rate(campaign=campaign, currency=currency, since=MIDNIGHT, rate=rate).full_clean()
