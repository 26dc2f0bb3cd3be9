"""Firing a milestone: the row, its proof, its note and its posts, in one transaction."""

from collections.abc import Callable, Sequence

import msgspec
from django.db import IntegrityError, transaction

from dashboard.core.fall import Fall
from dashboard.core.story import Story
from dashboard.store import outbox
from dashboard.store.outbox import NewPost
from dashboard.store.tables import Milestone, MilestoneNote

FIRED = "fired"
# What the members of a club, or the times of a state, have from their rule.
_OF_THE_RULE = ("dimension", "goes_to", "approval", "take_over", "words", "words_zh")

# Given a milestone that fell, and told with `facts`, what is proposed to its feeds.
PostsOf = Callable[[Milestone], Sequence[NewPost]]


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What a milestone is fired on; `fired_ms` is real time.

    `confirmed`: nothing accepted can move it any more.
    """

    story: Story
    fired_ms: int
    confirmed: bool


def fire(fall: Fall, proof: Proof, posts_of: PostsOf) -> bool:
    """Record that a milestone fell, and propose its posts: all or nothing; True if it was now.

    Nothing is done where it fell before, or staff have changed its rule since it was read.
    """
    with transaction.atomic():
        row = _born(fall, proof) if fall.threshold.many else _fallen(fall, proof)
        if row is None:
            return False
        after = {"crossed_ms": row.crossed_ms, "position": row.position, "total": row.total}
        MilestoneNote.objects.create(milestone=row, at_ms=proof.fired_ms, what=FIRED, after=after)
        outbox.propose(posts_of(row), proof.fired_ms)
    return True


def _fallen(fall: Fall, proof: Proof) -> Milestone | None:
    """Return the rule's own row where this is what recorded its fall."""
    rule = fall.threshold
    asked = {"kind": rule.kind, "amount": rule.asked, "dimension": rule.dimension, "of": rule.of}
    unfired = Milestone.objects.filter(pk=rule.id, crossed_ms__isnull=True, **asked)
    if unfired.update(amount=rule.amount, **_record(fall, proof)) == 0:
        return None
    return Milestone.objects.get(pk=rule.id)


def _born(fall: Fall, proof: Proof) -> Milestone | None:
    """Return a milestone made for the one of many that fell; None where there is one."""
    asked = {"kind": fall.threshold.kind, "amount": fall.threshold.asked}
    rule = Milestone.objects.filter(pk=fall.threshold.id, **asked).first()
    if rule is None or (rule.of != fall.of and rule.of):
        return None
    row = Milestone(
        campaign_id=rule.campaign_id,
        key=fall.key,
        kind=rule.kind,
        amount=rule.amount,
        of=fall.of,
        rule=rule,
        **{name: getattr(rule, name) for name in _OF_THE_RULE},
        **_record(fall, proof),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    row.feeds.set(rule.feeds.all())
    return row


def _record(fall: Fall, proof: Proof) -> dict[str, object]:
    return {
        "crossed_ms": fall.when.ms,
        "fired_ms": proof.fired_ms,
        "position": proof.story.position,
        "total": proof.story.total,
        "facts": msgspec.to_builtins(proof.story),
        "confirmed": proof.confirmed,
        "late": proof.story.late,
    }
