import assert from "node:assert/strict";
import { newDecision, plainDecision } from "../../src/features/decisions/slice.ts";
import type { State } from "../../src/features/state.ts";
import type { WhyDecision } from "../../src/tell/decisions.ts";
import { NOON } from "./demo_parts.ts";
import { DEMO } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

/** A run that decided some things: a task was given away, the phase was changed, something is at work. */
function decided(): State {
  const made = (id: string, at: number, some: object) => ({
    ...plainDecision(
      newDecision({
        ...{
          id,
          name: "continue_current_phase",
          arguments: {},
          reason: "There is work.",
          by: "arbiter",
          phase: "coding",
        },
        ...{ fingerprint: id, at: NOON + at },
      }),
    ),
    ...some,
  });
  const past = [
    made("d1", 0, { phase: "planning", outcome: "4 tasks planned", ok: true }),
    made("d2", 60_000, {
      ...{ assigned: { task: "T1", role: "coding" }, outcome: "T1 parked: three tries did not help", ok: false },
    }),
    made("d3", 120_000, {
      ...{ name: "change_phase", arguments: { phase: "qa" }, by: "rules", outcome: "The phase is qa now.", ok: true },
    }),
  ];
  return { ...DEMO, decisions: { ...DEMO.decisions, past, open: {}, count: 3 } };
}

/** What led to the second of them. */
function why(store: DemoStore, id: string): WhyDecision {
  const decision = store.decisions().find((one) => one.id === id)!;
  return {
    decision,
    ...store.tells(decision),
    tries: [{ attempt: "T1.1", role: "coding", verdict: "taken back" }],
    refused: [{ words: "finish", reason: "There are open tasks." }],
    asks: [{
      key: `${id}.decide7`,
      where: "qwen2.5:14b@fast, constrained",
      legal: [
        { name: "consult_coding_specialist", words: "ask coding" },
        { name: "continue_current_phase", words: "work on the next task" },
      ],
      brief: "Goal: Do it.\nPhase: coding",
      reply: '{"name":"continue_current_phase"}',
      read: [{ title: "read by constrained", text: "continue_current_phase {}", bad: false }],
    }],
  };
}

function story(): DemoStore {
  const store = new DemoStore(decided());
  store.reasons = { d2: why(store, "d2"), d3: { ...why(store, "d3"), asks: [], tries: [], refused: [] } };
  return store;
}

for (const env of [{ TERM: "xterm" }, { TERM: "xterm", NO_COLOR: "1" }]) {
  screenTest(
    `l shows what was decided in plain words with its outcome, Enter why, and the arrows those before and after (${
      Object.keys(env).join(" ")
    })`,
    () =>
      session([200, 50], story(), async (_terminal, type) => {
        const text = await type("l", /> l decisions 3/);
        assert.match(text, /✓ 12:00 d1 {2}plan the work {2}4 tasks planned/);
        assert.match(text, /✗ 12:01 d2 {2}T1 ▸ coding {2}parked: three t/);
        assert.match(text, /✓>12:02 d3 {2}turn to qa {2,}\n/, "the newest is selected, and says nothing twice");
        assert.match(text, /j k select {2}Enter why/);
        await type("k", /✗>12:01 d2/);
        const whole = await type("\r", /> why d2/);
        assert.match(whole, /d2: T1 ▸ coding/);
        assert.match(whole, /decided at 12:01 in the phase coding by the arbiter \(qwen2\.5:14b@fast, constrained\)/);
        assert.match(whole, /because: There is work\./);
        assert.match(whole, /✗ parked: three tries did not help\s+│\n│ +T1\.1 by coding: taken back/);
        assert.match(whole, /refused before: finish\s+│\n│ +There are open tasks\./);
        assert.match(
          whole,
          /it could decide\s+│\n│ +ask coding +consult_coding_specialist\s+│\n│ +▸ work on the next task/,
        );
        assert.match(whole, /the brief\s+│\n│ +Goal: Do it\.\s+│\n│ +Phase: coding/);
        assert.match(whole, /the reply\s+│\n│ +\{"name":"continue_current_phase"\}/);
        await type("\x1b[C", /> why d3[\s\S]*by the rules, without a model/);
        await type("\x1b[D\x1b[D", /Nothing was decided yet\.|> why d1/);
        await type("\x1b", /> l decisions 3/);
      }, { env }),
  );
}

screenTest("on small screens a decision keeps its sign, its name and its words", async () => {
  await session([80, 24], story(), async (_terminal, type) => {
    const text = await type("l", /> l decisions 3/);
    assert.match(text, /✗ 12:01 d2 {2}T1 ▸ coding/);
    assert.match(text, /by the rules/, "why stands below the rows");
  });
  await session([40, 12], story(), async (_terminal, type) => {
    assert.match(await type("l", /> l decisions 3/), /✗ 12:01 d2 {2}T1 ▸ coding/);
    await type("k\r", /> why d2/);
    await type("\x1b", /> l decisions 3/);
  });
});

screenTest("before the first decision its keys say so", async () => {
  const store = new DemoStore({ ...DEMO, decisions: { ...DEMO.decisions, past: [], open: {}, count: 0 } });
  await session([110, 30], store, async (_terminal, type) => {
    await type("l", /Nothing was decided yet\./);
    await type("j\r", /> l decisions/);
  });
});
