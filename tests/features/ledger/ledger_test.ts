import assert from "node:assert/strict";
import { EMPTY } from "../../../src/features/features.ts";
import type { Fact } from "../../../src/features/fact.ts";
import type { ModelLedger } from "../../../src/features/ledger/slice.ts";
import { hostSpeed, readingSpeed, worthSlots, writingSpeed } from "../../../src/features/ledger/speeds.ts";
import type { State } from "../../../src/features/state.ts";
import { waitedMs } from "../../../src/features/ledger/waits.ts";
import { evolve } from "../../../src/features/features.ts";
import { inline } from "../../../src/kernel/text.ts";
import { parseFact } from "../../../src/plugin/built_in.ts";

/** The state after facts with their times, in milliseconds. */
function at(state: State, ...facts: readonly (readonly [at: number, fact: Fact])[]): State {
  return facts.reduce((now, [time, fact]) => evolve(now, { ...parseFact(fact), seq: now.seq + 1, at: time }), state);
}

interface AskMade {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly thread?: string;
  readonly host?: string;
  readonly model?: string;
  readonly loads?: boolean;
  readonly loadMs?: number;
  readonly promptTokens?: number;
  readonly heldTokens?: number;
  readonly promptMs?: number;
  readonly answerTokens?: number;
  readonly answerMs?: number;
}

function begun(
  { key, thread = "coding", host = "h", model = "m", loads = false, promptTokens = 1_000 }: AskMade,
): Fact[] {
  return [
    {
      type: "effect_opened",
      effect: {
        kind: "ask",
        key,
        role: thread,
        turn: "t1",
        purpose: "work",
        legal: [],
        temperature: 0,
        seed: 1,
        answerLimit: 100,
        reserved: 1_100,
      },
    },
    {
      type: "ask_placed",
      key,
      host,
      model,
      way: "constrained",
      window: 8192,
      estimated: promptTokens,
      reason: "",
      loads,
    },
  ];
}

function answered(ask: AskMade): Fact {
  const { host = "h", model = "m", promptTokens = 1_000, answerTokens = 100, answerMs = ask.to - ask.from } = ask;
  return {
    type: "effect_finished",
    key: ask.key,
    result: {
      kind: "ask",
      text: inline(""),
      calls: [],
      fault: null,
      step: "strict",
      content: null,
      way: "constrained",
      host,
      model,
      prompt: "",
      estimated: promptTokens,
      promptTokens,
      ...(ask.heldTokens === undefined ? {} : { heldTokens: ask.heldTokens }),
      answerTokens,
      proof: "proven",
      endedBy: "stop",
      ms: ask.to - ask.from,
      loadMs: ask.loadMs ?? 20,
      promptMs: ask.promptMs ?? null,
      answerMs,
    },
  };
}

/** The ledger of one model after asks that were made side by side, as their times say. */
function ledgerOf(...asks: readonly AskMade[]): ModelLedger | undefined {
  return stateOf(...asks).ledger.hosts.h?.m;
}

function stateOf(...asks: readonly AskMade[]): State {
  const facts = asks.flatMap((ask) => [
    ...begun(ask).map((fact) => [ask.from, fact] as const),
    [ask.to, answered(ask)] as const,
  ]);
  return at(EMPTY, ...facts.toSorted(([one], [other]) => one - other));
}

Deno.test("a load is told by what the server says of its time; planned where placing expected it, again where it had answered before", () => {
  const { loads, reloads, unplanned, loadMs, lastLoadMs } = ledgerOf(
    { key: "a", from: 0, to: 40_000, loads: true, loadMs: 30_000 },
    { key: "b", from: 41_000, to: 50_000 },
    { key: "c", from: 51_000, to: 90_000, loadMs: 25_000 },
    { key: "d", from: 91_000, to: 99_000, loads: true, loadMs: 200 },
  )!;
  assert.deepEqual({ loads, reloads, unplanned, loadMs, lastLoadMs }, {
    loads: 2,
    reloads: 1,
    unplanned: 1,
    loadMs: 55_000,
    lastLoadMs: 25_000,
  });
});

Deno.test("two asks that waited for the same load count it once", () => {
  const ledger = ledgerOf(
    { key: "a", from: 0, to: 40_000, loads: true, loadMs: 30_000 },
    { key: "b", from: 100, to: 45_000, loadMs: 29_900 },
  );
  assert.deepEqual([ledger?.loads, ledger?.unplanned], [1, 0]);
});

