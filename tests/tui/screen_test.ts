import assert from "node:assert/strict";
import { NOON } from "./demo_parts.ts";
import { ASKING, DEMO, ENDED, IDLE, paused } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import type { VirtualTerminal } from "./virtual_terminal.ts";
import { screenTest, session } from "./screen_session.ts";

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
    await session([120, 30], store, async (terminal) => {
      const lines = await terminal.until((text) => text.includes("gone red"), "the stream").then((text) =>
        text.split("\n")
      );
      assert.ok(!terminal.bytes.includes("\x1b]"), "no OSC reaches the terminal");
      assert.ok(!terminal.bytes.includes("\x1b[31mred"));
      assert.match(lines.join("\n"), /漢字/);
      assert.match(lines.join("\n").normalize("NFC"), /👩💻 ⚠ DE é �right/u);
      for (const line of lines.slice(2, 20)) assert.match(line, /^.{20,}[│┤├┬].{20,}/u, `the frame holds: ${line}`);
      assert.ok(lines[0]!.includes("csv-tools"), "the title stands");
    });
  },
);

screenTest("a reply that begins with blank lines streams in without a hole", async () => {
  const store = new DemoStore();
  store.streams.set("t2.ask.3", { text: ["\n\n\nFirst words.\n\n\n\n"], thinking: [], status: "writing", since: NOON });
  await session([80, 24], store, async (terminal) => {
    const text = await terminal.until((shown) => shown.includes("First words."), "the stream");
    assert.match(text, /Earlier attempt was taken back: test_quotes failed\. +\n First words\. +\n +\n──/);
  });
});

screenTest("tasks are shown whole where there is room, and scroll where there is not", async () => {
  const text = `Write the ${"very ".repeat(30)}long report`;
  const list = Array.from({ length: 8 }, (_, index) => ({
    ...DEMO.tasks.list[1]!,
    id: `L${index}`,
    description: `${text} number ${index + 1}.`,
  }));
  const long = { ...DEMO, tasks: { ...DEMO.tasks, list } };
  const flat = (shown: string) => shown.replace(/[│\s]+/g, " ");
  await session([160, 45], new DemoStore(), async (terminal) => {
    assert.match(await terminal.text(), /Reject unbalanced quotes with +\n.*│ +a clear error/);
  });
  await session([160, 45], new DemoStore(long), async (terminal, type) => {
    assert.doesNotMatch(await terminal.text(), /number 8\./, "there is not room for all");
    const zoomed = flat(await type("tz", /number 8\./));
    for (const { description } of list) assert.ok(zoomed.includes(description), description);
  });
  await session([40, 12], new DemoStore(long), async (_terminal, type) => {
    await type("t", /↓ \d+ more/);
    await type("jjj", /number 1\./);
    await type("G", /number 8\./);
  });
});

screenTest(
  "nothing is looked at and nothing is written while nothing runs, while paused, while waiting for the person, when over",
  async () => {
    const looks = new Set<() => void>();
    const every = (_ms: number, act: () => void) => {
      looks.add(act);
      return () => void looks.delete(act);
    };
    /** Opens the screen on a state, lets a minute pass and words stream in; gives what is written from then on, until it is closed. */
    const written = async (state: typeof DEMO, use: (terminal: VirtualTerminal) => Promise<unknown>) => {
      const store = new DemoStore(state);
      let before = 0;
      let bytes = () => "";
      await session([80, 24], store, async (terminal) => {
        bytes = () => terminal.bytes.slice(before);
        before = terminal.bytes.length;
        store.time += 60_000;
        store.streams.set("t2.ask.3", { text: ["late words"], thinking: [], status: "writing", since: NOON });
        for (const look of looks) look();
        await use(terminal);
      }, { every });
      return bytes();
    };
    const states = [IDLE, paused(NOON), ASKING, ENDED];
    for (const state of states) {
      const bytes = await written(state, () => Promise.resolve(assert.equal(looks.size, 0)));
      // deno-lint-ignore no-control-regex
      assert.equal(bytes.replace(/\x1b\[[?>]?[\d;]*[a-zA-Z]/g, "").trim(), "", "modes of the terminal apart");
    }
    await written(DEMO, async (terminal) => {
      assert.equal(looks.size, 1);
      await terminal.until((text) => text.includes("late words"), "what streams");
    });
    assert.equal(looks.size, 0, "a screen that is closed looks at nothing");
  },
);

screenTest("a window that changes its size shows the run again; one that is too small says so", async () => {
  await session([160, 45], new DemoStore(), async (terminal, type) => {
    terminal.resize(39, 12);
    await terminal.until((text) => /at\s+least\s+40×10/.test(text), "the sentence");
    terminal.resize(80, 24);
    const text = await terminal.until((shown) => shown.includes("> 2 coding") && shown.includes("? help"), "the run");
    assert.match(text.split("\n")[0]!, /csv-tools/);
    await type("z", /constrained · asked 9×.*█.*estimated/);
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
    assert.match(await terminal.text(), /─ > 2 coding/);
  }, { env: { NO_COLOR: "1", TERM: "xterm" } });
  await session([80, 24], new DemoStore(), async (terminal) => {
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(terminal.bytes, /\x1b\[[1-9][\d;]*m/);
    assert.match(await terminal.text(), /\n- > 2 coding/);
  }, { env: { TERM: "dumb" } });
});
