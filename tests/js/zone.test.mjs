// F42: what a zone's clock says where it is set forward or back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { zoneOf } from "../../static/js/zone.js";

const SHOWN = [
  ["Asia/Shanghai", "2026-11-10T15:59:00Z", "23:59", 10],
  ["Asia/Shanghai", "2026-11-10T16:00:00Z", "00:00", 11],
  // 01:30 comes twice in New York.
  ["America/New_York", "2026-11-01T05:30:00Z", "01:30", 1],
  ["America/New_York", "2026-11-01T06:30:00Z", "01:30", 1],
  ["America/New_York", "2026-11-02T04:59:00Z", "23:59", 1],
  ["America/New_York", "2026-11-02T05:00:00Z", "00:00", 2],
  // No midnight: 23:59 is followed by 01:00.
  ["Africa/Cairo", "2026-04-23T21:59:00Z", "23:59", 23],
  ["Africa/Cairo", "2026-04-23T22:00:00Z", "01:00", 24],
  ["America/Santiago", "2026-09-06T03:59:00Z", "23:59", 5],
  ["America/Santiago", "2026-09-06T04:00:00Z", "01:00", 6],
];

for (const [zone, instant, label, day] of SHOWN) {
  test(`${zone} shows ${label} at ${instant}`, () => {
    const at = Date.parse(instant);
    assert.equal(zoneOf(zone).hm(at), label);
    assert.equal(zoneOf(zone).date(at).day, day);
  });
}
