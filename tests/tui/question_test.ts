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

const PROPOSED = "- median([1, 3]) is 2\n- The README names it.";

/** Criteria that are proposed before the work begins. */
function proposing(): DemoStore {
  const [question] = ASKING.people.questions;
  const text = "Is this what shall be true in the end?";
  const context = "Agree, or write it otherwise, a line each.";
  const listed =
    "criterion 1: median([1, 3]) is 2 (a new test shows it)\ncriterion 2: The README names it. (for the eye)";
  const shows = { text: listed, chars: listed.length };
  const proposal = { id: "criteria", kind: "input", turn: null, text, context, shows, proposes: PROPOSED } as const;
  const asked = { ...question!, ...proposal };
  return new DemoStore({ ...ASKING, people: { ...ASKING.people, questions: [asked] } });
}

for (const size of [[160, 45], [80, 24], [40, 12]] as const) {
  screenTest(`what is proposed is agreed to by one key at ${size.join("×")}, once all of it can be read`, async () => {
    const store = proposing();
    await session(size, store, async (terminal, type) => {
      assert.match(await terminal.text(), /a agree {3}i edit {3}d leave it/);
      terminal.input.type("a");
      const text = await terminal.until((text) => /Agreed|Here is all of it/.test(text), "an answer to the key");
      if (!/Agreed/.test(text)) {
        assert.deepEqual(store.sent, []);
        await type("a", /Agreed/);
      }
    });
    assert.deepEqual(store.sent, [{ kind: "answer", question: "criteria", approved: true, text: "" }]);
  });
}

screenTest("what is proposed is edited by one key: the input line begins with it", async () => {
  const store = proposing();
  await session([80, 24], store, async (terminal, type) => {
    await type("i", /- The README names it\./);
    await type(" And how.", /names it\. And how\./);
    terminal.input.type("\r");
    await terminal.until(() => store.sent.length > 0, "an answer");
  });
  assert.deepEqual(store.sent, [
    { kind: "answer", question: "criteria", approved: true, text: `${PROPOSED} And how.` },
  ]);
});
