import assert from "node:assert/strict";
import type { State } from "../../src/features/state.ts";
import { ASKING } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

/** A write of so many lines that waits for approval. */
function askingOf(lines: number): DemoStore {
  const [question] = ASKING.people.questions;
  const shows = { text: "changes src/a.ts", chars: 9_000, blob: "b1" };
  const state: State = { ...ASKING, people: { ...ASKING.people, questions: [{ ...question!, shows }] } };
  const store = new DemoStore(state);
  store.texts = {
    b1: ["changes src/a.ts", ...Array.from({ length: lines }, (_, at) => `+line ${at + 1} is new`)].join("\n"),
  };
  return store;
}

const LINES = 143;

for (const [columns, rows] of [[160, 45], [80, 24], [40, 12]] as const) {
  screenTest(
    `a long call is approved at ${columns}×${rows} only where all of it can be read, with its keys in sight`,
    async () => {
      const store = askingOf(LINES);
      await session([columns, rows], store, async (terminal, type) => {
        assert.match(await terminal.text(), /line 1–\d+ of \d+: w shows all[\s\S]*a approve {3}d deny/);
        await type("a", /what is asked[\s\S]*line 1–\d+ of \d+/);
        assert.deepEqual(store.sent, [], "what was not read was approved");
        const seen = new Set<number>();
        let [to, of] = [0, 0];
        do {
          const text = await terminal.text();
          for (const [, number] of text.matchAll(/\+line (\d+) is new/g)) seen.add(Number(number));
          assert.match(text, /a approve {3}d deny/);
          const [, , last = "", all = ""] = /line (\d+)–(\d+) of (\d+)/.exec(text) ?? [];
          [to, of] = [Number(last), Number(all)];
          if (to < of) await type(rows < 20 ? "j" : "\x1b[6~", new RegExp(`line \\d+–(?!${to} of)\\d+ of ${of}`));
        } while (to < of);
        assert.equal(seen.size, LINES);
        await type("\x1b[5~", /line \d+–\d+ of/);
        await type("a", /Approved/);
      });
      assert.deepEqual(store.sent, [{ kind: "answer", question: "q1", approved: true, text: "" }]);
    },
  );
}

screenTest("a short call stands whole in the strip, and is approved and denied from there", async () => {
  const store = askingOf(2);
  await session([80, 24], store, async (terminal, type) => {
    assert.match(await terminal.text(), /changes src\/a\.ts[\s\S]*\+line 2 is new[\s\S]*a approve/);
    await type("a", /Approved/);
  });
  assert.deepEqual(store.sent, [{ kind: "answer", question: "q1", approved: true, text: "" }]);
});

screenTest("a question that comes in place of the one that was read is not approved by the same key", async () => {
  const store = askingOf(LINES);
  await session([80, 24], store, async (_terminal, type) => {
    await type("w", /what is asked[\s\S]*line 1–/);
    const [question] = store.state().people.questions;
    // In one go with the key: nothing was painted between.
    store.current = {
      ...store.state(),
      people: { ...store.state().people, questions: [{ ...question!, id: "q9", text: "May coding run: rm -rf ." }] },
    };
    await type("a", /Here is all of it/);
    assert.deepEqual(store.sent, []);
    await type("a", /Approved/);
  }, { every: () => () => {} });
  assert.deepEqual(store.sent, [{ kind: "answer", question: "q9", approved: true, text: "" }]);
});