Deno.test("a load is planned also where the ask that was to bring it about was called off, or answered later than another one", () => {
  const first = { key: "a", from: 0, to: 60_000, loads: true, loadMs: 30_000 };
  const second = { key: "b", from: 5_000, to: 40_000, loadMs: 25_000 };
  const overtaken = ledgerOf(first, second);
  assert.deepEqual([overtaken?.loads, overtaken?.unplanned], [1, 0]);
  const begin = (ask: AskMade) => begun(ask).map((fact) => [ask.from, fact] as const);
  const left = (closing: Fact) =>
    at(EMPTY, ...begin(first), [1_000, closing], ...begin(second), [40_000, answered(second)]).ledger.hosts.h?.m;
  assert.equal(left({ type: "effect_cancelled", key: "a", by: "the person", ms: 10 })?.unplanned, 0);
  const failed = left({ type: "effect_failed", key: "a", failure: "crashed", text: "", ms: 10 });
  assert.deepEqual([failed?.loads, failed?.unplanned], [1, 1], "what crashed loads nothing any more");
  const later = ledgerOf(first, { key: "c", from: 70_000, to: 99_000, loadMs: 20_000 });
  assert.deepEqual([later?.loads, later?.unplanned], [2, 1]);
});

Deno.test("no load of an older run, which does not say what was expected, is called unplanned", () => {
  const ask = { key: "a", from: 0, to: 40_000, loadMs: 30_000 };
  const [opening, placing] = begun(ask) as [Fact, Fact];
  const { loads: _untold, ...older } = placing as Extract<Fact, { readonly type: "ask_placed" }>;
  const state = at(EMPTY, [0, opening], [0, older], [40_000, answered(ask)]);
  assert.deepEqual([state.ledger.hosts.h?.m?.loads, state.ledger.hosts.h?.m?.unplanned], [1, 0]);
});

Deno.test("what asks waited for a model is counted without its own loads, halves in two minutes and ends with the next load", () => {
  const opened = (ask: AskMade, openedAt: number) => {
    const [opening, placing] = begun(ask) as [Fact, Fact];
    return [[openedAt, opening], [ask.from, placing]] as const;
  };
  const waited = (state: State, now: number) => Math.round(waitedMs(state.ledger.hosts.h?.m, now));
  const loaded = stateOf({ key: "a", from: 0, to: 40_000, loads: true, loadMs: 30_000 });
  const state = at(loaded, ...opened({ key: "b", from: 50_000, to: 0 }, 20_000));
  assert.equal(waited(state, 50_000), 20_000, "the load was over at 30 s");
  assert.equal(waited(state, 170_000), 10_000);
  const again = at(state, ...opened({ key: "c", from: 170_000, to: 0 }, 165_000));
  assert.equal(waited(again, 170_000), 15_000);
  const elsewhere = at(again, ...opened({ key: "d", from: 180_000, to: 0, host: "other", loads: true }, 180_000));
  assert.equal(waited(elsewhere, 180_000), 0);
  assert.equal(waited(EMPTY, 0), 0);
});

Deno.test("speeds are those of what was written and of what was really read, newer replies before older ones", () => {
  const ledger = ledgerOf(
    { key: "a", from: 0, to: 10_000, promptMs: 5_000, heldTokens: 0, answerMs: 5_000 },
    { key: "b", from: 20_000, to: 30_000, promptMs: 1_000, heldTokens: 800, answerMs: 5_000 },
  );
  assert.equal(readingSpeed(ledger), 200);
  assert.equal(writingSpeed(ledger), 20);
  // A server that does not say what it had of the thread's prompt tells no speed by its second reply.
  const untold = ledgerOf(
    { key: "a", from: 0, to: 10_000, promptMs: 5_000 },
    { key: "b", from: 20_000, to: 30_000, promptMs: 10 },
  );
  assert.equal(readingSpeed(untold), 200);
  const faster = ledgerOf({ key: "a", from: 0, to: 10_000 }, { key: "b", from: 20_000, to: 21_000 });
  assert.ok((writingSpeed(faster) ?? 0) > 2 * 100 / 11, "the newer reply has more weight");
  assert.equal(hostSpeed(undefined), null);
});

Deno.test("a slot counts where two asks at once were measured to be faster than two in a row, and as the host says before", () => {
  const alone = (from: number, key: string) => ({ key, from, to: from + 10_000 });
  const both = (from: number, ms: number, key: string) => [
    { key: `${key}1`, from, to: from + ms },
    { key: `${key}2`, from, to: from + ms },
  ];
  const slots = (ms: number) => {
    const asks = [alone(0, "a"), alone(20_000, "b"), ...both(40_000, ms, "c"), ...both(80_000, ms, "d")];
    return worthSlots(2, stateOf(...asks).ledger.hosts.h);
  };
  assert.equal(slots(20_000), 1);
  assert.equal(slots(13_000), 2);
  assert.equal(worthSlots(4, stateOf(alone(0, "a"), ...both(40_000, 20_000, "c")).ledger.hosts.h), 4);
  assert.equal(worthSlots(4, undefined), 4);
});

