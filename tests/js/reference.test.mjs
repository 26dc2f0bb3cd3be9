import assert from "node:assert/strict";
import { test } from "node:test";

import { referenceKeeper } from "../../static/js/reference.js";

/** A keeper whose server answers what `answers` has next; null is no network. */
function world(...answers) {
  const seen = { asked: 0, news: 0 };
  const fetch = async () => {
    const answer = answers[seen.asked++];
    if (!answer) throw new TypeError("no network");
    return { ok: true, json: async () => answer };
  };
  const keeper = referenceKeeper("/reference", fetch, () => { seen.news += 1; });
  const look = async (epoch, now) => {
    keeper.look(epoch, now);
    await new Promise(setImmediate);
  };
  return { seen, keeper, look };
}

const goals = (...keys) => keys.map((key) => ({ key }));

test("milestones that were edited come with the epoch that the edit began, and once", async () => {
  const { seen, keeper, look } = world({ label: "2011", milestones: goals("a") }, { label: "2011", milestones: goals("a", "b") });
  await look(1, 0);
  await look(1, 60_000);
  assert.deepEqual([keeper.goals, seen.asked], [goals("a"), 1]);
  await look(2, 61_000);
  await look(2, 120_000);
  assert.deepEqual([keeper.goals, seen.asked, seen.news], [goals("a", "b"), 2, 2]);
});

test("without another year there are milestones all the same", async () => {
  const { keeper, look } = world({ label: null, milestones: goals("a") });
  await look(1, 0);
  assert.deepEqual([keeper.year, keeper.goals], [null, goals("a")]);
});

test("what could not be fetched is asked for again after 10 s, and what is known stays", async () => {
  const { seen, keeper, look } = world({ label: "2011", milestones: goals("a") }, null, { label: "2011", milestones: [] });
  await look(1, 0);
  await look(2, 20_000);
  await look(2, 29_999);
  assert.deepEqual([keeper.goals, seen.asked], [goals("a"), 2]);
  await look(2, 30_000);
  assert.deepEqual([keeper.goals, seen.asked], [[], 3]);
});
