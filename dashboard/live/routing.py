"""Websocket addresses; the last route refuses what none of the others took."""

from channels.routing import URLRouter
from django.urls import path, re_path

from dashboard.live.consumers import CampaignSocket, Refuse
from dashboard.live.posts_socket import PostsSocket

sockets = URLRouter(
    [
        path("ws/campaigns/<slug:slug>/", CampaignSocket.as_asgi()),
        path("ws/staff/<slug:slug>/posts/", PostsSocket.as_asgi()),
        re_path(r"", Refuse.as_asgi()),
    ]
)
