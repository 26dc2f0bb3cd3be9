import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { callFigure } from "./table.mjs";

const table = JSON.parse(readFileSync(new URL("../figures.json", import.meta.url), "utf8"));

for (const [name, args, text] of table) {
  test(`${name}(${args.join(", ")}) reads ${text}`, () => {
    assert.equal(callFigure(name, args), text);
  });
}
