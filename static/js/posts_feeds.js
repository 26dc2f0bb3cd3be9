// How each feed fares: when it sent last, what fails, until when it is left alone, and its own switch.

import { at, el, put, renew, show } from "./dom.js";
import { icon } from "./icons.js";
import { dryMark } from "./posts_marks.js";
import { about, span } from "./posts_times.js";

/** What holds posts to a feed back, in words; from operators nothing does, neither gap nor cap. */
export function rulesOf(feed, words) {
  if (feed.audience === "operators") return [words.operators, words.langs[feed.lang], words.alarmsAtOnce];
  return [
    words.langs[feed.lang],
    feed.approval === "auto" ? words.byItself(about(feed.holding_s, words.lang)) : words.asks,
    words.perHour(feed.cap_an_hour),
    ...(feed.gap_s ? [words.gap(about(feed.gap_s, words.lang))] : []),
  ];
}

export function feedsPanel({ words, config, clock }, switchFeed) {
  put(at("feeds-label"), words.feeds);
  put(at("feeds-empty"), words.feedsEmpty);
  return {
    update({ state, now }) {
      const minute = Math.floor(now / 60_000); // "3 min ago" is renewed by it
      renew(at("feeds"), [state.feeds, minute], () => state.feeds.map((feed) => row(feed, now)));
      show(at("feeds-empty"), !state.feeds.length);
    },
  };

  function row(feed, now) {
    const ill = feed.failures > 0;
    const name = el("h3", "", feed.title, el("span", "aside", ` ${feed.name}`));
    const marks = [
      ...(feed.dry_run ? [dryMark(words)] : []),
      ...(feed.stopped ? [el("b", "state-mark warn", icon("warning"), ` ${words.feedStopped}`)] : []),
      ...(ill ? [el("b", "state-mark grave", icon("critical"), ` ${words.failures(feed.failures)}`)] : []),
      ...(ill || feed.stopped ? [] : [el("span", "state-mark aside", icon("normal"), ` ${words.well}`)]),
    ];
    const lines = [sentLine(feed, now), el("p", "aside", rulesOf(feed, words).join(" · "))];
    if (feed.not_before_ms > now) lines.push(el("p", "warn", words.leftAlone(clock(feed.not_before_ms))));
    if (feed.last_error) lines.push(el("p", "error", feed.last_error));
    return el("li", "", el("div", "line", name, ...(config.may_stop ? [button(feed)] : [])), el("p", "marks", ...marks), ...lines);
  }

  function sentLine({ last_sent_ms: sent }, now) {
    if (!sent) return el("p", "aside", words.neverSent);
    const minutes = Math.floor((now - sent) / 60_000);
    const ago = minutes < 1 ? words.now : words.ago(minutes < 60 ? about(minutes * 60 < 120 ? 60 : minutes * 60, words.lang) : span(now - sent, words.lang));
    return el("p", "aside", `${words.lastSent} ${clock(sent)}, ${ago}`);
  }

  function button(feed) {
    const made = el("button", "", feed.stopped ? words.resumeFeed : words.stopFeed);
    made.type = "button";
    made.ariaLabel = `${made.textContent}: ${feed.title} ${feed.name}`;
    made.addEventListener("click", async () => {
      made.disabled = true;
      await switchFeed(feed);
      made.disabled = false;
    });
    return made;
  }
}
