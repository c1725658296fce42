import assert from "node:assert/strict";
import type { State } from "../../src/features/state.ts";
import { CODING_TURN, withAsks, withoutTurns } from "./demo_parts.ts";
import { DEMO, IDLE, ROLES } from "./demo_state.ts";
import { racing } from "./demo_race.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

/** The run with a turn of one role alone. */
const turnOf = (role: string): State => ({
  ...withAsks(withoutTurns(IDLE), { key: "t9.ask.1", role, turn: "t9" }),
  turns: { count: 9, open: { t9: { ...CODING_TURN, id: "t9", role, attempt: null, exchange: [] } } },
  attempts: { ...DEMO.attempts, open: {} },
});

/** The row with the upper edges of what stands on the stage. */
const edge = (text: string) => text.split("\n").find((line) => line.startsWith("─")) ?? "";

for (const [columns, rows] of [[160, 45], [80, 24], [40, 12]] as const) {
  screenTest(`who begins to work moves to the stage by itself at ${columns}×${rows}`, async () => {
    const store = new DemoStore();
    await session([columns, rows], store, async (terminal) => {
      await terminal.until((text) => /> 2 coding/.test(edge(text)), "who works at first");
      store.commit(turnOf("reasoning"));
      const text = await terminal.until((shown) => /> 3 reasoning/.test(edge(shown)), "who works then");
      assert.doesNotMatch(edge(text), /2 coding/, "who stopped gives its place away");
      store.commit(turnOf("analysis"));
      await terminal.until((shown) => /> 4 analysis/.test(edge(shown)), "who works at last");
      store.commit({ ...turnOf("analysis"), ...withoutTurns(IDLE), attempts: { ...DEMO.attempts, open: {} } });
      await terminal.until((shown) => /> 4 analysis/.test(edge(shown)), "the last one, while nobody works");
    });
  });

  screenTest(`a digit pins a thread, 0 follows again, at ${columns}×${rows}`, async () => {
    const store = new DemoStore();
    await session([columns, rows], store, async (terminal, type) => {
      await type("5", /> 5 interpreter/);
      store.commit(turnOf("reasoning"));
      const pinned = await terminal.until((text) => /3 reasoning|3 ●|3 ○/.test(text), "the other's sign");
      assert.match(edge(pinned), /> 5 interpreter/);
      await type("0", /The stage follows who works\./);
      const followed = await type("", /> 3 reasoning/);
      assert.doesNotMatch(edge(followed), /5 interpreter/);
    });
  });
}

screenTest("the thread that a question is about to be answered for keeps the keys", async () => {
  const store = new DemoStore();
  await session([80, 24], store, async (terminal, type) => {
    await type("\x1b", /Esc again to interrupt the turn of coding/);
    store.commit(turnOf("reasoning"));
    await terminal.until((text) => /reasoning ○/.test(text) && /> 2 coding/.test(text), "both");
    await type("j", /> 3 reasoning/);
  });
  assert.deepEqual(store.sent, []);
});

screenTest(
  "seats of a race stand side by side, each with its own stream, and the second has the digit of its role",
  async () => {
    await session([160, 45], racing(), async (terminal, type) => {
      const text = await terminal.until((shown) => shown.includes("the other writes"), "both");
      assert.match(edge(text), /> 2 coding k1\.2 .*┬─ coding·2 k1\.3 .* ●/);
      assert.match(text, /the one writes +│.*the other writes|the other writes.*\n[\s\S]*the one writes/);
      assert.match(text, /● 2 at work/);
      assert.match(edge(await type("2", /─ crew ─+ 0: follow ─/)), /> 2 coding/);
      await type("2", /> coding·2/);
      await type("2", /> 2 coding/);
      await type("3", /> 3 reasoning/);
    });
    await session([80, 24], racing(), async (terminal) => {
      const text = await terminal.until((shown) => shown.includes("the other writes"), "both");
      assert.match(edge(text), /> 2 coding.*┬─ coding·2/);
    });
    await session([40, 12], racing(), async (terminal, type) => {
      await terminal.until((shown) => shown.includes("the one writes"), "the first seat");
      await type("\t", /> coding·2[\s\S]*the other writes/);
    });
  },
);

screenTest("+ leads from the stage to all threads and to one alone, _ back, z and Esc as well", async () => {
  await session([160, 45], new DemoStore(), async (_terminal, type) => {
    const all = await type("+", /─ 5 interpreter/);
    for (const [index, role] of ROLES.entries()) assert.ok(all.includes(`${index + 1} ${role}`), role);
    assert.doesNotMatch(all, /─ t tasks/);
    const alone = await type("+", /Esc unzoom/);
    assert.match(edge(alone), /^─ > 2 coding[^┬]*─$/);
    await type("+", /─ t tasks/);
    await type("_", /Esc unzoom/);
    await type("_", /─ 5 interpreter[\s\S]*Esc stage/);
    await type("\x1b", /─ t tasks/);
    await type("z", /Esc unzoom/);
    await type("z", /─ t tasks/);
  });
});

screenTest("a panel without room beside the threads comes to the stage by its key, and Esc leads back", async () => {
  await session([80, 24], new DemoStore(), async (terminal, type) => {
    assert.match(await terminal.text(), /── tasks 1\/4 ── 1 message held ── fast 0\/1 +strong 1\/1/);
    assert.match(edge(await type("f", /> f fleet/)), /2 coding.*┬─ > f fleet/);
    await type("\x1b", /> 2 coding/);
  });
  await session([40, 12], new DemoStore(), async (_terminal, type) => {
    assert.match(edge(await type("t", /> t tasks/)), /^─ > t tasks/);
    await type("\x1b", /> 2 coding/);
  });
});

screenTest("an earlier try is folded to what became of it; . shows what it changed, and folds it again", async () => {
  await session([160, 45], new DemoStore(), async (terminal, type) => {
    const folded = await terminal.until((text) => text.includes("▸ try 1"), "the folded try");
    assert.match(
      folded,
      /▸ try 1 {2}src\/parser\.py {2}\+1 −1.*\n.*✗ did not help: .*Still failing: test_quotes\..*\n.*↶ taken back/,
    );
    assert.doesNotMatch(folded, /re\.split/);
    const whole = await type(".", /▾ try 1/);
    assert.match(whole, /⋯ 3 lines unchanged|1 {3}import re/);
    assert.match(whole, / 7 − {5}return text\.split\(','\)/);
    assert.match(whole, / 7 \+ {5}return re\.split\(r',\(\?=\[\^"\]\*\$\)', text\)/);
    await type(".", /▸ try 1/);
  });
});

screenTest("when no host answers the title says when one is asked again", async () => {
  const store = new DemoStore();
  store.hosts = () => new DemoStore().hosts().map((host) => ({ ...host, state: "down", retryAt: store.time + 3_500 }));
  await session([80, 24], store, async (terminal) => {
    await terminal.until((text) => /✗ no host answers: retry in 4 s/.test(text), "the words");
    store.hosts = () => new DemoStore().hosts();
    store.commit({ ...DEMO, seq: 910 });
    await terminal.until((text) => /● coding at work/.test(text), "who works");
  });
});
