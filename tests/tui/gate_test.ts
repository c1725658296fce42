import assert from "node:assert/strict";
import type { Message } from "../../src/features/messages/message.ts";
import { message, NOON } from "./demo_parts.ts";
import { DEMO } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

const GATE = [{ id: "h9", scope: "all" as const, of: "" }];

/** A run whose gate is shut, with messages that wait at it. */
function gated(...waiting: readonly Message[]): DemoStore {
  return new DemoStore({ ...DEMO, messages: { ...DEMO.messages, list: [...waiting], holds: GATE } });
}

const first = message("m7", { status: "held", text: "Look at the parser first." });
const second = message("m8", {
  status: "held",
  from: "coding",
  to: "analysis",
  text: "Where is it used?",
  at: NOON + 1,
});

screenTest("a message that waits stands above the input line with its keys, and each of them acts on it", async () => {
  const store = gated(first, second);
  await session([160, 45], store, async (_terminal, type) => {
    const text = await type("2", /‖ GATE {2}arbiter → coding +\+1 .*\n +Look at the parser first\./);
    assert.match(text, /Enter pass {2}e edit {2}r redirect {2}x drop {2}D duplicate {2}A pass all {2}w all of it/);
    await type("\r", /Passed\./);
    await type(" ", /Passed\./);
    await type("e", /edit message › Look at the parser/);
    await type("\x15Look at the writer.\r", /> 2 coding/);
    await type("r3", /Redirected to/);
    await type("D4", /Also sent to/);
    await type("x", /Dropped\./);
    await type("A", /All are passed\./);
    await type("H", /Messages go on by themselves\./);
  });
  const roles = store.roles();
  assert.deepEqual(store.sent, [
    { kind: "release", message: "m7" },
    { kind: "release", message: "m7" },
    { kind: "edit", message: "m7", text: "Look at the writer." },
    { kind: "redirect", message: "m7", to: roles[2] },
    { kind: "duplicate", message: "m7", to: roles[3] },
    { kind: "drop", message: "m7" },
    { kind: "release_all" },
    { kind: "lift", hold: "h9" },
  ]);
});

screenTest(
  "the key that takes back acts on what was dropped last at the gate, while nobody was told of it",
  async () => {
    const store = gated(second, message("m9", { ...second, id: "m9", to: "reasoning", duplicateOf: "m8" }));
    const dropped = { ...second, kind: "word" as const };
    await session([120, 40], store, async (terminal, type) => {
      await type("x", /Dropped\./);
      const [, other] = store.current.messages.list;
      const changes = [{ kind: "dropped" as const, by: "person" }];
      store.commit({
        ...store.current,
        messages: { ...store.current.messages, list: [{ ...dropped, status: "dropped", changes }, other!] },
      });
      await terminal.until((text) => /b take back/.test(text), "the key that takes back");
      await type("b", /Taken back\./);
    });
    assert.deepEqual(store.sent, [{ kind: "drop", message: "m8" }, { kind: "take_back", message: "m8" }]);
  },
);

screenTest("with the gate shut the selected message is passed, and where none waits Enter writes as ever", async () => {
  const store = gated(first, second);
  await session([160, 45], store, async (_terminal, type) => {
    await type("mj", /> m messages/);
    await type("\r", /Passed\./);
    store.commit({ ...store.current, messages: { ...store.current.messages, list: [] } });
    await type("2", /GATE {2}no message waits {2}H lets all go/);
    await type("\r", /to coding ›/);
  });
  assert.deepEqual(store.sent, [{ kind: "release", message: "m8" }]);
});

for (const [columns, rows, words] of [[80, 24, "[^]*Look at the parser first\\."], [40, 12, ""]] as const) {
  screenTest(`what waits, and the key that passes it, are seen at ${columns}×${rows}`, async () => {
    await session([columns, rows], gated(first), async (terminal) => {
      const text = await terminal.until((shown) => shown.includes("Enter pass"), "the gate");
      assert.match(text, new RegExp(`‖ .*arbiter → coding.* Enter pass${words}`));
    });
  });
}

screenTest("a key shuts the gate, and says how it is opened", async () => {
  const store = new DemoStore();
  await session([160, 45], store, async (_terminal, type) => {
    await type("2H", /Each message waits for you now\. Enter passes one, H lets all go\./);
  });
  assert.deepEqual(store.sent, [{ kind: "hold", scope: "all", of: "" }]);
});

screenTest("an edit at the gate says that it sends nothing, and what does", async () => {
  const store = gated(first);
  await session([160, 45], store, async (_terminal, type) => {
    await type("2e", /edit message › [^]*Enter keeps it/);
    await type("!\r", /Changed\. It still waits: Enter passes it\. {3}\? help/);
  });
  assert.deepEqual(store.sent.map(({ kind }) => kind), ["edit"]);
});

