"""The picture of a post, as it will be sent: for staff who look before they approve."""

from functools import lru_cache

import msgspec
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dashboard.alerts.poster.paint import draw_of
from dashboard.pages.access import campaign_or_404, keep_private
from dashboard.pages.posts import SEE
from dashboard.store import posts

# A picture takes a tenth of a second to draw, and all who look at a queue ask for the same few.
_KEPT = 32


@staff_member_required
@permission_required(SEE, raise_exception=True)
@require_safe
def poster(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Return the picture (PNG) of a post; 404 where it has none."""
    post = posts.of(campaign_or_404(request, slug).pk).filter(pk=pk).first()
    picture = post and _drawn(msgspec.json.encode(post.story), post.poster, post.lang)
    if not picture:
        raise Http404
    response = HttpResponse(picture, "image/png")
    keep_private(response)
    response["Cache-Control"] = "private, max-age=3600"  # what it is made of is frozen
    return response


@lru_cache(_KEPT)
def _drawn(story: bytes, shape: str, lang: str) -> bytes | None:
    return draw_of(msgspec.json.decode(story), shape, lang)
