"""What staff do to posts and switches: by POST alone, with the permission to, each written down.

The answer is the page's whole state anew; a problem (RFC 9457) where nothing was done, with `why`,
and the post's `state` now, for the page to say in its own words.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse

from dashboard.alerts.judge import BeforeApproval
from dashboard.alerts.news import limit_of
from dashboard.core.lengths import length
from dashboard.pages.access import campaign_or_404, is_staff
from dashboard.pages.figures import as_json
from dashboard.pages.posts import APPROVE, STOP, told
from dashboard.pages.problems import allow, problem
from dashboard.store import desk, feed_changes, posts, stop_all
from dashboard.store.decisions import Decision
from dashboard.store.desk import NotDone
from dashboard.store.tables import Campaign
from gmvboard.clock import now_ms

# A post's words, and a person's, are shorter; a body is read whole before it is judged.
_MOST_BYTES = 65_536
_MEANWHILE = {desk.STATE, desk.CHANGED}


class Act(msgspec.Struct, forbid_unknown_fields=True):
    """What the page sends: the words that were seen, and what else the act needs."""

    seen: str = ""
    text: str = ""
    reason: str = ""
    address: str = ""


class Stop(msgspec.Struct, forbid_unknown_fields=True):
    """Whether nothing is to go out."""

    stopped: bool


class Length(msgspec.Struct):
    """How long a text is as its service counts, and how long it may be."""

    used: int
    most: int


View = Callable[..., HttpResponse]
ACTS: dict[str, Callable[[Any, int, Act, Decision], None]] = {
    "approve": lambda rows, pk, act, by: desk.approve(rows, pk, act.seen, BeforeApproval(), by),
    "edit": lambda rows, pk, act, by: desk.edit(rows, pk, act.seen, act.text, BeforeApproval(), by),
    "edit-and-approve": lambda rows, pk, act, by: desk.edit_and_approve(
        rows, pk, act.seen, act.text, BeforeApproval(), by
    ),
    "hold": lambda rows, pk, act, by: desk.hold(rows, pk, by),
    "withdraw": lambda rows, pk, act, by: desk.withdraw(rows, pk, act.reason, by),
    "found": lambda rows, pk, act, by: desk.found(rows, pk, act.address, by),
    "again": lambda rows, pk, act, by: desk.again(rows, pk, act.seen, BeforeApproval(), by),
    "leave": lambda rows, pk, act, by: desk.leave(rows, pk, by),
}


def acting(permission: str) -> Callable[[View], View]:
    """Let in staff with `permission` alone, by POST; others get a problem: 405, 401 or 403 (S24).

    The view is given the campaign in place of its slug.
    """

    def decorate(view: View) -> View:
        @allow("POST")
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **named: Any) -> HttpResponse:
            if not is_staff(request):
                return problem(401, "log in again: the session is over", more={"why": "session"})
            if not request.user.has_perm(permission):
                return problem(403, f"permission: expected {permission}", more={"why": "denied"})
            try:
                return view(request, campaign_or_404(request, slug), **named)
            except Http404:
                return problem(404, "there is no such campaign or feed")
            except msgspec.DecodeError as error:
                return problem(400, str(error))

        return guarded  # type: ignore[return-value]  # `allow` is of any response

    return decorate


@acting(APPROVE)
def act(request: HttpRequest, campaign: Campaign, pk: int, action: str) -> HttpResponse:
    """Do `action` to a post."""
    rows = posts.of(campaign.pk).select_related("feed")
    try:
        ACTS[action](rows, pk, _body(request, Act), _by(request))
    except NotDone as error:
        return _not_done(error)
    return told(campaign)


@acting(APPROVE)
def measure(request: HttpRequest, campaign: Campaign, pk: int) -> HttpResponse:
    """Return how long a text is for a post's service; nothing is kept."""
    post = posts.of(campaign.pk).select_related("feed").filter(pk=pk).first()
    if post is None:
        return problem(404, "there is no such post here")
    most = limit_of(post.feed)
    return as_json(Length(length(_body(request, Act).text, most.count), most.most))


@acting(STOP)
def stop(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Throw the switch that stops all feeds of all campaigns, or release it."""
    if not stop_all.switch(_body(request, Stop).stopped, _by(request)):
        return _already()
    return told(campaign)


@acting(STOP)
def stop_feed(request: HttpRequest, campaign: Campaign, pk: int) -> HttpResponse:
    """Throw a feed's switch, or release it."""
    feed = posts.feeds(campaign.pk).filter(pk=pk).first()
    if feed is None:
        raise Http404
    if not feed_changes.switch(feed, _body(request, Stop).stopped, _by(request)):
        return _already()
    return told(campaign)


def _body(request: HttpRequest, kind: Any) -> Any:
    """Return what was sent; raises `msgspec.DecodeError` where it is not of this kind."""
    if len(request.body) > _MOST_BYTES:
        raise msgspec.DecodeError(f"body: expected at most {_MOST_BYTES} bytes")
    return msgspec.json.decode(request.body or b"{}", type=kind)


def _by(request: HttpRequest) -> Decision:
    return Decision(request.user.get_username(), now_ms())


def _not_done(error: NotDone) -> HttpResponse:
    status = 404 if error.why == desk.GONE else 409 if error.why in _MEANWHILE else 422
    return problem(status, str(error), more={"why": error.why, "state": error.state})


def _already() -> HttpResponse:
    return problem(409, "the switch stood so already", more={"why": "already"})
