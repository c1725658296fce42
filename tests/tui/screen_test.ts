import assert from "node:assert/strict";
import type { Store } from "../../src/tui/screen.tsx";
import { ASKING, DEMO, DemoStore, ENDED, NOON } from "./demo_state.ts";
import { VirtualTerminal } from "./virtual_terminal.ts";

Deno.env.set("NODE_ENV", "production");
Deno.env.set("TZ", "UTC");
const { openScreen } = await import("../../src/tui/screen.tsx");

/** A test with an open screen. Ink's frame throttle and its exit hook keep a timer and signal listeners for a moment after its end. */
function screenTest(name: string, fn: (context: Deno.TestContext) => Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

/** Opens the screen on a store, hands it to the test, closes it. */
async function session(
  size: readonly [number, number],
  store: Store,
  work: (
    terminal: VirtualTerminal,
    type: (keys: string, shows: RegExp) => Promise<string>,
    quits: () => number,
  ) => Promise<void>,
  env: { readonly NO_COLOR?: string; readonly TERM?: string } = { TERM: "xterm" },
): Promise<void> {
  const terminal = new VirtualTerminal(...size);
  let quits = 0;
  const screen = openScreen({
    store,
    title: "autonomy",
    stdin: terminal.input,
    stdout: terminal,
    env,
    onQuit: () => quits++,
  });
  const type = (keys: string, shows: RegExp): Promise<string> => {
    terminal.input.type(keys);
    return terminal.until((text) => shows.test(text), `${shows} after ${JSON.stringify(keys)}`);
  };
  try {
    await terminal.until(
      (text) => text.includes("autonomy") || text.includes("csv-tools") || text.includes("REHEARSAL"),
      "a title",
    );
    await work(terminal, type, () => quits);
  } finally {
    screen.close();
    await screen.closed;
  }
  await terminal.text();
  assert.equal(terminal.alternate, false, "the alternate screen is left");
  assert.equal(terminal.input.raw, false, "raw mode is left");
}

for (const [columns, rows] of [[160, 45], [80, 24], [40, 12]] as const) {
  screenTest(`a run at work looks as agreed at ${columns}×${rows}`, async (t) => {
    const store = new DemoStore();
    store.streams.set("t2.ask.3", {
      text: ["Doubled quotes stand for ", "one quote, so the scanner"],
      thinking: [],
      status: "writing",
      since: NOON + 60_000,
    });
    await session([columns, rows], store, async (terminal, type) => {
      await t.assertSnapshot(await terminal.text(), { name: `run ${columns}x${rows}` });
      await type("2", /> 2 coding/);
      await t.assertSnapshot(await terminal.text(), { name: `coding ${columns}x${rows}` });
      await type("?", /keys/);
      await t.assertSnapshot(await terminal.text(), { name: `help ${columns}x${rows}` });
    });
    await session([columns, rows], new DemoStore(ASKING), async (terminal) => {
      await t.assertSnapshot(await terminal.text(), { name: `asking ${columns}x${rows}` });
    });
    await session([columns, rows], new DemoStore(ENDED), async (terminal) => {
      await t.assertSnapshot(await terminal.text(), { name: `ended ${columns}x${rows}` });
    });
  });
}

screenTest(
  "what a model writes cannot leave its pane: sequences are gone, wide characters and emoji keep the frames aligned",
  async () => {
    const store = new DemoStore();
    const evil =
      "\x1b]0;owned\x07\x1b]52;c;ZXZpbA==\x07\x1b[2J\x1b[1;1Hgone \x1b[31mred\x1b[0m \x9b5A 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢 👩‍💻 ⚠️ 🇩🇪 e\u0301 \u202eright\x00\x08";
    store.streams.set("t2.ask.3", { text: [evil], thinking: [], status: "wri\x1b[2Jting", since: NOON });
    await session([80, 24], store, async (terminal) => {
      const lines = await terminal.until((text) => text.includes("gone red"), "the stream").then((text) =>
        text.split("\n")
      );
      assert.ok(!terminal.bytes.includes("\x1b]"), "no OSC reaches the terminal");
      assert.ok(!terminal.bytes.includes("\x1b[31mred"));
      assert.match(lines.join("\n"), /漢字/);
      assert.match(lines.join("\n").normalize("NFC"), /👩💻 ⚠ DE é �right/u);
      for (const line of lines.slice(3, 20)) assert.match(line, /^│.*││.*│$/u, `the frame holds: ${line}`);
      assert.ok(lines[0]!.includes("csv-tools"), "the title stands");
    });
  },
);

screenTest("a person reads, scrolls up into the journal and comes back to the newest line", async () => {
  const store = new DemoStore();
  store.entries = Array.from({ length: 300 }, (_, index) => ({
    seq: index + 1,
    at: NOON,
    kind: "model" as const,
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
    await type("h", /This message is in prompt/);
    await type("jh", /Held\. u releases it/);
    await type("e", /edit message › The writer has/);
    await type("\x15Look at the writer now.\r", /> m messages/);
    await type("r", /redirect to/);
    await type("9", /There is no thread 9/);
    await type("5", /Redirected to interpreter/);
    await type("ju", /Released/);
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
  const store = new DemoStore({ ...DEMO, holds: [{ id: "h1", scope: "to", of: "coding" }] });
  await session([80, 24], store, async (_terminal, type) => {
    await type("2h", /Messages to coding go on/);
  });
  assert.deepEqual(store.sent, [{ kind: "lift", hold: "h1" }]);
});

screenTest("several keys in one chunk all act, words go to the focused thread, earlier words come back", async () => {
  const store = new DemoStore();
  await session([80, 24], store, async (_terminal, type) => {
    await type("2ihello\r", /> 2 coding/);
    await type("3i", /to reasoning ›/);
    await type("\x1b[A", /to reasoning › hello/);
    await type(" again\x7f!\r", /> 3 reasoning/);
    await type("p", /Paused\. p goes on/);
    await type("p", /The run goes on/);
  });
  assert.deepEqual(store.sent, [
    { kind: "say", to: "coding", text: "hello" },
    { kind: "say", to: "reasoning", text: "hello agai!" },
    { kind: "pause" },
    { kind: "unpause" },
  ]);
});

screenTest("a paste goes to the input line with its lines, and is never taken for keys", async () => {
  const store = new DemoStore();
  await session([80, 24], store, async (_terminal, type) => {
    await type("\x1b[200~pause\rdrop\x1b[201~", /to arbiter › pause\s+.*drop/s);
    await type("\r", /\? help/);
  });
  assert.deepEqual(store.sent, [{ kind: "say", to: "arbiter", text: "pause\ndrop" }]);
});

screenTest(
  "v shows the last raw reply of the focused thread and how it was read, arrows go to others, v and Esc close",
  async () => {
    await session([80, 24], new DemoStore(), async (_terminal, type) => {
      await type("v", /arbiter has not replied yet/);
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

screenTest("a refused wish keeps the words and says why", async () => {
  const store = new DemoStore();
  store.refusal = "The arbiter is not listening.";
  await session([80, 24], store, async (_terminal, type) => {
    await type("iplease\r", /The arbiter is not listening\./);
    await type("", /please/);
  });
});

screenTest(
  "a run that ends while a person writes takes no letter for a command, and only a second q quits",
  async () => {
    const store = new DemoStore();
    await session([80, 24], store, async (terminal, type, quits) => {
      await type("iWrite", /to arbiter › Write/);
      store.commit(ENDED);
      store.refusal = "The run has ended.";
      await terminal.until((text) => text.includes("the run is over"), "the summary");
      await type(" q quick", /to arbiter › Write q quick/);
      await type("\r", /The run is over: nobody reads this any more/);
      await type("ly", /to arbiter › Write q quickly/);
      await type("\x1b", /Esc closes/);
      await type("q", /Press q again to quit\. What you wrote was not sent/);
      await type("\x1b", /1-9 focus/);
      await type("q", /Press q again to quit/);
      await type("j", /1-9 focus/);
      assert.equal(quits(), 0);
      terminal.input.type("qq");
      await terminal.until(() => quits() === 1, "the end");
    });
    await session([80, 24], new DemoStore(ENDED), async (terminal, type, quits) => {
      await type("i", /The run is over|1-9 focus/);
      await type("\x1b[200~quit q\x1b[201~", /The run is over\. q quits/);
      await type("sq", /the run is over/);
      await terminal.until(() => quits() === 1, "the end");
    });
  },
);

screenTest("a reply that begins with blank lines streams in without a hole", async () => {
  const store = new DemoStore();
  store.streams.set("t2.ask.3", { text: ["\n\n\nFirst words.\n\n\n\n"], thinking: [], status: "writing", since: NOON });
  await session([80, 24], store, async (terminal) => {
    const text = await terminal.until((shown) => shown.includes("First words."), "the stream");
    assert.match(text, /Earlier attempt was taken back:.*\n.*test_quotes failed.*\n.*││ First words\. +│\n╰/);
  });
});

screenTest("the draft comes back after a message was edited, or its edit given up", async () => {
  const store = new DemoStore();
  await session([160, 45], store, async (_terminal, type) => {
    await type("iMy draft\x1b", /› My draft/);
    await type("mje", /edit message › The writer has/);
    await type("\x1b", /\n › My draft/);
    await type("e", /edit message › The writer has/);
    await type("\x15New text\r", /\n › My draft/);
    await type("e", /edit message › The writer has/);
    await type("\t", /\n › My draft/);
  });
  assert.deepEqual(store.sent, [{ kind: "edit", message: "m3", text: "New text" }]);
});

screenTest("a call waits for approval: d denies it, the strip goes away", async () => {
  const store = new DemoStore(ASKING);
  await session([80, 24], store, async (terminal, type) => {
    assert.match(await terminal.text(), /NEEDS YOU[\s\S]*pip install regex[\s\S]*a approve/);
    await type("d", /Denied/);
    assert.doesNotMatch(await terminal.text(), /NEEDS YOU/);
    await type("a", /Nothing is asked of you now/);
  });
  assert.deepEqual(store.sent, [{ kind: "answer", question: "q1", approved: false, text: "" }]);
});

screenTest("a question for words is answered in the input line", async () => {
  const store = new DemoStore({
    ...DEMO,
    effects: {},
    questions: [{ id: "q2", kind: "input", text: "Which dialect is meant?", context: "", turn: null, at: NOON }],
  });
  await session([80, 24], store, async (_terminal, type) => {
    await type("i", /answer ›/);
    await type("RFC 4180\r", /\? help/);
  });
  assert.deepEqual(store.sent, [{ kind: "answer", question: "q2", approved: true, text: "RFC 4180" }]);
});

screenTest("Esc asks once before it interrupts a turn, and any other key takes that back", async () => {
  const store = new DemoStore();
  await session([80, 24], store, async (_terminal, type) => {
    await type("2", /> 2 coding/);
    await type("\x1b", /Esc again to interrupt the turn of coding/);
    await type("k", /more below/);
    await type("\x1b", /Esc again/);
    await type("\x1b", /coding is interrupted/);
  });
  assert.deepEqual(store.sent, [{ kind: "interrupt", role: "coding" }]);
});

screenTest("Esc on a thread that does nothing says so", async () => {
  const store = new DemoStore();
  await session([80, 24], store, async (terminal, type) => {
    await type("3\x1b", /reasoning has nothing to interrupt\./);
    await type("1\x1b", /arbiter has nothing to interrupt\./);
    await type("j", /1-9 focus/);
    store.commit(ENDED);
    await terminal.until((text) => text.includes("the run is over"), "the summary");
    await type("\x1b", /1-9 focus/);
    await type("\x1b", /\n The run is over\. *$/);
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
      const asked = last(await type("jr", /Esc no/));
      for (const answer of ["1 arb", "2 cod", "3 rea", "4 ana", "5 int"]) assert.ok(asked.includes(answer), asked);
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

screenTest("tasks are shown whole where there is room, and scroll where there is not", async () => {
  const text = `Write the ${"very ".repeat(30)}long report`;
  const tasks = Array.from({ length: 8 }, (_, index) => ({
    ...DEMO.tasks.list[1]!,
    id: `L${index}`,
    description: `${text} number ${index + 1}.`,
  }));
  const flat = (shown: string) => shown.replace(/[│\s]+/g, " ");
  await session([160, 45], new DemoStore(), async (terminal) => {
    assert.match(await terminal.text(), /Reject unbalanced quotes with +│\n.*│ +a clear error +│/);
  });
  await session([160, 45], new DemoStore({ ...DEMO, tasks }), async (terminal, type) => {
    assert.doesNotMatch(await terminal.text(), /number 8\./, "there is not room for all");
    const zoomed = flat(await type("tz", /number 8\./));
    for (const { description } of tasks) assert.ok(zoomed.includes(description), description);
  });
  await session([40, 12], new DemoStore({ ...DEMO, tasks }), async (_terminal, type) => {
    await type("t", /↓ \d+ more/);
    await type("jjj", /number 1\./);
    await type("G", /number 8\./);
  });
});

screenTest("Ctrl-C clears the input, asks, then quits; Ctrl-D on an empty line quits", async () => {
  await session([80, 24], new DemoStore(), async (terminal, type, quits) => {
    await type("idraft", /to arbiter › draft/);
    terminal.input.type("\x03");
    await terminal.until((text) => !text.includes("draft"), "an empty line");
    await type("\x03", /Press Ctrl-C again to quit/);
    assert.equal(quits(), 0);
    terminal.input.type("\x03");
    await terminal.until(() => quits() === 1, "the end");
    terminal.input.type("\x04");
    await terminal.until(() => quits() === 2, "the end");
  });
});

screenTest("the screen stands before there is a run, says what it waits for, and can be left", async () => {
  const terminal = new VirtualTerminal(80, 24);
  let quits = 0;
  const screen = openScreen({
    title: "/home/person/csv-tools",
    stdin: terminal.input,
    stdout: terminal,
    env: { TERM: "xterm" },
    onQuit: () => quits++,
  });
  try {
    await terminal.until(
      (text) => /csv-tools[\s\S]*opening[\s\S]*asking the hosts[\s\S]*\^C quit/.test(text),
      "the opening",
    );
    terminal.input.type("\x03");
    await terminal.until((text) => /again/i.test(text), "the question whether to quit");
    terminal.input.type("\x03");
    await terminal.until(() => quits === 1, "the wish to quit");
    screen.show(new DemoStore());
    await terminal.until((text) => text.includes("1 arbiter") && !text.includes("opening"), "the run");
  } finally {
    screen.close();
    await screen.closed;
  }
});

screenTest("the goal is asked for and the run follows in the same screen", async () => {
  const terminal = new VirtualTerminal(80, 24);
  const screen = openScreen({
    start: {
      project: "/home/person/csv-tools",
      rows: [{ role: "arbiter", model: "qwen2.5:14b", host: "fast", note: "" }],
      checks: [],
      notes: [],
    },
    title: "autonomy",
    stdin: terminal.input,
    stdout: terminal,
    env: { TERM: "xterm" },
    onQuit: () => {},
  });
  try {
    await terminal.until(
      (text) => /new run[\s\S]*qwen2\.5:14b@fast[\s\S]*none found[\s\S]*goal ›/.test(text),
      "the form",
    );
    terminal.input.type("\r");
    await terminal.until((text) => text.includes("Say what is to be done"), "the refusal of an empty goal");
    terminal.input.type("make it green\nand fast\r");
    assert.equal(await screen.goal, "make it green\nand fast");
    screen.show(new DemoStore());
    await terminal.until((text) => text.includes("1 arbiter") && text.includes("REHEARSAL"), "the run");
    assert.equal(terminal.bytes.split("\x1b[?1049h").length, 2, "one alternate screen");
  } finally {
    screen.close();
    await screen.closed;
  }
});

screenTest("nothing is written while nothing runs, while paused, while waiting for the person, when over", async () => {
  const states = [{ ...DEMO, effects: {} }, { ...DEMO, paused: true, stillSince: NOON }, ASKING, ENDED];
  for (const state of states) {
    const store = new DemoStore(state);
    await session([80, 24], store, async (terminal) => {
      const before = terminal.bytes.length;
      store.time += 60_000;
      store.streams.set("t2.ask.3", { text: ["late words"], thinking: [], status: "writing", since: NOON });
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal(terminal.bytes.length, before);
    });
  }
});

screenTest("a window that changes its size shows the run again; one that is too small says so", async () => {
  await session([160, 45], new DemoStore(), async (terminal, type) => {
    terminal.resize(39, 12);
    await terminal.until((text) => /at\s+least\s+40×10/.test(text), "the sentence");
    terminal.resize(80, 24);
    const text = await terminal.until((shown) => shown.includes("> 1 arbiter") && shown.includes("? help"), "the run");
    assert.match(text.split("\n")[0]!, /csv-tools/);
    await type("z", /constrained · 4 asks\s+█*.*exact/);
  });
});

screenTest("NO_COLOR keeps attributes and drops colours; TERM=dumb has neither, and ASCII frames", async () => {
  // deno-lint-ignore no-control-regex
  const coloured = /\x1b\[(?:\d+;)*3[0-7]m/;
  await session([80, 24], new DemoStore(), async (terminal) => {
    await Promise.resolve();
    assert.match(terminal.bytes, coloured);
  });
  await session([80, 24], new DemoStore(), async (terminal) => {
    assert.doesNotMatch(terminal.bytes, coloured);
    assert.match(await terminal.text(), /╭─ > 1 arbiter/);
  }, { NO_COLOR: "1", TERM: "xterm" });
  await session([80, 24], new DemoStore(), async (terminal) => {
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(terminal.bytes, /\x1b\[[1-9][\d;]*m/);
    assert.match(await terminal.text(), /\+- > 1 arbiter/);
  }, { TERM: "dumb" });
});
