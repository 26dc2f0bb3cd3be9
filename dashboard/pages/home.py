"""The way in: the campaigns that the caller may see, or the only one's wall."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dashboard.core.names import safe_name
from dashboard.pages.access import visible


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send the caller to the only wall there is for him, else let him choose."""
    found = visible(request)
    if len(found) == 1:
        return redirect("wall", slug=found[0].slug)
    named = [(one.slug, safe_name(one.name), safe_name(one.name_zh)) for one in found]
    return render(request, "home.html", {"campaigns": named})
