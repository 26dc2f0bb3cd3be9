"""Three roles of staff, as groups (S23): who looks, who runs the board, who lets posts go out."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

_SEEN = (
    "campaign", "milestone", "milestonenote", "feed", "post", "postnote", "operatoralarm",
    "batch", "quarantined", "label", "reference", "rate", "screen", "sitestate", "source",
)
VIEWER = tuple(f"view_{table}" for table in _SEEN)
OPERATOR = (
    *VIEWER, "stop_posting", "add_sitestate", "change_quarantined", "add_screen", "change_screen",
)
ROLES = {
    "viewer": VIEWER,
    "operator": OPERATOR,
    "approver": (*VIEWER, "stop_posting", "approve_post"),
}


def make(apps, schema_editor):
    """Make the groups; one that is there keeps what it may and is given what it lacks."""
    # Django makes permissions once all is migrated, which is too late for this.
    config = installed.get_app_config("dashboard")
    create_permissions(config, verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects
    for name, codes in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(
            *permissions.filter(content_type__app_label="dashboard", codename__in=codes)
        )


class Migration(migrations.Migration):

    dependencies = [
        ("dashboard", "0008_posting"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
