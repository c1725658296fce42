import assert from "node:assert/strict";
import { showOpening } from "../../src/tui/opening.ts";
import { DemoStore } from "./demo_store.ts";
import { openScreen, screenTest } from "./screen_session.ts";
import { VirtualTerminal } from "./virtual_terminal.ts";

const count = (bytes: string, sequence: string): number => bytes.split(sequence).length - 1;

screenTest(
  "the title stands before the screen is loaded, in one row and without the signs of a path that the terminal would obey",
  async () => {
    const terminal = new VirtualTerminal(20, 5);
    const opening = showOpening("/home/\x1b]2;taken\x07person/a long way to go", terminal);
    const [first = "", ...rest] = await terminal.lines();
    assert.match(first, /^ \/home\//);
    assert.equal(rest.join(""), "");
    assert.ok(!terminal.bytes.includes("\x1b]2;"));
    assert.equal(terminal.alternate, true);
    opening.close();
    await terminal.text();
    assert.equal(terminal.alternate, false);
    assert.equal(count(terminal.bytes, "\x1b[?25h"), 1, "the cursor is given back");
  },
);

screenTest(
  "the screen goes on where the opening stands: the other screen of the terminal is entered once and left once",
  async () => {
    const terminal = new VirtualTerminal(80, 24);
    const opening = showOpening("csv-tools", terminal);
    const screen = openScreen({
      ...{ store: new DemoStore(), title: "csv-tools", isEntered: true, stdin: terminal.input, stdout: terminal },
      ...{ env: { TERM: "xterm" }, onQuit: () => {} },
    });
    opening.handOver();
    await terminal.until((text) => text.includes("coding"), "the crew");
    screen.close();
    await screen.closed;
    await terminal.text();
    assert.equal(count(terminal.bytes, "\x1b[?1049h"), 1);
    assert.equal(count(terminal.bytes, "\x1b[?1049l"), 1);
    assert.equal(terminal.alternate, false);
  },
);
