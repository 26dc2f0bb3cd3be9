"""Checked again before a post goes out: that what it tells is so, by the record as it is now."""

from collections.abc import Mapping
from typing import Any

import msgspec

from dashboard.alerts import news
from dashboard.core.milestones import GROSS_KINDS
from dashboard.core.story import Story
from dashboard.store import milestones, trust


def still_true(
    milestone_id: int | None, now_ms: int, told: Mapping[str, Any] | None = None
) -> bool:
    """Return whether a milestone stands as it was `told`; without that, whether it stands at all.

    Only by figures that can be trusted at `now_ms` (real time). What is of no milestone tells no
    figure, and stands. Raises `django.db.DatabaseError`.
    """
    if milestone_id is None:
        return True
    row = milestones.fallen(milestone_id)
    if row is None or row.facts is None:
        return False
    figures = trust.trusted(row.campaign, now_ms)
    story = msgspec.convert(row.facts, Story)
    if figures is None or _undercut(told) != story.undercut:
        return False
    if story.undercut:  # a correction, which says just that
        return True
    reached = row.kind not in GROSS_KINDS or figures.gross >= row.amount
    return reached and news.still_true(told, story)


def _undercut(told: Mapping[str, Any] | None) -> bool:
    return bool(told and told.get("undercut"))
