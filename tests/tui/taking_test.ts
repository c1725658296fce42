import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFileSync, writeFileSync } from "node:fs";
import { Clipboard } from "../../src/tui/clipboard.ts";
import type { Programs } from "../../src/tui/screen.tsx";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";
import { message } from "./demo_parts.ts";
import { DEMO, ENDED } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";
import { PROGRAMS } from "../../src/cli/screen_programs.ts";
import { ExternalEditor } from "../../src/tui/external_editor.ts";
import { testsInOwnProcess } from "../run/fixtures/own_process.ts";
import type { VirtualTerminal } from "./virtual_terminal.ts";

/** Programs that are not started: what they are asked is kept, and an editor writes what it is given. */
class KeptPrograms implements Programs {
  readonly started: (readonly string[])[] = [];
  readonly fed: string[] = [];
  takes = true;
  code = 0;
  writes: string | null = null;
  while: () => Promise<void> = () => Promise.resolve();

  async inTerminal(command: readonly string[]): Promise<number> {
    this.started.push(command);
    await this.while();
    if (this.writes !== null) writeFileSync(command.at(-1)!, this.writes);
    return this.code;
  }

  feed(_command: readonly string[], text: string): Promise<boolean> {
    this.fed.push(text);
    return Promise.resolve(this.takes);
  }
}

const ownProcessTest = testsInOwnProcess(import.meta.url);

/** What the terminal was given to copy. */
function copiedBy({ bytes }: { readonly bytes: string }): readonly string[] {
  // deno-lint-ignore no-control-regex
  return [...bytes.matchAll(/\x1b\]52;c;([A-Za-z0-9+/=]*)\x07/g)].map(([, text]) =>
    Buffer.from(text!, "base64").toString()
  );
}

screenTest(
  "y copies what is selected, by a list where several things may be meant, and says how much it was",
  async () => {
    const list = [message("m9", { status: "answered", text: "Two lines\nof words.\n" })];
    const store = new DemoStore({ ...DEMO, messages: { ...DEMO.messages, list, holds: [] } });
    await session([160, 45], store, async (terminal, type) => {
      await type("my", /Copied message m9: 2 lines, by OSC 52\./);
      await type("2y", /Copy what\?[^]*> 1 the difference of src\/parser\.py +\d+ lines[^]*2 the last reply/);
      await type("y", /Copied the difference of src\/parser\.py: \d+ lines/);
      await type("y2", /Copied the last reply: 1 line,/);
      await type("y", /Copy what\?/);
      await type("\x1b[A\r", /Copied what is seen/);
      await type("/split\r", /n N other matches/);
      await type("y", /Copied what was found: /);
      const [words, patch, reply, seen, found] = copiedBy(terminal);
      assert.equal(words, "Two lines\nof words.");
      assert.match(patch!, /^--- [^]*^- {4}return text\.split/m);
      assert.equal(reply, "{'name': 'read_file'}");
      assert.match(seen!, /I need to see how the tokens are split\./);
      assert.ok(!seen!.includes("\x1b"));
      assert.match(found!, /split/);
    });
  },
);

const within = (
  env: { readonly TERM?: string; readonly TMUX?: string; readonly STY?: string },
  programs: Programs | null,
) => {
  const out = { bytes: "" };
  return { out, clipboard: new Clipboard((text) => void (out.bytes += text), env, programs) };
};

