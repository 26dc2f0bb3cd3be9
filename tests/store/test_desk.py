"""What a person does to a post: once, on what was seen, and with a note of it (S24)."""

from collections.abc import Callable

import pytest

from dashboard.store import desk
from dashboard.store.desk import NotDone
from dashboard.store.tables import Post, PostNote
from tests.store.posts import LENA, NOW, TOM, Judge, post

pytestmark = pytest.mark.django_db
ALL = Post.objects.all()
SEEN = "¥10 billion."
Act = Callable[[int], None]

ACTS: dict[str, Act] = {
    "approve": lambda pk: desk.approve(ALL, pk, SEEN, Judge(), LENA),
    "edit": lambda pk: desk.edit(ALL, pk, SEEN, "Ten billion.", Judge(), LENA),
    "hold": lambda pk: desk.hold(ALL, pk, LENA),
    "withdraw": lambda pk: desk.withdraw(ALL, pk, "a wrong figure", LENA),
    "found": lambda pk: desk.found(ALL, pk, "https://mastodon.example/@festival/7", LENA),
    "again": lambda pk: desk.again(ALL, pk, SEEN, Judge(), LENA),
    "leave": lambda pk: desk.leave(ALL, pk, LENA),
}
LEADS = {
    ("approve", "proposed"): "approved",
    ("approve", "failed"): "approved",
    ("edit", "proposed"): "proposed",
    ("edit", "approved"): "proposed",
    ("edit", "failed"): "proposed",
    ("hold", "approved"): "proposed",
    ("withdraw", "proposed"): "withdrawn",
    ("withdraw", "approved"): "withdrawn",
    ("withdraw", "failed"): "withdrawn",
    ("found", "unknown"): "sent",
    ("again", "unknown"): "approved",
    ("leave", "unknown"): "unknown",
}


@pytest.mark.parametrize(("act", "state"), LEADS)
def test_an_act_leads_on_from_its_states_and_says_who_and_when_s24(act: str, state: str) -> None:
    one = post(state)
    ACTS[act](one.pk)
    one.refresh_from_db()
    note = PostNote.objects.get()
    assert one.state == LEADS[act, state]
    assert (note.post_id, note.by, note.at_ms) == (one.pk, "lena", NOW)
    if act != "leave":
        assert (note.before["state"], note.after["state"]) == (state, one.state)


@pytest.mark.parametrize("state", [state for state, _ in Post.STATES])
@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_any_other_state_changes_nothing_and_says_which_it_is(
    act: str, state: str
) -> None:
    if (act, state) in LEADS:
        return
    one = post(state)
    with pytest.raises(NotDone) as refused:
        ACTS[act](one.pk)
    assert (refused.value.why, refused.value.state) == (desk.STATE, state)
    assert state in str(refused.value)
    assert (Post.objects.get().state, PostNote.objects.count()) == (state, 0)


@pytest.mark.parametrize("act", ["approve", "edit"])
def test_words_that_were_changed_meanwhile_are_not_those_decided_on(act: str) -> None:
    one = post()
    desk.edit(ALL, one.pk, SEEN, "Other words.", Judge(), TOM)
    with pytest.raises(NotDone, match="changed the words"):
        ACTS[act](one.pk)
    assert Post.objects.get().text == "Other words."


def test_the_old_words_are_kept_and_what_was_frozen_is_forgotten_s24() -> None:
    one = post(Post.APPROVED, request={"json": {"status": SEEN}})
    ACTS["edit"](one.pk)
    one.refresh_from_db()
    note = PostNote.objects.get()
    assert (note.before["text"], note.after["text"]) == (SEEN, "Ten billion.")
    assert (one.text, one.request) == ("Ten billion.", None)


@pytest.mark.parametrize(
    ("judge", "expires_ms", "why"),
    [
        (Judge(5), NOW + 1, desk.TOO_LONG),
        (Judge(untrue=True), NOW + 1, desk.UNTRUE),
        (Judge(), NOW, desk.EXPIRED),
    ],
)
@pytest.mark.parametrize("act", [desk.approve, desk.again])
def test_what_is_too_long_untrue_or_too_late_is_not_let_out(
    act: Callable[..., None], judge: Judge, expires_ms: int, why: str
) -> None:
    state = Post.PROPOSED if act is desk.approve else Post.UNKNOWN
    one = post(state, expires_ms=expires_ms)
    with pytest.raises(NotDone) as refused:
        act(ALL, one.pk, SEEN, judge, LENA)
    assert (refused.value.why, Post.objects.get().state) == (why, state)


@pytest.mark.parametrize(("text", "why"), [("  ", desk.EMPTY), ("x" * 501, desk.TOO_LONG)])
def test_words_must_be_there_and_fit(text: str, why: str) -> None:
    one = post()
    with pytest.raises(NotDone) as refused:
        desk.edit(ALL, one.pk, SEEN, text, Judge(), LENA)
    assert (refused.value.why, Post.objects.get().text) == (why, SEEN)


@pytest.mark.parametrize(
    "address",
    [
        *("mastodon.example/7", "javascript:alert(1)", "https://", "https://a\n.b"),
        *("http://[", "https://[::1", "https://x\uff0f.com/"),
    ],
)
def test_that_it_is_there_needs_an_address_of_the_web_or_none(address: str) -> None:
    one = post(Post.UNKNOWN)
    with pytest.raises(NotDone, match="address"):
        desk.found(ALL, one.pk, address, LENA)
    assert Post.objects.get().state == Post.UNKNOWN


