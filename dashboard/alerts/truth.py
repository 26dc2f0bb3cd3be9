"""Checked again before a post goes out: that what it tells is so, by the record as it is now."""

from collections.abc import Mapping
from typing import Any

import msgspec

from dashboard.alerts import news
from dashboard.core.milestones import GROSS_KINDS
from dashboard.core.posting import ON_HOLD, UNTRUE
from dashboard.core.story import Story
from dashboard.store import milestones, trust


def still_true(
    milestone_id: int | None, now_ms: int, told: Mapping[str, Any] | None = None
) -> bool:
    """Return whether a milestone stands as it was `told`; without that, whether it stands at all.

    Only by figures that can be trusted at `now_ms` (real time). What was never of a milestone tells
    no figure, and stands; a story whose milestone is gone does not. Raises
    `django.db.DatabaseError`.
    """
    return not doubt(milestone_id, now_ms, told)


def doubt(milestone_id: int | None, now_ms: int, told: Mapping[str, Any] | None = None) -> str:
    """Return "" where `still_true`; else UNTRUE, or ON_HOLD where no figures can be trusted now."""
    if milestone_id is None:
        return UNTRUE if told else ""
    row = milestones.fallen(milestone_id)
    if row is None or row.facts is None:
        return UNTRUE
    figures = trust.trusted(row.campaign, now_ms)
    if figures is None:
        return ON_HOLD
    story = msgspec.convert(row.facts, Story)
    if _undercut(told) != story.undercut:
        return UNTRUE
    if story.undercut:  # a correction, which says just that
        return ""
    reached = row.kind not in GROSS_KINDS or figures.gross >= row.amount
    return "" if reached and news.still_true(told, story) else UNTRUE


def _undercut(told: Mapping[str, Any] | None) -> bool:
    return bool(told and told.get("undercut"))
