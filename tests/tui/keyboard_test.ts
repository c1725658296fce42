import assert from "node:assert/strict";
import { NOON, withAsks } from "./demo_parts.ts";
import { ASKING, DEMO, ENDED, IDLE } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

screenTest("a person reads, scrolls up into the journal and comes back to the newest line", async () => {
  const store = new DemoStore();
  store.entries = Array.from({ length: 300 }, (_, index) => ({
    seq: index + 1,
    at: NOON,
    kind: "model" as const,
    role: "coding",
    of: "t1",
    title: "",
    text: `older line ${index + 1}`,
  }));
  await session([80, 24], store, async (_terminal, type) => {
    await type("2", /> 2 coding/);
    await type("kkk", /4 more below, G to follow/);
    await type("g", /older line 1\b/);
    await type("G", /Earlier attempt was taken back/);
  });
});

screenTest("messages are held, edited, redirected, released and dropped from the keyboard", async () => {
  const store = new DemoStore();
  await session([160, 45], store, async (_terminal, type) => {
    await type("m", /> m messages/);
    await type("jjh", /This message is in prompt/);
    await type("kh", /Held\. u releases it/);
    await type("e", /edit message › The writer has/);
    await type("\x15Look at the writer now.\r", /> m messages/);
    await type("r", /Redirect to which thread\?[^]*> 1 arbiter +○ [^]*5 interpreter +○ idle/);
    await type("9", /There is no thread 9/);
    await type("\x1b[A", /> 5 interpreter/);
    await type("\r", /Redirected to interpreter/);
    await type("ku", /Released/);
    await type("x", /Dropped/);
    await type("3h", /Messages to reasoning are held/);
  });
  assert.deepEqual(store.sent, [
    { kind: "hold", scope: "message", of: "m3" },
    { kind: "edit", message: "m3", text: "Look at the writer now." },
    { kind: "redirect", message: "m3", to: "interpreter" },
    { kind: "release", message: "m4" },
    { kind: "drop", message: "m4" },
    { kind: "hold", scope: "to", of: "reasoning" },
  ]);
});

screenTest("a hold on a thread is lifted by the same key", async () => {
  const store = new DemoStore({
    ...DEMO,
    messages: { ...DEMO.messages, holds: [{ id: "h1", scope: "to", of: "coding" }] },
  });
  await session([80, 24], store, async (_terminal, type) => {
    await type("2h", /Messages to coding go on/);
  });
  assert.deepEqual(store.sent, [{ kind: "lift", hold: "h1" }]);
});

screenTest(
  "v shows the last raw reply of the focused thread and how it was read, arrows go to others, v and Esc close",
  async () => {
    await session([80, 24], new DemoStore(), async (_terminal, type) => {
      await type("1v", /arbiter has not replied yet/);
      await type("v", /2 coding/);
      await type("2", /> 2 coding|coding/);
      const newest = await type("v", /2 of 2/);
      assert.match(newest, /raw reply of coding/);
      assert.match(newest, /\{'name': 'read_file'\}/);
      assert.match(newest, /! fault, as the model is told it/);
      assert.match(newest, /older, newer reply/);
      const older = await type("\x1b[D", /1 of 2/);
      assert.match(older, /I will read_file src\/parser\.py/);
      await type("\x1b[D", /1 of 2/);
      await type("\x1b[C", /2 of 2/);
      const closed = await type("\x1b", /\? help/);
      assert.doesNotMatch(closed, /raw reply of/);
      await type("t", /tasks/);
      await type("v", /focus one first/);
    });
  },
);

screenTest("the draft comes back after a message was edited, or its edit given up", async () => {
  const store = new DemoStore();
  await session([160, 45], store, async (_terminal, type) => {
    await type("iMy draft\x1b", /\n to coding › My draft[^]*1-9 pin/);
    await type("mje", /edit message › The writer has/);
    await type("\x1b", /\n to coding › My draft/);
    await type("e", /edit message › The writer has/);
    await type("\x15New text\r", /\n to coding › My draft/);
    await type("e", /edit message › The writer has/);
    await type("\t", /\n to coding › My draft/);
  });
  assert.deepEqual(store.sent, [{ kind: "edit", message: "m3", text: "New text" }]);
});

