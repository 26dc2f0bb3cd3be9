"""Addresses of the pages and the API; the door for events stands in front of them (asgi.py)."""

from django.contrib import admin
from django.urls import include, path

from dashboard.pages import (
    confirming,
    figures,
    health,
    home,
    milestones,
    minutes,
    openapi,
    operator_alarms,
    pairing,
    playlist,
    post_acts,
    post_posters,
    posts,
    problems,
    reference,
    staff,
)

admin.autodiscover()

campaign = [
    path("snapshot", figures.snapshot, name="snapshot"),
    path("reference", reference.reference, name="reference"),
    path("minutes", minutes.minutes, name="minutes"),
    path("milestones", milestones.milestones, name="milestones"),
]
outbox = [
    path("", posts.page, name="posts"),
    path("state", posts.state, name="posts_state"),
    path("stop", post_acts.stop, name="stop"),
    path("feeds/<int:pk>/stop", post_acts.stop_feed, name="stop_feed"),
    path("<int:pk>/poster.png", post_posters.poster, name="poster"),
    path("<int:pk>/measure", post_acts.measure, name="measure"),
    *(
        path(f"<int:pk>/{action}", post_acts.act, {"action": action}, name=f"post_{action}")
        for action in post_acts.ACTS
    ),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("wall/<slug:slug>/", pairing.wall, name="wall"),
    path("wall/<slug:slug>/pairing", pairing.standing, name="pairing"),
    path("walls/", playlist.walls, name="walls"),
    path("staff/<slug:slug>/", staff.staff, name="staff"),
    path("staff/<slug:slug>/pair", confirming.pair, name="pair"),
    path("staff/<slug:slug>/alarms", operator_alarms.operator_alarms, name="alarms"),
    path("staff/<slug:slug>/posts/", include(outbox)),
    path("api/v1/campaigns", figures.campaigns, name="campaigns"),
    path("api/v1/campaigns/<slug:slug>/", include(campaign)),
    path("api/v1/openapi.json", openapi.openapi, name="openapi"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("admin/", admin.site.urls),
]
handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.failed