Deno.test("inside tmux its own buffer is used, which needs no setting, and a sequence through it where that fails", async () => {
  const programs = new KeptPrograms();
  const { out, clipboard } = within({ TERM: "tmux-256color", TMUX: "/tmp/tmux" }, programs);
  assert.match(await clipboard.copy("it", "Words."), /^Copied it: 1 line, into tmux's buffer/);
  assert.deepEqual([programs.fed, out.bytes], [["Words."], ""]);
  programs.takes = false;
  assert.match(await clipboard.copy("it", "Words."), /allow-passthrough/);
  assert.equal(out.bytes, `\x1bPtmux;\x1b\x1b]52;c;${Buffer.from("Words.").toString("base64")}\x07\x1b\\`);
});

Deno.test("what is too long is copied as far as whole lines fit, and what a terminal would obey is not among it", async () => {
  const { out, clipboard } = within({ TERM: "xterm" }, null);
  const line = `${"x".repeat(99)}\n`;
  assert.match(await clipboard.copy("it", line.repeat(2_000)), /the first 749 of 2000 lines, no more fit, by OSC 52\./);
  assert.equal(copiedBy(out)[0]!.length, 74_899);
  out.bytes = "";
  await clipboard.copy("it", "a\x1b]52;c;x\x07b\tc\u202e");
  assert.equal(copiedBy(out)[0], "ab\tc\ufffd");
});

Deno.test("a terminal without a clipboard says so, and inside screen the sequence is handed on in pieces", async () => {
  const console = within({ TERM: "linux" }, null);
  assert.match(await console.clipboard.copy("it", "Words."), /TERM=linux.*nothing was copied/);
  assert.equal(console.out.bytes, "");
  const screen = within({ TERM: "screen", STY: "1.pts" }, null);
  await screen.clipboard.copy("it", "Words. ".repeat(30));
  const pieces = screen.out.bytes.split("\x1b\\").filter((piece) => piece !== "");
  assert.ok(pieces.length > 2 && pieces.every((piece) => piece.startsWith("\x1bP") && piece.length <= 78));
});

/** A session with an editor. */
function editing(
  store: DemoStore,
  programs: KeptPrograms,
  work: (type: (keys: string, shows: RegExp) => Promise<string>, terminal: VirtualTerminal) => Promise<void>,
  env: Record<string, string> = { VISUAL: "vim -u NONE", EDITOR: "nano" },
): Promise<void> {
  return session([110, 30], store, (terminal, type) => work(type, terminal), {
    env: { TERM: "xterm", ...env },
    programs,
  });
}

screenTest(
  "the draft is written on in the editor, which has the terminal for so long, and the run goes on",
  async () => {
    const store = new DemoStore();
    const programs = new KeptPrograms();
    programs.writes = "What the editor wrote,\nin two lines.\n";
    await editing(store, programs, async (type, terminal) => {
      await type("2iabc", /to coding › abc/);
      programs.while = async () => {
        const [, , , , file] = programs.started[0]!;
        assert.equal(readFileSync(file!, "utf8"), "abc");
        await terminal.text();
        assert.equal(terminal.alternate, false);
        assert.equal(terminal.input.raw, false);
        terminal.bytes = "";
        store.commit({ ...store.current, run: { ...store.current.run, paused: true } });
        await terminal.text();
        assert.equal(terminal.bytes, "", "nothing is written while the editor has the terminal");
      };
      const text = await type("\x07", /to coding › What the editor wrote,\n +in two lines\./);
      assert.match(text, /paused/);
      assert.equal(terminal.alternate, true);
      assert.deepEqual(programs.started[0]!.slice(0, 4), ["sh", "-c", 'trap : INT; vim -u NONE "$@"', "sh"]);
      programs.while = () => Promise.resolve();
      programs.code = 1;
      programs.writes = "lost";
      await type("\x07", /vim ended with 1\. The draft is as it was\./);
      await type(" ", /to coding › What the editor wrote,/);
    });
  },
);

screenTest("a held message is edited in the editor by the same key", async () => {
  const held = message("m7", { status: "held", text: "Look at the parser." });
  const store = new DemoStore({ ...DEMO, messages: { ...DEMO.messages, list: [held], holds: [] } });
  const programs = new KeptPrograms();
  programs.writes = "Look at the writer.";
  await editing(store, programs, async (type) => {
    await type("me", /edit message › Look at the parser/);
    await type("\x07", /edit message › Look at the writer\./);
    await type("\r", /> m messages/);
  });
  assert.deepEqual(store.sent, [{ kind: "edit", message: "m7", text: "Look at the writer." }]);
});

screenTest(
  "o opens the changed file at its line, and says why where it is not in the project or no editor is named",
  () =>
    inTemporaryFolder(async (project) => {
      const info = { ...DEMO.run.info!, project };
      const store = new DemoStore({ ...DEMO, run: { ...DEMO.run, info } });
      store.differences = {
        run: [{
          ...{ path: "a.txt", change: "changed" as const, added: 1, removed: 0, isBinary: false },
          text: "--- a\n+++ b\n@@ -7,2 +7,3 @@\n same\n+new\n same\n",
        }],
      };
      const programs = new KeptPrograms();
      await editing(store, programs, async (type, terminal) => {
        const opened = (times: number) =>
          terminal.until(() => programs.started.length === times && terminal.alternate, "the screen again");
        await type("co", /a\.txt is not in the project/);
        writeFileSync(`${project}/a.txt`, "words");
        terminal.input.type("o");
        await opened(1);
        await type("\r", /difference/);
        terminal.input.type("o");
        await opened(2);
        await type("\x1b", /> c changes/);
      }, { EDITOR: "code" });
      assert.deepEqual(programs.started.map((command) => command.slice(4)), [
        ["--wait", "--goto", `${project}/a.txt:8`],
        ["--wait", "--goto", `${project}/a.txt:8`],
      ]);
      await editing(store, programs, async (type) => {
        await type("co", /No editor is named: set VISUAL or EDITOR/);
        await type("2i", /to coding/);
        await type("\x07", /No editor is named/);
      }, {});
    }),
);

ownProcessTest({
  name: "a draft that cannot be laid down for the editor stays, and why is said",
  async fn() {
    Deno.env.set("TMPDIR", "/there/is/no/such/folder");
    const editor = new ExternalEditor((work) => work(), new KeptPrograms(), { EDITOR: "vim" });
    const edited = await editor.edit("abc");
    assert.match(
      "notice" in edited ? edited.notice : "",
      /^The draft could not be written on: .*ENOENT.*It is as it was\./,
    );
  },
});

screenTest("what fails while something is taken elsewhere is told, and the screen goes on", async () => {
  const programs = new KeptPrograms();
  programs.feed = () => Promise.reject(new Error("no room left."));
  await session([110, 30], new DemoStore(), async (_terminal, type) => {
    await type("2y", /Copy what\?/);
    await type("y", /no room left\./);
    await type("m", /> m messages/);
  }, { env: { TERM: "tmux-256color", TMUX: "/tmp/tmux" }, programs });
});

Deno.test("a program that cannot be started reads nothing, whatever keeps it from that", async () => {
  const { signal } = new AbortController();
  for (const program of ["/no/such/program", `${Deno.execPath()}/below`, "/"]) {
    assert.equal(await PROGRAMS.feed([program], "Words.", signal), false, program);
  }
});

screenTest("y on the summary copies all of it, also what is not seen", async () => {
  await session([80, 24], new DemoStore(ENDED), async (terminal, type) => {
    await type("", /the run is over/);
    await type("y", /Copied the summary: \d+ lines/);
    const [text] = copiedBy(terminal);
    assert.match(text!, /^Accepted\n[^]*goal +[^]*Tasks, [^]*Files, [^]*quits/);
  });
});
