// deno-lint-ignore-file no-control-regex
import assert from "node:assert/strict";
import type { State } from "../../src/features/state.ts";
import type { HostStatus } from "../../src/ports/host_status.ts";
import { Attention, type AttentionSettings } from "../../src/tui/attention.ts";
import { ModeLedger } from "../../src/tui/guard.ts";
import { ASKING, DEMO, ENDED, IDLE as WITH_MESSAGES } from "./demo_state.ts";
import { DemoStore, HOSTS } from "./demo_store.ts";
import { message } from "./demo_parts.ts";
import { openScreen, screenTest, session } from "./screen_session.ts";
import { VirtualTerminal } from "./virtual_terminal.ts";

const ALL: AttentionSettings = { bell: true, notify: true, title: true };
const DOWN = HOSTS.map((host): HostStatus => ({ ...host, state: "down", reason: "refused" }));
const ASKED_AGAIN = DOWN.map((host): HostStatus => ({ ...host, state: "asking" }));

const IDLE: State = { ...WITH_MESSAGES, messages: { ...WITH_MESSAGES.messages, list: [] } };

/** Someone who is called, and what was written to call them since the last look. */
function called(settings: AttentionSettings, env: { readonly TERM?: string; readonly TMUX?: string } = {}) {
  let written = "";
  const attention = new Attention((text) => void (written += text), env);
  attention.wanted(settings);
  return (state: State, hosts: readonly HostStatus[] = HOSTS): string => {
    written = "";
    attention.look({ state: () => state, hosts: () => hosts });
    return written;
  };
}

const question = (text: string): State => ({
  ...IDLE,
  people: { ...IDLE.people, questions: [{ id: "q9", kind: "input", text, context: "", turn: null, at: 1 }] },
});

Deno.test("a person who is asked is called by bell, notification and title, and by each only where it is wanted", () => {
  const state = question("Which of the two?");
  const title = "\x1b[22;2t\x1b]2;! csv-tools asks you: Which of the two?\x07";
  const notification = "\x1b]9;Autonomy: csv-tools asks you: Which of the two?\x07";
  assert.equal(called(ALL)(state), `${title}${notification}\x07`);
  assert.equal(called({ ...ALL, notify: false, title: false })(state), "\x07");
  assert.equal(called({ ...ALL, bell: false, title: false })(state), notification);
  assert.equal(called({ ...ALL, bell: false, notify: false })(state), title);
  assert.equal(called({ bell: false, notify: false, title: false })(state), "");
});

Deno.test("nobody is called twice for the same question, message or end", () => {
  const look = called({ bell: true, notify: false, title: false });
  const held = (id: string): State => ({
    ...IDLE,
    messages: { ...IDLE.messages, list: [message(id, { from: "coding", to: "analysis", status: "held" })] },
  });
  const states = [DEMO, ASKING, ASKING, IDLE, held("m8"), held("m8"), IDLE, held("m9"), ENDED, ENDED];
  assert.deepEqual(states.map((state) => look(state)), ["", "\x07", "", "", "\x07", "", "", "\x07", "\x07", ""]);
});

Deno.test("at the gate the first message calls, and those that come after it do not", () => {
  const look = called({ bell: true, notify: false, title: false });
  const held = (id: string): State => ({
    ...IDLE,
    messages: {
      ...IDLE.messages,
      list: [message(id, { from: "coding", to: "analysis", status: "held" })],
      holds: [{ id: "h1", scope: "all", of: "" }],
    },
  });
  assert.deepEqual([held("m8"), IDLE, held("m9")].map((state) => look(state)), ["\x07", "", ""]);
});

Deno.test("a message that is held while others work, or in a run that the person paused, calls nobody", () => {
  const list = [message("m8", { from: "coding", to: "analysis", status: "held" })];
  const look = called({ bell: true, notify: false, title: false });
  assert.equal(look({ ...DEMO, messages: { ...DEMO.messages, list } }), "");
  const paused = { ...IDLE, run: { ...IDLE.run, paused: true }, messages: { ...IDLE.messages, list } };
  assert.equal(look(paused), "");
});