screenTest("the edit of a message that is left stays for it until it is kept, and for no other one", async () => {
  const store = gated(first, second);
  await session([160, 45], store, async (_terminal, type) => {
    await type("2iWords.", /to coding › Words\./);
    await type("\x1b", /› Words\.[^]* i write/);
    await type("e And last.", /edit message › Look at the parser first\. And last\./);
    await type("\x1b", /› Words\.[^]* i write/);
    await type("\r", /Passed\./);
    store.commit({ ...store.current, messages: { ...store.current.messages, list: [second] } });
    await type("e", /edit message › Where is it used\?/);
    await type("\x1b", /› Words\.[^]* i write/);
    store.commit({ ...store.current, messages: { ...store.current.messages, list: [first, second] } });
    await type("e", /edit message › Look at the parser first\. And last\./);
    await type("\r", /Changed\./);
    await type("e", /edit message › Look at the parser first\. *$/m);
    // What was erased is no draft.
    await type("\x15", /edit message › *$/m);
    await type("\x1b", /› Words\.[^]* i write/);
    await type("e", /edit message › Look at the parser first\./);
  });
  assert.deepEqual(store.sent.filter(({ kind }) => kind === "edit"), [
    { kind: "edit", message: "m7", text: "Look at the parser first. And last." },
  ]);
});

screenTest(
  "a key for a message says so where none is there: at an open gate, at a shut one, and after a drop that was told",
  async () => {
    await session(
      [160, 45],
      new DemoStore({ ...DEMO, messages: { ...DEMO.messages, list: [], holds: [] } }),
      async (_terminal, type) => {
        for (const key of ["e", "r", "D", "x", "b", "u", "A"]) {
          await type(key, /No message is selected: m goes to them/);
        }
      },
    );
    const store = gated(second);
    await session([160, 45], store, async (terminal, type) => {
      await type("x", /Dropped\./);
      const told = { ...second, status: "dropped" as const, kind: "consult" as const };
      store.commit({ ...store.current, messages: { ...store.current.messages, list: [told] } });
      await terminal.until((text) => text.includes("no message waits"), "the gate without a message");
      await type("D", /No message waits at the gate\./);
      await type("b", /this cannot be taken back any more/);
    });
  },
);

const LONG = message("m7", {
  status: "held",
  text: Array.from({ length: 60 }, (_, at) => `Sentence ${at} of a long task.`).join("\n"),
});

for (const [columns, rows] of [[160, 45], [80, 24], [40, 12]] as const) {
  screenTest(`all of a message that waits is read before it is passed, at ${columns}×${rows}`, async () => {
    const store = gated(LONG, second);
    store.stories = {
      m7: {
        told: ["Message m7: consult from arbiter to coding", "── 12:00:00 edited by person"],
        before: null,
        after: [],
      },
    };
    await session([columns, rows], store, async (_terminal, type) => {
      const first = await type("2", /> 2 coding|> 2/);
      assert.doesNotMatch(first, /Sentence 59/);
      await type("w", /message m7[^]*‖ held {2}arbiter → coding/);
      await type("G", /receipts[^]*edited by person/);
      await type("e", /edit message › /);
      await type("\x1b", /Esc closes/);
      await type("r", /Redirect to which thread\?/);
      await type("\x1b", /Esc closes/);
      await type("\r", /message m8[^]*Where is it used\?/);
      await type("\r", /message m7[^]*Sentence 0/);
    });
    assert.deepEqual(store.sent, [{ kind: "release", message: "m7" }, { kind: "release", message: "m8" }]);
  });
}

screenTest("the first message at the gate is explained in a line, and no later one", async () => {
  const store = gated(first);
  await session([80, 24], store, async (terminal, type) => {
    await terminal.until(
      (text) => /It waits for you: Enter passes it, e edits it, w shows all, H lets all go\./.test(text),
      "what the gate is",
    );
    await type("\r", /Passed\./);
    store.commit({ ...store.current, messages: { ...store.current.messages, list: [second] } });
    const later = await type("j", /coding → analysis/);
    assert.doesNotMatch(later, /It waits for you/);
  });
});

screenTest("from a message [ ] lead to what caused it and to what it caused, decisions among them", async () => {
  const store = gated(first);
  const told = ["Message m7: consult from arbiter to coding, caused by d2"];
  store.stories = {
    m7: { told, before: { id: "d2", says: "k1 ▸ coding" }, after: [] },
    m8: { told: ["Message m8: answer"], before: { id: "m7", says: "consult arbiter → coding" }, after: [] },
  };
  await session([110, 30], store, async (_terminal, type) => {
    await type("mw", /message m7[^]*what led to it[^]*\[ d2 {2}k1 ▸ coding[^]*\] m8/);
    await type("[", /why d2/);
    await type("]", /message m7/);
    await type("]", /message m8[^]*\[ m7/);
    await type("]", /m8 led to nothing yet/);
    await type("[", /message m7/);
  });
});
