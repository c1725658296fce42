import assert from "node:assert/strict";
import { message, NOON } from "./demo_parts.ts";
import { DEMO, ENDED } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

screenTest(
  "Enter says words now, Alt-Enter and ^T when the thread is idle, and a new line is as ever",
  async () => {
    const store = new DemoStore();
    await session([160, 45], store, async (_terminal, type) => {
      await type("2i", /to coding ›/);
      await type("one\r", /> 2 coding/);
      await type("itwo\x1b\r", /Queued: coding hears it when idle/);
      await type("i@analysis three\x14", /Queued: analysis hears it/);
      await type("ifour\nlines\x14", /Queued: coding/);
    });
    assert.deepEqual(store.sent, [
      { kind: "say", to: "coding", text: "one" },
      { kind: "say", to: "coding", text: "two", later: true },
      { kind: "say", to: "analysis", text: "three", later: true },
      { kind: "say", to: "coding", text: "four\nlines", later: true },
    ]);
  },
);

screenTest(
  "↑ on an empty line takes back what nobody has read, and after that goes through what was sent",
  async () => {
    const word = { from: "person", kind: "word" as const, status: "queued" as const, text: "Use spaces." };
    const list = [
      message("m5", { ...word, to: "coding", text: "Read already.", status: "in_prompt" }),
      message("m6", { ...word, to: "coding", at: NOON + 5 }),
      message("m7", { ...word, to: "coding·2", at: NOON + 5 }),
    ];
    const store = new DemoStore({ ...DEMO, messages: { ...DEMO.messages, list, holds: [] } });
    await session([160, 45], store, async (_terminal, type) => {
      await type("1isaid before\r", /> 1 arbiter/);
      await type("i", /to arbiter ›/);
      await type(
        "\x1b[A",
        /to coding › Use spaces\.[^]*Taken back: nobody has read it\. Enter sends it to coding again\./,
      );
      store.commit({ ...store.current, messages: { ...store.current.messages, list: list.slice(0, 1) } });
      await type("\x15\x1b[A", /to coding › said before/);
    });
    assert.deepEqual(store.sent.slice(1), [{ kind: "drop", message: "m6" }, { kind: "drop", message: "m7" }]);
  },
);

for (const [columns, rows] of [[160, 45], [80, 24], [40, 12]] as const) {
  screenTest(`^R finds what was sent before, and Esc comes back to the draft, at ${columns}×${rows}`, async () => {
    await session([columns, rows], new DemoStore(), async (_terminal, type) => {
      await type("2i\x12", /Nothing was sent yet/);
      for (const words of ["Use spaces", "Mind the tabs", "Use tabs"]) await type(`${words}\ri`, /to coding ›/);
      await type("draft\x12", /> Use tabs[^]*earlier ›/);
      await type("MIND", /Nothing that was sent holds MIND/);
      await type("\x15tabs", /> Use tabs/);
      await type("\x12", /> Mind the tabs/);
      await type("\x1b[B", /> Use tabs/);
      await type("\x1b", /to coding › draft/);
      await type("\x12spaces\r", /to coding › Use spaces/);
    });
  });
}

screenTest("nothing is queued once the run is over", async () => {
  const store = new DemoStore();
  await session([160, 45], store, async (terminal, type) => {
    await type("2iwords", /to coding › words/);
    store.commit(ENDED);
    await terminal.until((text) => /the run is over/.test(text), "the summary");
    await type("\x14", /nobody reads this any more/);
  });
  assert.deepEqual(store.sent, []);
});
