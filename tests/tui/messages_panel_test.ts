import assert from "node:assert/strict";
import type { Message } from "../../src/features/messages/message.ts";
import { message, NOON } from "./demo_parts.ts";
import { DEMO } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

/** The demonstration with other messages. */
const withMessages = (list: readonly Message[]) => ({ ...DEMO, messages: { ...DEMO.messages, list } });

/** Messages that were answered, and before them one on its way and one that waits for the person. */
const LIST = [
  message("m0", { status: "queued", text: "apple" }),
  message("m1", { status: "held", text: "plum" }),
  ...Array.from(
    { length: 40 },
    (_, at) => message(`m${at + 2}`, { status: "answered", text: `no ${at + 2}.`, at: NOON + at }),
  ),
];

screenTest(
  "the rail leaves the row that was selected once another panel has the keys, and shows the newest",
  async () => {
    const store = new DemoStore(withMessages(LIST));
    await session([160, 45], store, async (terminal, type) => {
      const first = await terminal.until((text) => /no 41\./.test(text), "the newest");
      assert.match(first, /plum[^]*apple[^]*no 41\.[^]*↓ \d+ more/, "what is held comes first");
      await type("mG", /no 2\./);
      const end = await type("", /↑ \d+ more/);
      assert.doesNotMatch(end, /no 41\./);
      const above = Number(/↑ (\d+) more/.exec(end)?.[1]);
      const rows = [...end.matchAll(/no (\d+)\./g)].map(([, number]) => Number(number));
      assert.equal(above + Math.max(...rows) - 1, LIST.length, "all rows are counted");
      await type("2", /> 2 coding/);
      store.commit(withMessages([...LIST, message("m99", { status: "answered", text: "no 99." })]));
      const rail = await terminal.until((text) => /no 99\./.test(text), "the newest again");
      assert.match(rail, /plum[^]*no 99\.[^]*no 41\./);
      assert.doesNotMatch(rail, /↑ \d+ more/);
    });
  },
);

screenTest("the first row says how many stand above it, and what is selected is never behind it", async () => {
  await session([160, 45], new DemoStore(withMessages(LIST)), async (_terminal, type) => {
    await type("mG", />\w[^\n]*no 2\./);
    for (let at = 3; at <= 41; at++) await type("k", new RegExp(`>\\w[^\\n]*no ${at}\\.`));
    await type("k", />\w[^\n]*apple/);
    await type("k", />\w[^\n]*plum/);
  });
});
