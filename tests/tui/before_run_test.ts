import assert from "node:assert/strict";
import { FORM } from "./demo_form.ts";
import { DemoStore } from "./demo_store.ts";
import { openScreen, screenTest } from "./screen_session.ts";
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
