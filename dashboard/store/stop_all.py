"""The one switch that stops all posts, as people throw it: with a note of who and when (S24)."""

from django.db import transaction

from dashboard.store.decisions import Decision
from dashboard.store.tables import PostNote, StopSwitch

_NAME = "all"


def is_stopped() -> bool:
    """Return whether nothing goes out, to any feed."""
    return StopSwitch.objects.filter(name=_NAME, stopped=True).exists()


@transaction.atomic
def switch(stopped: bool, by: Decision) -> bool:
    """Throw the switch, or release it; return whether it stood otherwise before."""
    StopSwitch.objects.get_or_create(name=_NAME)
    changed = StopSwitch.objects.filter(name=_NAME, stopped=not stopped).update(stopped=stopped)
    if changed:
        PostNote.objects.create(
            by=by.by[:150],
            at_ms=by.at_ms,
            action="all stopped" if stopped else "all released",
            before={"stopped": not stopped},
            after={"stopped": stopped},
        )
    return changed == 1
