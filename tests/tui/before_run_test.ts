import assert from "node:assert/strict";
import { FORM } from "./demo_form.ts";
import { EMPTY } from "../../src/features/features.ts";
import { DEMO, IDLE } from "./demo_state.ts";
import { DemoStore, HOSTS } from "./demo_store.ts";
import { openScreen, screenTest, session } from "./screen_session.ts";
import { VirtualTerminal } from "./virtual_terminal.ts";

screenTest("the screen stands before there is a run, says what it waits for, and can be left", async () => {
  const terminal = new VirtualTerminal(80, 24);
  const quit = Promise.withResolvers<void>();
  const screen = openScreen({
    title: "/home/person/csv-tools",
    stdin: terminal.input,
    stdout: terminal,
    env: { TERM: "xterm" },
    onQuit: () => quit.resolve(),
  });
  try {
    await terminal.until(
      (text) => /csv-tools[\s\S]*opening[\s\S]*asking the hosts[\s\S]*\^C quit/.test(text),
      "the opening",
    );
    const [input, hints] = (await terminal.lines()).slice(-2);
    assert.deepEqual(
      [input!.trim(), hints!.trim()],
      ["", "? help  ^C quit"],
      "nothing asks for words, in plain letters",
    );
    terminal.input.type("\x03");
    await terminal.until((text) => /again/i.test(text), "the question whether to quit");
    terminal.input.type("\x03");
    await quit.promise;
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
    start: { ...FORM, checks: [] },
    title: "autonomy",
    stdin: terminal.input,
    stdout: terminal,
    env: { TERM: "xterm" },
    onQuit: () => {},
  });
  try {
    await terminal.until(
      (text) => /start[\s\S]*qwen2\.5:14b@fast[\s\S]*goal ›[\s\S]*\^D quits/.test(text),
      "the form",
    );
    terminal.input.type("\r");
    await terminal.until((text) => text.includes("Say what is to be done"), "the refusal of an empty goal");
    terminal.input.type("make it");
    await terminal.until((text) => text.includes("make it") && !text.includes("^D"), "a line on which ^D does nothing");
    terminal.input.type(" green\nand fast\r");
    assert.deepEqual(await screen.next(), { kind: "goal", goal: "make it green\nand fast" });
    screen.show(new DemoStore());
    await terminal.until((text) => text.includes("1 arbiter") && text.includes("REHEARSAL"), "the run");
    assert.equal(terminal.bytes.split("\x1b[?1049h").length, 2, "one alternate screen");
  } finally {
    screen.close();
    await screen.closed;
  }
});

for (const [what, follow] of [["form", "ask"], ["run", "show"]] as const) {
  screenTest(`what is said while the screen opens stands over the first ${what} until the next key`, async () => {
    const terminal = new VirtualTerminal(80, 24);
    const screen = openScreen({
      title: "autonomy",
      stdin: terminal.input,
      stdout: terminal,
      env: { TERM: "xterm" },
      onQuit: () => {},
    });
    const stands = (text: string) => text.includes(follow === "ask" ? "goal ›" : "1 arbiter");
    try {
      screen.bind(new Map(), "keys.jsonc is wrong and not used.");
      await terminal.until((text) => text.includes("keys.jsonc is wrong"), "what is said");
      if (follow === "ask") screen.ask(FORM);
      else screen.show(new DemoStore());
      const text = await terminal.until(stands, `the ${what}`);
      assert.match(text, /keys\.jsonc is wrong and not used\./);
      terminal.input.type("\t");
      await terminal.until((shown) => stands(shown) && !shown.includes("keys.jsonc"), "the hints");
      screen.say("Of this one.");
      await terminal.until((shown) => shown.includes("Of this one."), "what is said of it");
      screen.show(new DemoStore());
      await terminal.until(
        (shown) => shown.includes("1 arbiter") && !shown.includes("Of this one."),
        "a run of which nothing is said",
      );
    } finally {
      screen.close();
      await screen.closed;
    }
  });
}

