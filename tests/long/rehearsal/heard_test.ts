import { EMPTY, evolve } from "../../../src/features/features.ts";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import type { FleetOptions } from "../../../src/rehearsal/fleet.ts";
import { copySample } from "../../../src/rehearsal/sample_project.ts";
import { copySmallSample } from "../../rehearsal/small_sample.ts";
import type { Stamped } from "../../../src/features/fact.ts";
import { type PlayedEnd, playRun } from "../../rehearsal/played_run.ts";

const hasNode = spawnSync("npm", ["--version"]).status === 0;

function test(
  sentence: string,
  faults: FleetOptions["faults"],
  look: (end: PlayedEnd) => void,
  copy = copySmallSample,
): void {
  Deno.test({
    name: sentence,
    ignore: !hasNode,
    fn: async () => {
      const root = await copy();
      try {
        look(await playRun(root, { goal: "Make all tests pass.", faults }));
      } finally {
        await rm(root, { recursive: true });
      }
    },
  });
}

type Doubt = Extract<Stamped, { type: "prompt_doubted" }>;

const doubts = ({ facts }: PlayedEnd) => facts.filter((fact): fact is Doubt => fact.type === "prompt_doubted");

/** Closing facts of asks of one model, with their proof. */
function proofs({ facts }: PlayedEnd, model: string) {
  return facts.flatMap((fact) =>
    fact.type === "effect_finished" && fact.result.kind === "ask" && fact.result.model === model
      ? [{
        key: fact.key,
        proof: fact.result.proof,
        counted: fact.result.promptTokens,
        estimated: fact.result.estimated,
      }]
      : []
  );
}

test(
  "a server that cuts prompts silently is found by its count, asked again with less, and given no more than it holds from then on",
  { strong: [{ kind: "silent_truncation", window: 1_150, model: "qwen2.5-coder:32b", requests: Infinity }] },
  (end) => {
    const found = doubts(end);
    assert.ok(found.length > 0);
    for (const doubt of found) {
      assert.equal(doubt.finding, "cut");
      assert.ok(doubt.counted! < doubt.estimated * 0.7, doubt.text);
      assert.equal(doubt.host, "strong");
      assert.match(doubt.text, /cut the prompt/);
    }
    const coding = proofs(end, "qwen2.5-coder:32b");
    assert.ok(coding.some(({ proof }) => proof === "handled"), JSON.stringify(coding));
    assert.ok(coding.every(({ proof }) => proof !== "mismatch"), "no reply to a prompt that was cut is believed");
    const held = end.state.models["qwen2.5-coder:32b"]?.hosts.strong?.doubt;
    assert.ok(held?.holds !== null && held!.holds <= 1_150 * 1.1, JSON.stringify(held));
    const after = end.facts.filter((fact) => fact.seq > found.at(-1)!.seq);
    const placed = after.filter((fact) => fact.type === "ask_placed" && fact.model === "qwen2.5-coder:32b");
    assert.ok(placed.every((fact) => fact.type === "ask_placed" && fact.estimated <= held!.holds!));
    assert.ok(
      placed.some((fact) => fact.type === "ask_placed" && (fact.leftOut?.length ?? 0) > 0),
      "what was left out is in the fact",
    );
  },
);

test(
  "a server that cuts so much that not even role, task and tools fit fails the ask by that name, and no reply of it is acted on",
  { strong: [{ kind: "silent_truncation", window: 300, model: "qwen2.5-coder:32b", requests: Infinity }] },
  (end) => {
    const failed = end.facts.flatMap((fact) =>
      fact.type === "effect_failed" && fact.failure === "truncated" ? [fact] : []
    );
    assert.ok(failed.length > 0);
    assert.match(failed[0]!.text, /strong cut the prompt of coding for qwen2\.5-coder:32b silently.*use another host/);
    assert.deepEqual(proofs(end, "qwen2.5-coder:32b"), []);
    assert.equal(doubts(end)[0]?.holds, null);
    assert.ok(end.state.spending.run.tokens > 0 && end.state.spending.run.reserved === 0);
  },
);

test(
  "a server that refuses a prompt with 400 gets a smaller one by its own count and window, and the run is accepted",
  { strong: [{ kind: "small_window", window: 3_000, model: "qwen2.5-coder:32b", requests: Infinity }] },
  (end) => {
    assert.equal(end.state.run.ending?.kind, "accepted", end.state.run.ending?.cause);
    assert.deepEqual(doubts(end).filter(({ finding }) => finding !== "refused"), []);
  },
);

Deno.test({
  name: "a refused prompt is made by the server's count, and asked again in the same ask",
  ignore: !hasNode,
  fn: async () => {
    const play = async (faults: FleetOptions["faults"]) => {
      const root = await copySample();
      try {
        return await playRun(root, { goal: "Make all tests pass.", faults });
      } finally {
        await rm(root, { recursive: true });
      }
    };
    const free = proofs(await play({}), "qwen2.5:14b");
    const window = Math.floor(Math.max(...free.map(({ counted }) => counted ?? 0)) * 0.98);
    const end = await play({
      fast: [{ kind: "small_window", window, model: "qwen2.5:14b", requests: Infinity }],
    });
    const found = doubts(end);
    assert.ok(found.length > 0);
    for (const doubt of found) {
      assert.equal(doubt.finding, "refused");
      assert.ok(doubt.counted! > window);
      assert.match(doubt.text, /was refused: .*exceeds the available context size/);
    }
    const answered = proofs(end, "qwen2.5:14b").find(({ key }) => key === found[0]!.key);
    assert.equal(answered?.proof, "handled");
    assert.ok(answered!.counted! <= window);
  },
});

