"""S23: the roles that staff are given."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

pytestmark = pytest.mark.django_db
MAY = {
    "viewer": {"view_post"},
    "operator": {"view_post", "stop_posting", "add_sitestate"},
    "approver": {"view_post", "stop_posting", "approve_post"},
}
ACTS = {"approve_post", "stop_posting", "add_sitestate", "change_feed", "change_post", "view_post"}


@pytest.mark.parametrize("role", MAY)
def test_a_role_may_what_it_is_for_and_nothing_else_s23(role: str) -> None:
    roles = import_module("dashboard.migrations.0009_roles")
    roles.make(apps, None)
    user = get_user_model().objects.create_user("lena", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    assert {act for act in ACTS if user.has_perm(f"dashboard.{act}")} == MAY[role]
    codes = Group.objects.get(name=role).permissions.values_list("codename", flat=True)
    assert set(codes) == set(roles.ROLES[role])
