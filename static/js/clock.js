// The server's clock as told by what it sends, and the campaign's clock on top of it. `at` is the
// browser's monotonic clock in ms, which no setting of the machine's time can move.

const KEPT = 120;

/** Estimates the server's time from when its messages were sent and when they came. */
export class ServerClock {
  #leads = [];
  #guess;

  /** `guess`: the server's time less `at`, for as long as no message has come. */
  constructor(guess = NaN) {
    this.#guess = guess;
  }

  /** One message: sent at `sentAt` (ms since 1970, server), come at `at`. */
  add(sentAt, at) {
    this.#leads.push(sentAt - at);
    if (this.#leads.length > KEPT) this.#leads.shift();
  }

  /** The server's time now. The message that travelled least is nearest to the truth. */
  now(at) {
    return at + (this.#leads.length ? Math.max(...this.#leads) : this.#guess);
  }
}

/** Campaign time at the server's time `real`; `clock` is the snapshot's meta.clock. */
export function campaignTime(clock, real) {
  return Date.parse(clock.campaign) + (real - Date.parse(clock.real)) * clock.speed;
}
