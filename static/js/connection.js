// The way to the figures, which never gives up. A socket first; where nothing has come for 5 s the
// snapshot is fetched instead and the socket is opened again, after a wait of full jitter.

const SILENCE = 5_000, POLL = 3_000, FETCH = 4_000;
const TOO_MANY = 4429, FULL_WAIT = 30_000;

/** The wait before try number `tries` (from 1), ms: uniform from 1 s to 2, 4, 8 … at most 30 s. */
export function backoff(tries, random) {
  return 1_000 + random() * (Math.min(30_000, 1_000 * 2 ** tries) - 1_000);
}

/**
 * Starts the connection and returns {tick, ask, attempt}. `tick` is called once a second.
 *
 * `world` is {Socket, fetch, now, random}: monotonic ms, 0 to 1. `onMessage(message, sentAt)` gets
 * what comes; `sentAt` is the server's time in ms when it was sent, a stored snapshot's now.
 */
export function connect({ socketUrl, snapshotUrl }, onMessage, world) {
  let socket = null, tries = 0, openAt = 0, heardAt = world.now(), polledAt = -Infinity, polling = false;

  function heard(message, sentAt) {
    heardAt = world.now();
    onMessage(message, sentAt);
  }

  function open() {
    const mine = new world.Socket(socketUrl);
    socket = mine;
    const begun = world.now();
    mine.onmessage = ({ data }) => {
      if (socket !== mine) return;
      tries = 0;
      const message = JSON.parse(data);
      heard(message, Date.parse(message.sent_at));
    };
    mine.onclose = ({ code }) => socket === mine && drop(code);
    mine.begun = begun;
  }

  function drop(code) {
    socket = null;
    tries += 1;
    openAt = world.now() + (code === TOO_MANY ? FULL_WAIT : backoff(tries, world.random));
  }

  function watch(now) {
    if (socket && now - Math.max(heardAt, socket.begun) > SILENCE) {
      const silent = socket;
      drop(0);
      silent.onclose = silent.onmessage = null;
      silent.close();
    }
    if (!socket && now >= openAt) open();
    if (now - heardAt > SILENCE || (!socket && now - polledAt > POLL)) poll(now);
  }

  async function poll(now) {
    if (polling || now - polledAt < POLL) return;
    polling = true;
    polledAt = now;
    try {
      const answer = await world.fetch(snapshotUrl, { cache: "no-cache", signal: AbortSignal.timeout(FETCH) });
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
