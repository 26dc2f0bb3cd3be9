import assert from "node:assert/strict";
import { test } from "node:test";

import { standing } from "../../static/js/staff_alarms.js";

const told = [{ key: "disk", text: "Alarm: the disk is nearly full", since: "2012-11-10T16:00:00Z" }];
const answering = (ok) => async () => ({ ok, json: async () => told });

test("the alarms that stand are those that are told", async () => {
  assert.deepEqual(await standing(answering(true), "/"), told);
});

test("where nobody answers, or not to this browser, nothing is known", async () => {
  assert.equal(await standing(answering(false), "/"), null);
  assert.equal(await standing(async () => { throw new TypeError("cut"); }, "/"), null);
});
