import pytest
from django.contrib.auth import authenticate

from dashboard.store import staff

pytestmark = pytest.mark.django_db


def test_the_first_login_opens_the_admin_with_the_password_it_returns() -> None:
    password = staff.make_first("staff")
    user = authenticate(username="staff", password=password)
    assert user is not None
    assert user.is_staff
    assert user.is_superuser


def test_a_login_that_exists_is_left_alone() -> None:
    password = staff.make_first("staff")
    assert staff.make_first("staff") is None
    assert authenticate(username="staff", password=password) is not None
