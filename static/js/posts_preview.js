// A post as its network will show it: the account, the words in their lines, the link, the picture.

import { el } from "./dom.js";
import { outward } from "./posts_marks.js";
import { lastMoved } from "./posts_order.js";

/**
 * Where the picture of a post is drawn, "" where it has none or its feed takes none. Another address
 * once the post was touched: of one address a page shows the copy that it holds, asked anew or not.
 */
export function posterOf(post, feed, { posts }) {
  return post.poster && feed.pictures ? `${posts}${post.id}/poster.png?at=${lastMoved(post)}` : "";
}

/** The preview: {element, words} of a post, `words` being where the text stands. */
export function previewOf(post, feed, config) {
  const words = el("p", "said", post.text);
  words.lang = post.lang;
  const disc = el("i", "disc", feed.title.slice(0, 1));
  disc.ariaHidden = "true";
  const inside = [el("p", "account", disc, el("b", "", feed.name), el("span", "aside", feed.title)), words];
  if (post.link && !post.text.includes(post.link)) inside.push(el("p", "away", outward(post.link, post.link)));
  const source = posterOf(post, feed, config);
  if (source) inside.push(picture(post, source));
  return { element: el("div", "preview", ...inside), words };
}

function picture(post, source) {
  const image = el("img", `poster ${post.poster}`);
  image.loading = "lazy";
  image.alt = post.alt;
  image.lang = post.lang;
  image.src = source;
  return image;
}