screenTest("a draft belongs to whom it was begun for, whoever has the keys meanwhile", async () => {
  const store = new DemoStore();
  await session([80, 24], store, async (_terminal, type) => {
    await type("iFor coding\x1b", /\n to coding › For coding[^]*1-9 pin/);
    await type("1i", /\n to arbiter › *\n/);
    await type("For you\x1b", /\n to arbiter › For you[^]*1-9 pin/);
    await type("2i", /\n to coding › For coding/);
    await type("\r", /\n › *\n/);
    await type("1i", /\n to arbiter › For you/);
    await type("\r", /\n › *\n/);
  });
  assert.deepEqual(store.sent, [
    { kind: "say", to: "coding", text: "For coding" },
    { kind: "say", to: "arbiter", text: "For you" },
  ]);
});

screenTest("Esc asks once before it interrupts a turn, and any other key takes that back", async () => {
  const store = new DemoStore();
  await session([80, 18], store, async (_terminal, type) => {
    await type("2", /> 2 coding/);
    await type("\x1b", /Esc again to interrupt the turn of coding/);
    await type("k", /more below/);
    await type("\x1b", /Esc again/);
    await type("\x1b", /coding is interrupted/);
  });
  assert.deepEqual(store.sent, [{ kind: "interrupt", role: "coding" }]);
});

screenTest("Esc on the arbiter at work says at once what to do instead, and no hint offers it", async () => {
  const store = new DemoStore(withAsks(IDLE, { key: "a1", role: "arbiter" }));
  await session([160, 45], store, async (_terminal, type) => {
    const text = await type("1", /> 1 arbiter[^]*: command/);
    assert.doesNotMatch(text, /Esc interrupt/);
    await type("\x1b", /The arbiter's asks are short: p pauses the run/);
    await type("\x1b", /The arbiter's asks are short/);
  });
  assert.deepEqual(store.sent, []);
});

screenTest("Esc on a thread that does nothing says so", async () => {
  const store = new DemoStore();
  await session([80, 24], store, async (terminal, type) => {
    await type("3\x1b", /reasoning has nothing to interrupt\./);
    await type("1\x1b", /arbiter has nothing to interrupt\./);
    await type("j", /1-9 pin/);
    store.commit(ENDED);
    await terminal.until((text) => text.includes("the run is over"), "the summary");
    await type("\x1b", /1-9 pin/);
    await type("\x1b", /\n The run is over\. {3}q quits/);
  });
  assert.deepEqual(store.sent, []);
});

for (const [columns, rows] of [[160, 45], [80, 24], [40, 12]] as const) {
  screenTest(`the ways out are among the hints at ${columns}×${rows}`, async () => {
    const last = (text: string) => text.split("\n").at(-1)!;
    await session([columns, rows], new DemoStore(), async (terminal, type) => {
      assert.match(last(await terminal.text()), /\^C quit/);
      assert.match(last(await type("2", /Esc interrupt/)), /Esc interrupt.*\^C quit/);
      assert.match(last(await type("z", /Esc unzoom/)), /Esc unzoom.*\^C quit/);
      assert.match(last(await type("\x1b", /Esc interrupt/)), /\^C quit/);
      assert.match(last(await type("m", /Esc back/)), /\^C quit/);
      const asked = await type("jr", /Esc no/);
      assert.match(last(asked), /1-5 chooses {2}Esc no/);
      for (const answer of ["> 1 arbiter", "2 coding"]) assert.ok(asked.includes(answer), asked);
      await type("\x1b", /Esc back/);
      assert.match(last(await type("?", /closes/)), /Esc closes.*\^C quit/);
      await type("\x1b", /Esc back/);
      assert.match(last(await type("i", /sends/)), /Enter sends.*Esc leaves.*\^C quit/);
      assert.match(last(await type("x", /clears/)), /Enter sends.*Esc leaves.*\^C clears/);
    });
    await session([columns, rows], new DemoStore(ASKING), async (terminal) => {
      assert.match(last(await terminal.text()), /a approve.*d deny.*\^C quit/);
    });
  });
}

screenTest("a key that has nothing to show says why, and one that changes what is shown says what", async () => {
  await session([160, 45], new DemoStore(), async (_terminal, type) => {
    await type("s", /The summary comes when the run is over\./);
    await type("2", /> 2 coding/);
    await type(".", /Earlier tries are shown whole; \. folds them\./);
    await type(".", /Earlier tries are folded\./);
  });
});
