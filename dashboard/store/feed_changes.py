"""Feeds as people change them: saved, and written down who changed what (S24)."""

from typing import Any

from django.db import transaction

from dashboard.store import feeds
from dashboard.store.decisions import Decision
from dashboard.store.tables import Feed, PostNote

# What people decide of a feed; the rest of its row is the outbox's, and its stop switch has a
# change of its own, so that who saves a form opened earlier sets nothing of these back.
_DECIDED = (
    *("name", "service", "audience", "lang", "dry_run", "approval", "holding_s", "cap_an_hour"),
    *("gap_s", "expires_s", "poster", "options"),
)


@transaction.atomic
def keep(feed: Feed, by: Decision) -> None:
    """Save a feed that `by` made or changed, with a note of it; secrets by their names alone."""
    before = _locked(feed)
    if before is None:
        feed.save()
        _note(feed, by, "feed made", {}, _told(feed) | _renewed(None, feed))
        return
    feed.save(update_fields=[*_DECIDED, "sealed"])
    was, now = _told(before), _told(feed)
    changed = [name for name in now if was[name] != now[name]]
    after = {name: now[name] for name in changed} | _renewed(before, feed)
    if after:
        _note(feed, by, "feed changed", {name: was[name] for name in changed}, after)


@transaction.atomic
def switch(feed: Feed, stopped: bool, by: Decision) -> bool:
    """Throw a feed's stop switch, or release it; return whether it stood otherwise before."""
    changed = Feed.objects.filter(pk=feed.pk, stopped=not stopped).update(stopped=stopped) == 1
    if changed:
        action = "feed stopped" if stopped else "feed released"
        _note(feed, by, action, {"stopped": not stopped}, {"stopped": stopped})
    return changed


def _locked(feed: Feed) -> Feed | None:
    return Feed.objects.select_for_update().filter(pk=feed.pk).first()


def _told(feed: Feed) -> dict[str, Any]:
    return {name: getattr(feed, name) for name in _DECIDED}


def _renewed(before: Feed | None, feed: Feed) -> dict[str, Any]:
    """Return the names of the secrets that are not what they were."""
    old, new = _secrets(before) if before else {}, _secrets(feed)
    names = sorted(name for name in old | new if old.get(name) != new.get(name))
    return {"secrets": names} if names else {}


def _secrets(feed: Feed) -> dict[str, str]:
    """Return a feed's secrets; none where nobody can open them."""
    try:
        return {k: v for k, v in feeds.account(feed).items() if k not in feed.options}
    except feeds.KeyChanged:
        return {}


def _note(
    feed: Feed, by: Decision, action: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    PostNote.objects.create(
        feed=feed, at_ms=by.at_ms, by=by.by[:150], action=action, before=before, after=after
    )
