// The staff page's way to the posts: how many wait for a person, live, and notices of what is new.

import { at, put, show } from "./dom.js";
import { noticePanel } from "./notices_shown.js";
import { followPosts } from "./posts_line.js";
import { toDecide } from "./posts_order.js";
import { postsWordsFor } from "./posts_words.js";

// What falls and what alarms is on this page already, and is spoken there.
const TOLD_HERE = /^(fell|alarm|clear):/;

/** Follows the posts of `config.posts`, as the page of posts does. */
export function watchPosts({ posts, slug, lang, now }) {
  const words = postsWordsFor(lang);
  const notices = noticePanel({ words, slug, title: posts.title, onPage: ({ id }) => !TOLD_HERE.test(id) });
  let known = null;
  followPosts({ ...posts, now }, (view) => {
    const waiting = toDecide(view.state.posts, view.now);
    put(at("posts-waiting"), String(waiting));
    show(at("posts-waiting"), waiting > 0);
    if (view.state !== known) notices.update(view.state);
    known = view.state;
  });
}
