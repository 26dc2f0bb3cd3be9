// The server's clock as told by what it sends, and the campaign's clock on top of it. `at` is the
// browser's monotonic clock in ms, which no setting of the machine's time can move.

const KEPT = 120;
// So many messages in a row that seem so much later than the best one: the server's clock was set back.
// Those of a link that grows slow lie apart.
const IN_A_ROW = 30, SET_BACK = 2_000, TOGETHER = 500;

/** Estimates the server's time from when its messages were sent and when they came. */
export class ServerClock {
  #leads = [];
  #last = NaN;

  /**
   * One message: sent at `sentAt` (ms since 1970, server), come at `at`. While its pulse is silent the
   * server repeats the last one as it was: such a one tells nothing of the time.
   */
  add(sentAt, at) {
    if (sentAt === this.#last) return;
    this.#last = sentAt;
    this.#leads.push(sentAt - at);
    if (this.#leads.length > KEPT) this.#leads.shift();
    const newest = this.#leads.slice(-IN_A_ROW);
    const best = Math.max(...newest), isSteady = newest.length === IN_A_ROW && best - Math.min(...newest) < TOGETHER;
    if (isSteady && best < Math.max(...this.#leads) - SET_BACK) this.#leads = newest;
  }

  /** The server's time now. The message that travelled least is nearest to the truth. */
  now(at) {
    return at + Math.max(...this.#leads);
  }
}

/** When the page came, by the browser's monotonic clock: the time that is told in it was then. */
export function servedAt() {
  return performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;
}

/** Campaign time at the server's time `real`; `clock` is the snapshot's meta.clock. */
export function campaignTime(clock, real) {
  return Date.parse(clock.campaign) + (real - Date.parse(clock.real)) * clock.speed;
}