Deno.test("when no host answers a person is called once, and again only after one was back", () => {
  const look = called({ bell: true, notify: false, title: false });
  const one = [HOSTS[0]!, DOWN[1]!];
  const seen = [HOSTS, one, DOWN, ASKED_AGAIN, DOWN, one, DOWN].map((hosts) => look(DEMO, hosts));
  assert.deepEqual(seen, ["", "", "\x07", "", "", "", "\x07"]);
  assert.equal(called(ALL)(IDLE, DOWN).includes("no host"), false, "nothing waits for a host");
  assert.match(called(ALL)(DEMO, DOWN), /2;! csv-tools no host answers/);
});

Deno.test("the title says what goes on, is written when it changes, and the terminal keeps its own below it", () => {
  const look = called({ bell: false, notify: false, title: true });
  const seen = [DEMO, DEMO, ASKING, DEMO, ENDED].map((state) => look(state));
  assert.equal(seen[0], "\x1b[22;2t\x1b]2;autonomy csv-tools\x07");
  assert.equal(seen[1], "");
  assert.match(seen[2]!, /^\x1b\]2;! csv-tools asks you: [^\x07]+\x07$/);
  assert.equal(seen[3], "\x1b]2;autonomy csv-tools\x07");
  assert.match(seen[4]!, /^\x1b\]2;! csv-tools [a-z ]+\x07$/);
  const ledger = new ModeLedger();
  ledger.observe(seen.join(""));
  assert.equal(ledger.restoration(), "\x1b[0m\x1b[23;2t");
  ledger.observe(ledger.restoration());
  assert.equal(ledger.restoration(), "");
});

Deno.test("what a model asks cannot reach the terminal as a command, and ends in time", () => {
  const text = `x\x07\x1b]52;c;aGk=\x07\x9d2;taken\x9c\n${"long ".repeat(400)}`;
  const [title, notification, bell] = called(ALL)(question(text)).split(/(?<=\x07)/);
  assert.match(title!, /^\x1b\[22;2t\x1b\]2;[^\x00-\x1f\x7f-\x9f]{1,60}\x07$/);
  assert.match(notification!, /^\x1b\]9;[^\x00-\x1f\x7f-\x9f]{1,160}\x07$/);
  assert.equal(bell, "\x07");
});

Deno.test("tmux hands the notification on; the console of Linux has neither notification nor title", () => {
  assert.ok(
    called(ALL, { TMUX: "/tmp/tmux,1,0" })(ASKING).includes("\x1bPtmux;\x1b\x1b]9;Autonomy: csv-tools asks you"),
  );
  assert.equal(called(ALL, { TERM: "linux" })(ASKING), "\x07");
});

screenTest(
  "on the screen a run that ends calls by all three, and closing gives the terminal its title back",
  async () => {
    const store = new DemoStore(DEMO);
    let terminal: VirtualTerminal | null = null;
    await session([100, 30], store, async (shown) => {
      terminal = shown;
      store.commit(ENDED);
      await shown.until((text) => text.includes("the run is over"), "the summary");
      assert.match(shown.bytes, /\x1b\]9;Autonomy: csv-tools [^\x07]+\x07\x07/);
    }, { attention: ALL });
    const { bytes } = terminal!;
    assert.ok(
      bytes.lastIndexOf("\x1b[23;2t") > bytes.lastIndexOf("\x1b]2;"),
      "the title is given back after the last one",
    );
    assert.equal(bytes.split("\x1b[22;2t").length, 2);
    assert.equal(bytes.split("\x1b[23;2t").length, 2);
  },
);

screenTest("a screen writes no bell, notification or title until it is known which are wanted", async () => {
  const terminal = new VirtualTerminal(100, 30);
  const store = new DemoStore(ASKING);
  const screen = openScreen({
    store,
    title: "autonomy",
    stdin: terminal.input,
    stdout: terminal,
    env: { TERM: "xterm" },
    onQuit: () => {},
  });
  await terminal.until((text) => text.includes("csv-tools"), "a title");
  assert.doesNotMatch(terminal.bytes, /\x07|\x1b\[22;2t/);
  screen.callBy({ bell: true, notify: false, title: false });
  store.commit(ASKING);
  assert.match(terminal.bytes, /\x07$/);
  screen.close();
  await screen.closed;
});
