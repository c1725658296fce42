import { copySample } from "../../src/rehearsal/sample_project.ts";
import assert from "node:assert/strict";
import type { Stamped } from "../../src/features/fact.ts";
import { roleOfSeat } from "../../src/features/seats/seat.ts";
import type { State } from "../../src/features/state.ts";
import { MARKS } from "../../src/prompt/marks.ts";
import type { Player } from "../../src/rehearsal/play.ts";
import { offers, writeCall } from "../../src/rehearsal/understudy_call.ts";
import { readScene } from "../../src/rehearsal/understudy_scene.ts";
import { withCrew } from "./fixtures/crew_run.ts";

/** What was open at some fact: keys of effects, or names of attempts. */
function openAt(facts: readonly Stamped[], at: number): { asks: Map<string, string>; attempts: Set<string> } {
  const asks = new Map<string, string>();
  const attempts = new Set<string>();
  for (const fact of facts) {
    if (fact.seq > at) break;
    if (fact.type === "ask_placed") asks.set(fact.key, fact.host);
    if (fact.type === "attempt_opened") attempts.add(`${fact.task}.${fact.number}`);
    if (fact.type === "attempt_closed") attempts.delete(`${fact.task}.${fact.number}`);
    if ("key" in fact && /^effect_(finished|failed|cancelled|refused|unknown)$/.test(fact.type)) asks.delete(fact.key);
  }
  return { asks, attempts };
}

Deno.test("two hosts work on two tasks at once, each attempt in a copy of its own, and the whole is accepted", () =>
  withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const all = crew.facts();
    const moments = all.map(({ seq }) => openAt(all, seq));
    assert.equal(Math.max(...moments.map(({ attempts }) => attempts.size)), 2);
    assert.ok(moments.some(({ asks }) => new Set(asks.values()).size === 2), "two hosts are asked at the same time");
    const seats = all.flatMap((fact) => fact.type === "attempt_opened" ? [fact.role] : []);
    assert.ok(seats.includes("coding") && seats.includes("coding·2"), seats.join(", "));
    const beside = all.flatMap((fact) => fact.type === "decision_made" && fact.beside !== undefined ? [fact.by] : []);
    assert.ok(beside.length > 0 && beside.every((by) => by === "rules"));
  }, { sample: copySample, apart: "none", models: { coding: ["qwen2.5-coder:32b", "qwen2.5:14b"] } }));

const FILES = {
  "package.json": '{ "type": "module" }\n',
  "src/add.js": "export const add = (a, b) => a - b;\n",
  "test/add.test.js":
    'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { add } from "../src/add.js";\ntest("adds", () => assert.equal(add(1, 2), 3));\n',
};
const WRONG = "export const add = (a, b) => a * b;\n";
const RIGHT = "export const add = (a, b) => a + b;\n";

/** A coder in every seat, whose first text is wrong and each later one right. */
function racer(): (...request: Parameters<Player>) => string | null {
  let texts = 0;
  return (request) => {
    const scene = readScene(request, MARKS);
    if (scene.role !== "coding") return null;
    if (scene.wantedText !== null) return `\`\`\`js\n${texts++ === 0 ? WRONG : RIGHT}\`\`\``;
    const reason = "It has to be done.";
    if (offers(scene, "rewrite_file")) {
      return writeCall(scene, { name: "rewrite_file", arguments: { path: "src/add.js" }, reason }, null);
    }
    return offers(scene, "finish_task")
      ? writeCall(scene, { name: "finish_task", arguments: { summary: "Done." }, reason }, null)
      : null;
  };
}

Deno.test("after a try that failed two seats race at one task, words to their role reach both, and the first that is kept ends the other", () =>
  withCrew(async (crew) => {
    const racers = (state: State) =>
      Object.values(state.turns.open).filter(({ role }) => roleOfSeat(role) === "coding");
    await crew.state((state) => racers(state).length === 2);
    crew.wish({ kind: "say", to: "coding", text: "Mind the sign." });
    assert.equal((await crew.end())?.kind, "accepted");
    const all = crew.facts();
    const heard = all.flatMap((fact) =>
      fact.type === "message_sent" && fact.message.kind === "word" ? [fact.message.to] : []
    );
    assert.deepEqual(heard.toSorted(), ["coding", "coding·2"]);
    const verdicts = all.flatMap((fact) => fact.type === "attempt_closed" ? [fact.verdict] : []);
    assert.deepEqual([verdicts[0], verdicts.filter((verdict) => verdict === "kept").length], ["refuted", 1]);
    const lost = all.flatMap((fact) => fact.type === "attempt_closed" && fact.verdict === "cancelled" ? [fact] : []);
    assert.equal(lost.length, 1);
    assert.ok(crew.run.state().failures.every(({ where }) => where !== `T1, attempt ${lost[0]!.number}`));
    assert.equal(await Deno.readTextFile(`${crew.project}/src/add.js`), RIGHT);
  }, { apart: "none", files: FILES, player: racer(), models: { coding: ["qwen2.5-coder:32b", "qwen2.5:14b"] } }));
