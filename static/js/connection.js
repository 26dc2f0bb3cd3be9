// The way to the figures, which never gives up. A socket first; where there is none (blocked, or too
// many viewers), or nothing has come for 5 s, the snapshot is fetched every 3 s instead, and the socket
// is opened again after a wait of full jitter.

// Looks are a second apart, some a little early: with 3,000 each other poll would wait for a fourth.
const SILENCE = 5_000, POLL = 2_900, FETCH = 4_000;
const TOO_MANY = 4429, FULL_WAIT = 30_000;
const ACCESS_ENDED = 4401, PROBLEM = "application/problem+json";

/** The wait before try number `tries` (from 1), ms: uniform from 1 s to 2, 4, 8 … at most 30 s. */
export function backoff(tries, random) {
  return 1_000 + random() * (Math.min(30_000, 1_000 * 2 ** tries) - 1_000);
}

/**
 * Starts the connection and returns {tick, ask, attempt}. `tick` is called once a second.
 *
 * `world` is {Socket, fetch, now, random, refused}: monotonic ms, 0 to 1; `refused` is called when the
 * board says that the figures are not, or no longer, for this browser. `onMessage(message, sentAt)`
 * gets what comes; `sentAt` is the server's time in ms when it was sent, a stored snapshot's now.
 */
export function connect({ socketUrl, snapshotUrl }, onMessage, world) {
  let socket = null, tries = 0, openAt = 0, partAt = Infinity, heardAt = world.now(), polledAt = -Infinity, polling = false;

  function heard(message, sentAt) {
    heardAt = world.now();
    onMessage(message, sentAt);
  }

  function open() {
    let mine;
    try {
      mine = new world.Socket(socketUrl);
    } catch {
      drop(0); // a policy of the browser's or the venue's forbids it
      return;
    }
    socket = mine;
    mine.begun = world.now();
    mine.onmessage = ({ data }) => {
      if (socket !== mine) return;
      tries = 0;
      const message = JSON.parse(data);
      if (message.kind === "reconnect") partAt = world.now() + message.reconnect_in * 1_000;
      else heard(message, Date.parse(message.sent_at));
    };
    mine.onclose = ({ code }) => socket === mine && drop(code);
  }

  function drop(code) {
    if (code === ACCESS_ENDED) world.refused();
    socket = null;
    partAt = Infinity;
    tries += 1;
    const full = FULL_WAIT * (1 + world.random());
    openAt = world.now() + (code === TOO_MANY ? full : backoff(tries, world.random));
  }

  /** Leaves a socket that is silent, or, at once followed by another, one whose server ends. */
  function leave(parting) {
    const left = socket;
    drop(0);
    if (parting) openAt = world.now(); // a time of our own was given us: none to be added
    left.onclose = left.onmessage = null;
    left.close();
  }

  function watch(now) {
    if (socket && (now >= partAt || now - Math.max(heardAt, socket.begun) > SILENCE)) leave(now >= partAt);
    if (!socket && now >= openAt) open();
    if (now - heardAt > SILENCE || (!socket && now - polledAt > POLL)) poll(now);
  }

  async function poll(now) {
    if (polling || now - polledAt < POLL) return;
    polling = true;
    polledAt = now;
    try {
      const answer = await world.fetch(snapshotUrl, { cache: "no-cache", signal: AbortSignal.timeout(FETCH) });
      // A 404 may be a proxy's; only the board's own is a problem.
      if (answer.status === 404 && answer.headers.get("Content-Type") === PROBLEM) world.refused();
      if (!answer.ok) return;
      const message = await answer.json();
      const made = Date.parse(message.sent_at);
      heard(message, Math.max(made, Date.parse(answer.headers.get("Date")) || made));
    } catch {
      // no network, or a stop half-way: tried again in 3 s
    } finally {
      polling = false;
    }
  }

  open();
  return {
    tick: () => watch(world.now()),
    /** Asks for a whole snapshot: figures were rebuilt, or a window was edited. */
    ask: () => {
      if (socket?.readyState === 1) socket.send('{"type":"snapshot"}');
      else poll(world.now());
    },
    get attempt() {
      return tries;
    },
  };
}