test(
  "a server that counts wrong is asked a text of known size, its counts are believed no more, and the run goes on without them",
  { strong: [{ kind: "lying_count", promptTokens: 9, model: "qwen2.5-coder:32b", requests: Infinity }] },
  (end) => {
    assert.equal(end.state.run.ending?.kind, "accepted", end.state.run.ending?.cause);
    const found = doubts(end);
    assert.deepEqual(found.map(({ finding, counted }) => [finding, counted]), [["miscounted", 9]], "found out once");
    assert.ok(found[0]!.tokens > 100, "the text of known size is paid for");
    const coding = proofs(end, "qwen2.5-coder:32b");
    assert.ok(coding.length > 3);
    assert.ok(coding.every(({ proof, counted }) => proof === "estimated" && counted === null));
    assert.deepEqual(end.state.models["qwen2.5-coder:32b"]?.ratios, {}, "nothing is calibrated by a wrong count");
    assert.ok(proofs(end, "qwen2.5:32b").every(({ proof }) => proof === "proven"), "other models are believed");
  },
  copySample,
);

test(
  "a count beyond the window is impossible, and spends no budget",
  { strong: [{ kind: "lying_count", promptTokens: 9_000_000, model: "qwen2.5-coder:32b", requests: Infinity }] },
  (end) => {
    assert.equal(end.state.run.ending?.kind, "accepted", end.state.run.ending?.cause);
    assert.deepEqual(doubts(end).map(({ finding }) => finding), ["miscounted"]);
    assert.ok(end.state.spending.run.tokens < 200_000);
  },
);

test(
  "a reply stays where the question whether its server counts right cannot be answered, and is proven by nothing",
  {
    strong: [
      { kind: "lying_count", promptTokens: 9, model: "qwen2.5-coder:32b", requests: 1 },
      { kind: "status", code: 503, text: "busy", model: "qwen2.5-coder:32b", requests: 1, after: 1 },
    ],
  },
  (end) => {
    assert.equal(end.state.run.ending?.kind, "accepted", end.state.run.ending?.cause);
    const coding = proofs(end, "qwen2.5-coder:32b");
    assert.deepEqual([coding[0]?.proof, coding[0]?.counted], ["estimated", null]);
    const failed = end.facts.filter((fact) => fact.type === "effect_failed" && fact.model === "qwen2.5-coder:32b");
    assert.deepEqual(failed, []);
    assert.deepEqual(doubts(end), []);
  },
);

test(
  "a call that a server swallowed is asked for in another way, and what it cost is in the facts and in the budget",
  { fast: [{ kind: "swallow", model: "functiongemma:latest", requests: 1, after: 1 }] },
  (end) => {
    assert.equal(end.state.run.ending?.kind, "accepted", end.state.run.ending?.cause);
    const refused = end.facts.flatMap((fact) => fact.type === "way_refused" ? [fact] : []);
    assert.deepEqual(refused.map(({ model, way, other }) => [model, way, other]), [
      ["functiongemma:latest", "native", "constrained"],
    ]);
    assert.ok(refused[0]!.tokens > 20);
    assert.match(refused[0]!.text, /delivered none of it/);
    const asks = end.facts.flatMap((fact) =>
      fact.type === "effect_finished" && fact.result.kind === "ask"
        ? [(fact.result.promptTokens ?? 0) + (fact.result.answerTokens ?? 0)]
        : []
    );
    assert.equal(end.state.spending.run.tokens, asks.reduce((sum, tokens) => sum + tokens, 0) + refused[0]!.tokens);
  },
  copySample,
);

Deno.test({
  name: "a prompt that was cut is not asked again where the budget of the role holds one reply only",
  ignore: !hasNode,
  fn: async () => {
    const play = async (roleTokens: Readonly<Record<string, number>>) => {
      const root = await copySmallSample();
      try {
        const faults: FleetOptions["faults"] = {
          strong: [{ kind: "silent_truncation", window: 1_150, model: "qwen2.5-coder:32b", requests: Infinity }],
        };
        return await playRun(root, { goal: "Make all tests pass.", faults, roleTokens });
      } finally {
        await rm(root, { recursive: true });
      }
    };
    const free = await play({});
    const { key } = doubts(free)[0]!;
    const until = free.facts.findIndex((fact) => fact.type === "effect_opened" && fact.effect.key === key);
    const { coding } = free.facts.slice(0, until + 1).reduce(evolve, EMPTY).spending.byRole;
    const own = coding!.tokens + coding!.reserved;
    const unasked = await play({ coding: own });
    assert.deepEqual(doubts(unasked), [], "not even the text of known size is paid for");
    assert.equal(proofs(unasked, "qwen2.5-coder:32b").find((one) => one.key === key)?.proof, "estimated");
    const end = await play({ coding: own + 600 });
    const [found] = doubts(end);
    assert.deepEqual([found?.key, found?.finding], [key, "cut"]);
    assert.ok(found!.holds !== null && found!.holds < 1_150, "what it holds is known for the next ask");
    assert.match(found!.text, /not asked again: the budget is spent/);
    assert.equal(end.facts.filter((fact) => fact.type === "ask_placed" && fact.key === key).length, 1);
  },
});
