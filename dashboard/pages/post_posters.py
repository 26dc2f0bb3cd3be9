"""The picture of a post, as it will be sent: for staff who look before they approve."""

from functools import lru_cache
from hashlib import sha256

import msgspec
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
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
def poster(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Return the picture (PNG) of a post; 404 where it has none, 304 where the caller has it.

    It is asked for each time: re-dating gives a post that waits another story.
    """
    post = posts.of(campaign_or_404(request, slug).pk).filter(pk=pk).first()
    made_of = post and (msgspec.json.encode(post.story), post.poster, post.lang)
    picture = made_of and _drawn(*made_of)
    if not picture:
        raise Http404
    etag = f'"{sha256(picture).hexdigest()}"'
    response = HttpResponse(picture, "image/png", headers={"ETag": etag})
    keep_private(response)
    response["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response


@lru_cache(_KEPT)
def _drawn(story: bytes, shape: str, lang: str) -> bytes | None:
    return draw_of(msgspec.json.decode(story), shape, lang)