@pytest.mark.parametrize("text", ["Ten\0 billion.", "Ten\x1b[2J billion.", "Ten\ud800 billion."])
def test_words_that_no_service_shows_are_not_taken(text: str) -> None:
    one = post()
    with pytest.raises(NotDone) as edited:
        desk.edit(ALL, one.pk, SEEN, text, Judge(), LENA)
    with pytest.raises(NotDone) as withdrawn:
        desk.withdraw(ALL, one.pk, text, LENA)
    assert (edited.value.why, withdrawn.value.why) == (desk.CONTROL, desk.CONTROL)
    assert (Post.objects.get().text, PostNote.objects.count()) == (SEEN, 0)


def test_words_may_stand_in_lines() -> None:
    one = post()
    desk.edit(ALL, one.pk, SEEN, "Ten billion.\r\n\tThe first.\n#1111", Judge(), LENA)
    assert Post.objects.get().text.count("\n") == 2


def test_a_post_found_may_have_no_address() -> None:
    one = post(Post.UNKNOWN)
    desk.found(ALL, one.pk, " ", LENA)
    one.refresh_from_db()
    assert (one.state, one.remote_url) == (Post.SENT, "")


def test_a_post_found_is_sent_and_has_its_address() -> None:
    one = post(Post.UNKNOWN, error="timed out")
    ACTS["found"](one.pk)
    one.refresh_from_db()
    assert (one.remote_url, one.sent_ms) == ("https://mastodon.example/@festival/7", NOW)
    assert one.error == ""


def test_whoever_withdraws_says_why_s24() -> None:
    one = post()
    with pytest.raises(NotDone, match="reason"):
        desk.withdraw(ALL, one.pk, " ", LENA)
    ACTS["withdraw"](one.pk)
    assert PostNote.objects.get().after["reason"] == "a wrong figure"


@pytest.mark.parametrize("act", ACTS)
def test_a_post_that_is_not_among_those_shown_is_not_there(act: str) -> None:
    with pytest.raises(NotDone) as refused:
        ACTS[act](post().pk + 1)
    assert refused.value.why == desk.GONE


def test_a_claim_between_the_look_and_the_act_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    one, same = post(Post.APPROVED), desk._taken

    def taken(*arguments: object) -> Post:
        looked = same(*arguments)  # type: ignore[arg-type]
        Post.objects.filter(pk=one.pk).update(state=Post.SENDING)
        return looked

    monkeypatch.setattr(desk, "_taken", taken)
    with pytest.raises(NotDone, match="the post is sending now"):
        desk.hold(ALL, one.pk, LENA)
    assert PostNote.objects.count() == 0


def test_a_note_is_never_altered_or_deleted_s24() -> None:
    ACTS["approve"](post().pk)
    note = PostNote.objects.get()
    for alter in (
        note.save,
        note.delete,
        PostNote.objects.all().delete,
        lambda: PostNote.objects.update(by="tom"),
        lambda: PostNote.objects.bulk_update([note], ["by"]),
    ):
        with pytest.raises(TypeError, match=r"once|never"):
            alter()
    assert PostNote.objects.get().by == "lena"


@pytest.mark.parametrize("text", ["Ten billion.", SEEN])
def test_other_words_go_out_at_once_where_they_are_approved_with_them_s24(text: str) -> None:
    one = post(Post.APPROVED)
    desk.edit_and_approve(ALL, one.pk, SEEN, text, Judge(), LENA)
    one.refresh_from_db()
    assert (one.state, one.text) == (Post.APPROVED, text)
    assert [note.action for note in PostNote.objects.all()] == ["edited", "approved"]


@pytest.mark.parametrize("judge", [Judge(5), Judge(untrue=True)])
def test_where_they_may_not_go_out_the_words_stay_as_they_were(judge: Judge) -> None:
    one = post()
    with pytest.raises(NotDone):
        desk.edit_and_approve(ALL, one.pk, SEEN, "Ten billion.", judge, LENA)
    assert (Post.objects.get().text, PostNote.objects.count()) == (SEEN, 0)


def test_it_is_not_sent_again_while_the_outbox_looks_for_it() -> None:
    one = post(Post.UNKNOWN, not_before_ms=NOW + 60_000)
    with pytest.raises(NotDone) as refused:
        ACTS["again"](one.pk)
    assert (refused.value.why, Post.objects.get().state) == (desk.LOOKING, Post.UNKNOWN)


def test_what_is_left_alone_is_looked_for_no_more() -> None:
    one = post(Post.UNKNOWN, not_before_ms=NOW + 60_000)
    ACTS["leave"](one.pk)
    assert Post.objects.get().not_before_ms == 0


@pytest.mark.parametrize(
    ("state", "goes"), [(Post.SENT, True), (Post.UNKNOWN, True), (Post.PROPOSED, False)]
)
def test_a_correction_goes_out_only_where_what_it_corrects_may_be(state: str, goes: bool) -> None:
    told = post(state)
    correction = post(to=told.feed, kind=Post.CORRECTION, corrects=told)
    if goes:
        ACTS["approve"](correction.pk)
    else:
        with pytest.raises(NotDone, match="bear it out"):
            ACTS["approve"](correction.pk)
