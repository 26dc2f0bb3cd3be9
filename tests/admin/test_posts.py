"""Posts and notes in admin: to look at, never to alter (S24)."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from dashboard.store import desk
from dashboard.store.tables import Post, PostNote
from tests.store.posts import LENA, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("surroundings")]
POSTS, NOTES = "/admin/dashboard/post/", "/admin/dashboard/postnote/"


@pytest.fixture
def director() -> Client:
    """The browser of somebody who may do everything that there is."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("tom"))
    return client


def test_posts_and_what_was_done_to_them_are_listed(director: Client) -> None:
    one = post(Post.APPROVED)
    desk.hold(Post.objects.all(), one.pk, LENA)
    html = director.get(NOTES).content.decode()
    assert all(text in html for text in ("lena", "held", "proposed", "2012-11-11"))
    assert "festival/channel" in director.get(POSTS).content.decode()
    assert one.text in director.get(f"{POSTS}{one.pk}/change/").content.decode()


def test_nobody_writes_alters_or_deletes_a_note_or_a_post_s24(director: Client) -> None:
    desk.hold(Post.objects.all(), post(Post.APPROVED).pk, LENA)
    note, one = PostNote.objects.get(), Post.objects.get()
    for place, pk in ((NOTES, note.pk), (POSTS, one.pk)):
        for where in ("add/", f"{pk}/change/", f"{pk}/delete/"):
            assert director.post(f"{place}{where}", {"by": "tom"}).status_code == 403
        form = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
        director.post(place, form)
    assert (PostNote.objects.get().by, Post.objects.count()) == ("lena", 1)
