import { copySample } from "../../../src/rehearsal/sample_project.ts";
import assert from "node:assert/strict";
import type { Stamped } from "../../../src/features/fact.ts";
import { roleOfSeat } from "../../../src/features/seats/seat.ts";
import type { State } from "../../../src/features/state.ts";
import { MARKS } from "../../../src/prompt/marks.ts";
import type { Player } from "../../../src/rehearsal/play.ts";
import { offers, writeCall } from "../../../src/rehearsal/understudy_call.ts";
import { readScene } from "../../../src/rehearsal/understudy_scene.ts";
import { calls, RIGHT as RIGHTS, targetOf, TWO_FAULTS } from "../../end_to_end/fixtures/adversary.ts";
import { withCrew } from "../../end_to_end/fixtures/crew_run.ts";

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
  }, { sample: copySample, apart: "none" }));

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

const HINT = "Mind the sign.";

/** A coder in every seat, who knows how to write one file only once the person has said something. */
function listens(...[request]: Parameters<Player>): string | null {
  const scene = readScene(request, MARKS);
  // Who is asked for a text alone is not told its role.
  if (scene.role !== "coding" && scene.wantedText === null) return null;
  if (scene.wantedText === null) {
    const hasWritten = scene.results.some(({ name, ok }) => ok && name === "rewrite_file");
    const write = hasWritten ? null : calls(scene, "rewrite_file", { path: targetOf(scene) });
    return write ?? calls(scene, "finish_task", { summary: "Written." });
  }
  const path = scene.wantedText.path ?? targetOf(scene);
  const isTold = path !== "src/add.js" || scene.heard.some((text) => text.includes(HINT));
  return `\`\`\`js\n${isTold ? RIGHTS[path] : WRONG}\`\`\``;
}

Deno.test("two tasks at once, then a race in which one of the two servers is killed: the words of the person are in both racers' prompts, who do as they say, and the whole is accepted", () =>
  withCrew(async (crew) => {
    const race = await crew.fact("decision_made", ({ races }) => races !== undefined);
    await crew.state(({ turns }) =>
      Object.values(turns.open).filter(({ role }) => roleOfSeat(role) === "coding").length === 2
    );
    crew.wish({ kind: "say", to: "coding", text: HINT });
    await crew.kill("strong");
    assert.equal((await crew.end())?.kind, "accepted");

    const all = crew.facts();
    const spans = all.flatMap((opened) => {
      if (opened.type !== "attempt_opened") return [];
      const { task, number } = opened;
      const closed = all.find((fact) => fact.type === "attempt_closed" && fact.task === task && fact.number === number);
      return [{ task, from: opened, to: closed! }];
    });
    const beside = spans.flatMap((one) =>
      spans.filter((other) => one.from.seq < other.from.seq && other.from.seq < one.to.seq)
        .map((other) => {
          assert.ok(one.from.at <= other.from.at && other.from.at <= one.to.at, "their times overlap");
          return one.task === other.task ? "race" : "two tasks";
        })
    );
    assert.ok(beside.includes("two tasks") && beside.includes("race"), beside.join(", "));

    const broken = all.filter((fact) => fact.type === "effect_failed" && fact.host === "strong");
    assert.ok(broken.length > 0 && broken.every(({ seq }) => seq > race.seq), "strong breaks off in the race");
    const lastAt = (host: string) => all.findLast((fact) => fact.type === "ask_placed" && fact.host === host)!.seq;
    assert.ok(lastAt("fast") > lastAt("strong"));

    const words = all.flatMap((fact) =>
      fact.type === "message_sent" && fact.message.kind === "word" ? [fact.message] : []
    );
    assert.deepEqual(words.map(({ to }) => to).toSorted(), ["coding", "coding·2"]);
    for (const { id, to } of words) {
      assert.ok(all.some((fact) => fact.type === "message_in_prompt" && fact.id === id), `${to} was told`);
    }
    const kept = all.flatMap((fact) => fact.type === "attempt_closed" && fact.verdict === "kept" ? [fact.task] : []);
    assert.deepEqual(kept.toSorted(), ["T1", "T2"]);
  }, {
    ...TWO_FAULTS,
    apart: "none",
    player: listens,
    models: { coding: ["qwen2.5-coder:32b", "qwen2.5:14b"] },
  }));
