import assert from "node:assert/strict";
import type { Fact } from "../../../src/features/fact.ts";
import { type ChangedParts, isInUse } from "../../../src/features/plugins/in_use.ts";
import { due } from "../../../src/kernel/due.ts";
import { wish } from "../../../src/features/wish.ts";
import { crew } from "../../laws/crew.ts";
import { after, consulting, started } from "../../given/given.ts";

const place = { plugin: "security", path: "/u/plugins/security.ts" };

function ready(number: number, before: number | null): Fact {
  const more = { version: `hash${number}`, roles: ["security"], tools: ["look"] };
  return { type: "plugin_ready", ...place, ...more, origin: "user", number, before, why: "saved" };
}

const refusal: Fact = {
  type: "plugin_refused",
  path: place.path,
  plugin: null,
  version: "hash0",
  place: `${place.path}:3:1`,
  text: "it does not load",
  number: 2,
};
const rolledBack: Fact = {
  type: "plugin_rolled_back",
  ...place,
  version: "hash2",
  number: 2,
  from: 3,
  reason: "its first calls failed",
};
const rollback = { kind: "rollback", plugin: "security" } as const;

Deno.test("the version before is had back while the program that loaded it is at work, and once", () => {
  const first = after(started(), ready(1, null));
  assert.deepEqual(wish(first, rollback), { refused: "security has no version before v1 in this session." });
  const second = after(first, ready(2, 1));
  assert.deepEqual(wish(second, rollback), { facts: [{ type: "rollback_wished", plugin: "security" }] });
  const back = after(second, ready(3, 2), rolledBack);
  assert.deepEqual([back.plugins.byName.security?.number, back.plugins.byName.security?.last], [2, 3]);
  assert.ok("refused" in wish(back, rollback));
  assert.ok("refused" in wish(after(second, { type: "run_resumed", headless: false }), rollback));
  const gone = after(second, { type: "plugin_retired", ...place, version: "hash2", number: 2, why: "saved" });
  for (const [state, plugin] of [[gone, "security"], [second, "other"], [second, "toString"]] as const) {
    const granted = wish(state, { kind: "rollback", plugin });
    assert.ok("refused" in granted && granted.refused.startsWith(`There is no plugin "${plugin}" of your own`));
  }
});

Deno.test("what keeps a saved version from being in use is so until one is", () => {
  const refused = after(started(), ready(1, null), ready(2, 1), refusal);
  assert.deepEqual(refused.plugins.troubles[place.path], {
    kind: "refused",
    place: `${place.path}:3:1`,
    text: "it does not load",
  });
  assert.deepEqual(after(refused, ready(3, 2)).plugins.troubles, {});
});

Deno.test("a specialist and a tool are in use by open turns, and a role that goes by what is on its way to it", () => {
  const parts = (some: Partial<ChangedParts>): ChangedParts => ({ roles: [], tools: [], gone: [], ...some });
  const idle = started();
  const everything = parts({ roles: ["coding"], tools: ["read_file"], gone: ["coding", "analysis"] });
  assert.equal(isInUse(idle, everything), false);
  const turn = after(idle, {
    type: "turn_opened",
    id: "t1",
    role: "coding",
    message: "m1",
    purpose: "consult",
    tools: ["read_file"],
    temperature: 0,
    seed: 1,
    decision: null,
    attempt: null,
  });
  assert.equal(isInUse(turn, parts({ roles: ["coding"] })), true);
  assert.equal(isInUse(turn, parts({ tools: ["read_file"] })), true);
  assert.equal(isInUse(turn, parts({ roles: ["analysis"], tools: ["write_file"], gone: ["analysis"] })), false);
  const consulted = after(idle, consulting("analysis"));
  assert.equal(isInUse(consulted, parts({ roles: ["analysis"] })), false);
  assert.equal(isInUse(consulted, parts({ roles: ["analysis"], gone: ["analysis"] })), true);
});

Deno.test("a question about a plugin that nobody is there to answer is answered by no, and the run goes on", () => {
  const question = {
    type: "question_asked",
    id: "p1",
    kind: "plugin",
    text: "Use it?",
    context: "",
    turn: null,
  } as const;
  const left = after(started(), question, { type: "run_resumed", headless: true });
  assert.deepEqual(due(left, crew(), left.at).facts, [{
    type: "question_answered",
    id: "p1",
    approved: false,
    text: "",
  }]);
});

Deno.test("the last of what became of plugins is kept for the screen, in the words of progress, faults told apart", () => {
  const state = after(started(), ready(1, null), ready(2, 1), refusal, rolledBack);
  assert.deepEqual(state.plugins.news.map(({ text, isFault }) => [text, isFault]), [
    ["security v1 → v2 (hash2) ready", false],
    ["security.ts:3:1, still on v2: it does not load", true],
    ["security v3 → v2 (hash2) rolled back: its first calls failed", true],
  ]);
});
