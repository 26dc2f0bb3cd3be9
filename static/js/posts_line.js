// The way to the state of posts: whole documents over the socket, the newest alone is held.

import { ServerClock, servedAt } from "./clock.js";
import { connect } from "./connection.js";
import { serves } from "./version.js";

const SECOND = 1_000, SILENCE = 6_000; // ms: the server tells at least every 2 s that nothing is new

/**
 * Follows the posts of `config` {socket, state, now}. `onLook({state, now, stale, asOf})` is called at
 * each new state, and each second; returns {take} for a state that came as the answer to an act.
 */
export function followPosts(config, onLook) {
  const server = new ServerClock();
  const monotonic = () => performance.now();
  let state = null, asOf = 0, heardAt = monotonic();
  server.add(config.now, servedAt());

  function heard(message, sentAt) {
    heardAt = monotonic();
    server.add(sentAt, heardAt);
    take(message, sentAt);
  }

  function take(message, sentAt) {
    if (sentAt < asOf) return; // an answer to an act was quicker
    asOf = sentAt;
    if (message.kind === "posts") state = message;
    look();
  }

  function look() {
    if (state) onLook({ state, asOf, now: server.now(monotonic()), stale: monotonic() - heardAt > SILENCE });
  }

  /** Opens the page anew where the board says that it is not for this browser any more. */
  async function leave() {
    if (await serves(fetch, location.href)) location.reload();
  }

  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const link = connect({ socketUrl: `${scheme}//${location.host}${config.socket}`, snapshotUrl: config.state }, heard,
    { Socket: WebSocket, fetch: (...given) => fetch(...given), now: monotonic, random: Math.random, refused: leave });
  setInterval(() => {
    link.tick();
    look();
  }, SECOND);
  return { take: (message) => take(message, Date.parse(message.sent_at)) };
}