/** A run whose hosts are being asked: nothing of it has begun. */
class ComingStore extends DemoStore {
  readonly isComing = true;
  override refusal = "Not yet.";

  constructor() {
    super({ ...EMPTY, run: { ...EMPTY.run, info: DEMO.run.info, crew: DEMO.run.crew } });
  }

  override hosts() {
    return HOSTS.map((host) => ({ ...host, state: "asking" as const }));
  }
}

screenTest(
  "who is going to work stands there while the hosts are asked, and nothing is said that nobody knows yet",
  () =>
    session([160, 45], new ComingStore(), async (terminal) => {
      const text = await terminal.until((text) => text.includes("asking the hosts"), "that the hosts are asked");
      for (const role of ["arbiter", "coding", "reasoning"]) assert.match(text, new RegExp(role));
      assert.match(text, /○ fast asking/);
      assert.doesNotMatch(
        text,
        /sandbox|no model loaded|in flight|0\/1/,
        "what encloses commands, and what hosts hold",
      );
    }),
);

screenTest("the seconds in which hosts are asked are counted on the screen", async () => {
  const store = new ComingStore();
  const looks: (() => void)[] = [];
  const every = (_ms: number, act: () => void) => {
    looks.push(act);
    return () => void looks.splice(0);
  };
  await session([160, 45], store, async (terminal, _type, _quits, screen) => {
    const text = await terminal.until((text) => text.includes("asking the hosts"), "that the hosts are asked");
    const counted = /asking the hosts +[\d:]+s?/.exec(text)![0];
    store.time += 3_000;
    for (const look of looks) look();
    await terminal.until(
      (text) => !text.includes(counted) && /asking the hosts +[\d:]+s?/.test(text),
      "that time goes on",
    );
    screen.show(new DemoStore(IDLE));
    await terminal.until((text) => !text.includes("asking the hosts"), "the run");
    assert.equal(looks.length, 0, "nothing is at work");
  }, { every });
});

screenTest(
  "what is written and looked at while the hosts are asked is there when the run begins",
  () =>
    session([160, 45], new ComingStore(), async (terminal, type, _quits, screen) => {
      await terminal.until((text) => text.includes("asking the hosts"), "that the hosts are asked");
      await type("2", /2 coding/);
      await type("i", /coding ›/);
      await type("Hello there", /coding › ?Hello there/);
      await type("\r", /Not yet\./);
      const begun = new DemoStore();
      screen.show(begun);
      await terminal.until(
        (text) =>
          !text.includes("asking the hosts") && !text.includes("Not yet.") && /coding › ?Hello there/.test(text),
        "the run, and nothing of what was said before it",
      );
      await type("\r", /csv-tools/);
      await terminal.until((text) => !/coding › ?Hello there/.test(text), "that it was sent");
      assert.deepEqual(begun.sent.map((intent) => "text" in intent ? intent.text : intent.kind), ["Hello there"]);
    }),
);

screenTest(
  "all of the screen stands anew in a window of another size, whatever of its last rows is the same there",
  () =>
    session([160, 45], new DemoStore(), async (terminal, type) => {
      await type("i", /›/);
      await type("Hello there", /Hello there/);
      for (const [columns, rows] of [[120, 40], [120, 24], [100, 45]] as const) {
        terminal.resize(columns, rows);
        const isWhole = (text: string) => {
          const lines = text.split("\n");
          return lines[0]!.includes("csv-tools") && lines.slice(1, -2).every((line) => line !== "") &&
            lines.at(-2)!.includes("Hello there");
        };
        await terminal.until(isWhole, `the screen at ${columns}×${rows}`);
        assert.match((await terminal.lines()).slice(1, -2).join("\n"), /arbiter[\s\S]*│/);
      }
    }),
);

screenTest(
  "what was written to another run is none of a run that follows",
  () =>
    session([160, 45], new DemoStore(), async (terminal, type, _quits, screen) => {
      await type("i", /›/);
      await type("Hello there", /Hello there/);
      screen.show(new DemoStore());
      await terminal.until((text) => !text.includes("Hello there"), "an empty line");
    }),
);