Deno.test("the prompts that a model read last are known by thread, none after a load or where the host failed", () => {
  const asks: readonly AskMade[] = [
    { key: "a", from: 0, to: 10 },
    { key: "b", from: 20, to: 30, thread: "arbiter", promptTokens: 500 },
    { key: "c", from: 40, to: 50, promptTokens: 1_300 },
  ];
  const kept = (state: State) => state.ledger.hosts.h?.m?.kept.map(({ thread, tokens }) => `${thread} ${tokens}`);
  const state = stateOf(...asks);
  assert.deepEqual(kept(state), ["arbiter 500", "coding 1300"]);
  assert.deepEqual(state.ledger.open, {});
  const loaded = { key: "d", from: 60, to: 9_000, loadMs: 8_000 };
  assert.deepEqual(kept(stateOf(...asks, loaded)), ["coding 1000"]);
  const failing = begun({ key: "e", from: 60, to: 70 }).map((fact) => [60, fact] as const);
  const failed = at(state, ...failing, [70, {
    type: "effect_failed",
    key: "e",
    failure: "crashed",
    text: "",
    ms: 10,
  }]);
  assert.deepEqual(kept(failed), []);
  const cancelled = at(state, ...failing, [70, { type: "effect_cancelled", key: "e", by: "the person", ms: 10 }]);
  assert.deepEqual(kept(cancelled), ["arbiter 500"]);
});

Deno.test("a load that began ahead is planned, counted once although an ask waited for it, and not tried again before it was asked", () => {
  const [host, model] = ["h", "m"];
  const load: Fact = { type: "load_begun", host, model, window: 8192, reason: "coding comes next" };
  const ended = (failure: string | null): Fact => ({ type: "load_ended", host, model, ms: 8_000, failure });
  const waiting = { key: "a", from: 1_000, to: 12_000, loadMs: 7_000 };
  const begins = begun(waiting).map((fact) => [1_000, fact] as const);
  const figures = ({ ledger }: State) => {
    const { loads, ahead, unplanned, loadMs, triedAhead, replies } = ledger.hosts.h!.m!;
    return { loads, ahead, unplanned, loadMs, triedAhead, replies };
  };
  const loaded = at(EMPTY, [0, load], ...begins, [8_000, ended(null)], [12_000, answered(waiting)]);
  assert.deepEqual(figures(loaded), { loads: 1, ahead: 1, unplanned: 0, loadMs: 8_000, triedAhead: 0, replies: 1 });
  const failed = at(EMPTY, [0, load], [8_000, ended("there is no room")]);
  assert.deepEqual(figures(failed), { loads: 0, ahead: 0, unplanned: 0, loadMs: 0, triedAhead: 0, replies: 0 });
});

Deno.test("asks that are over are kept for ten minutes, with their hosts, times and tokens, also those that came to nothing", () => {
  const first = stateOf({ key: "a", from: 1_000, to: 5_000, promptTokens: 900, answerTokens: 50 });
  const begin = begun({ key: "b", from: 0, to: 0, host: "g", promptTokens: 300 });
  const state = at(first, ...begin.map((fact) => [6_000, fact] as const), [8_000, {
    type: "effect_failed",
    key: "b",
    failure: "crashed",
    text: "",
    ms: 10,
  }]);
  const [one, other] = [
    { host: "h", from: 1_000, to: 5_000, tokens: 950 },
    { host: "g", from: 6_000, to: 8_000, tokens: 300 },
  ];
  assert.deepEqual(state.ledger.past, [one, other]);
  const late = { key: "c", from: 605_500, to: 606_000 };
  const later = at(state, ...begun(late).map((fact) => [late.from, fact] as const), [late.to, answered(late)]);
  assert.deepEqual(later.ledger.past.map(({ from }) => from), [6_000, 605_500]);
  let many = later;
  for (let from = 606_000; from < 607_000; from++) {
    const ask = { key: `k${from}`, from, to: from + 1 };
    many = at(many, ...begun(ask).map((fact) => [from, fact] as const), [ask.to, answered(ask)]);
  }
  assert.deepEqual(
    [many.ledger.past.length, many.ledger.past[0]?.from],
    [200, 606_800],
    "and not more than two hundred",
  );
});
