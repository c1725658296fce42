import assert from "node:assert/strict";
import { Finder, type Piece } from "../../src/tui/finder.ts";
import { span } from "../../src/tui/line.ts";
import { matchesIn, matchesInRows, wantedOf } from "../../src/tui/matches.ts";
import { message, NOON } from "./demo_parts.ts";
import { DEMO, IDLE } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";
import type { VirtualTerminal } from "./virtual_terminal.ts";

/** A thread with a long past, in which some words stand here and there. */
function longThread(count: number): DemoStore {
  const store = new DemoStore(IDLE);
  store.entries = Array.from({ length: count }, (_, index) => ({
    ...{ seq: index + 1, at: NOON, kind: "model" as const, role: "coding", of: `t${index + 100}`, title: "" },
    text: index % 500 === 250 ? `Here is the Kumquat ${index}.` : `An older line ${index}.`,
  }));
  return store;
}

/** How often a text stands in inverse colours on the screen. */
async function inverse(terminal: VirtualTerminal, text: string): Promise<number> {
  const rows = await terminal.styledRows();
  return rows.flat().filter((one) => one.text === text && one.style.inverse).length;
}

screenTest(
  "what is typed after / is found in a thread's whole past, marked and counted, and n N go through it",
  async () => {
    await session([110, 30], longThread(2_000), async (terminal, type) => {
      await type("2", /> 2 coding/);
      await type("/", /Enter keeps it {2}Esc goes back {2}↑ ↓ other matches/);
      const first = await type("kumquat", /\/kumquat +1 of 4 /);
      assert.match(first, /Here is the Kumquat 1750\./);
      await type("\r", /n N other matches {2}Esc ends it/);
      assert.match(await type("n", /2 of 4/), /Kumquat 1250\./);
      assert.match(await type("nn", /4 of 4/), /Kumquat 250\./);
      assert.equal(await inverse(terminal, "Kumquat"), 1);
      await type("n", /1 of 4/);
      assert.match(await type("N", /4 of 4/), /Kumquat 250\./);
      terminal.input.type("\x1b");
      const ended = await terminal.until((text) => !text.includes("of 4"), "no count");
      assert.match(ended, /Kumquat 250\./, "the place where one reads stays");
    });
  },
);

screenTest("a capital letter looks for that letter, what is not there is said, and Esc leads back", async () => {
  await session([110, 30], longThread(600), async (_terminal, type) => {
    await type("2", /An older line 599\./);
    await type("/Kum", /1 of 1/);
    await type("Q", /\/KumQ +not found/);
    await type("\x7f\x7f", /1 of 1/);
    assert.match(await type("\x1b", /An older line 599\./), /> 2 coding/);
  });
});

screenTest("while the input line is open / is a command, and a find takes no letter of it", async () => {
  const store = new DemoStore();
  store.words = [{ name: "tell", help: "Tells.", run: () => Promise.resolve([]) }];
  await session([110, 30], store, async (_terminal, type) => {
    await type("2i/te", /to coding › \/te/);
    await type("\x15\x1b", /> 2 coding/);
    await type("/split\r", /n N other matches/);
    await type("ihello", /to coding › hello/);
  });
});

screenTest("in a list what is found is selected, by all the words that a row stands for", async () => {
  const text = `One thing. ${"And so on. ".repeat(40)} The kumquat.`;
  const list = ["m1", "m2", "m3"].map((id) =>
    message(id, { status: "answered", text: id === "m2" ? text : "Nothing." })
  );
  const store = new DemoStore({ ...DEMO, messages: { ...DEMO.messages, list, holds: [] } });
  await session([160, 45], store, async (_terminal, type) => {
    await type("m", /> m messages/);
    await type("/kumquat", /✓>answered +arbiter→coding One/);
    await type("\x1b", /✓>answered +arbiter→coding Not/);
    await type("/nothing\r", /1 of 2/);
    await type("n", /2 of 2/);
    await type("n", /1 of 2/);
  });
});

screenTest("in what stands over the panels is found, too, and Esc ends that before it closes", async () => {
  const store = new DemoStore();
  store.differences = {
    run: [{
      ...{ path: "a.txt", change: "changed" as const, added: 1, removed: 0, isBinary: false },
      text: `--- a\n+++ b\n@@ -1,60 +1,61 @@\n${
        Array.from({ length: 60 }, (_, at) => ` line ${at}\n`).join("")
      }+kumquat\n`,
    }],
  };
  for (const env of [{ TERM: "xterm" }, { TERM: "xterm", NO_COLOR: "1" }, { TERM: "dumb" }]) {
    await session([80, 24], store, async (terminal, type) => {
      await type("c\r", /difference: all of the run/);
      assert.doesNotMatch(await terminal.text(), /kumquat/);
      await type("/kumquat", env.TERM === "dumb" ? /\+ \[kumquat\]/ : /\+ kumquat[^]*1 of 1/);
      if (env.TERM !== "dumb") assert.equal(await inverse(terminal, "kumquat"), 1);
      await type("\r", /n N other matches/);
      await type("\x1b", /Esc closes/);
      await type("\x1b", /> c changes/);
    }, { env });
  }
});

Deno.test("what goes over the end of a row is found, at a blank and inside a word", () => {
  const rows = ["• the loop", "  counts from a/long/pa", "  th/file.ts on"].map((text) => [span(text)]);
  const found = (typed: string) => matchesIn(rows, wantedOf(typed)).map((match) => match.map(({ row }) => row));
  assert.deepEqual(found("loop counts"), [[0, 1]]);
  assert.deepEqual(found("long/path/file"), [[1, 2]]);
  assert.deepEqual(found("t"), [[0], [1], [2], [2]]);
});

screenTest(
  "in what stands over the panels words are found over the end of a row, and y copies all rows of them",
  async () => {
    const text = `${"and so on ".repeat(7)}here is the ripe kumquat, ${"and so on ".repeat(3)}`;
    const store = new DemoStore({
      ...DEMO,
      messages: { ...DEMO.messages, list: [message("m1", { status: "answered", text })], holds: [] },
    });
    await session([80, 24], store, async (terminal, type) => {
      await type("m", /> m messages/);
      await type("\r", /> message m1/);
      await type("/here is the ripe", /1 of 1/);
      await type("\r", /n N other matches/);
      await type("y", /Copied what was found: 2 lines/);
      assert.deepEqual([await inverse(terminal, "here"), await inverse(terminal, "is the ripe")], [1, 1]);
    });
  },
);

screenTest(
  "what was looked for in the help is over with it, by whatever it was left",
  () =>
    session([80, 24], new DemoStore(), async (_terminal, type) => {
      const leaves = async (keys: string, shows: RegExp) => {
        await type("?", /> keys ─/);
        await type("/pin\r", /other matches/);
        await type(keys, shows);
      };
      await leaves("x", /> 2 coding/);
      await type("?", /> keys ─[^]*Esc closes/);
      await type("\x1b", /> 2 coding/);
      await leaves("\x1b[200~pasted\x1b[201~", /› pasted/);
      await type("\x1b", /> 2 coding/);
      await type("?", /> keys ─[^]*Esc closes/);
    }),
);

Deno.test("of rows that may be several texts a word goes on only behind one that is full", () => {
  const rows = ["the path of it is a/lon", "g/path", "and", "roid"].map((text) => [span(text)]);
  const found = (typed: string) => matchesInRows(rows, wantedOf(typed)).map((match) => match.map(({ row }) => row));
  assert.deepEqual(found("a/long/path"), [[0, 1]]);
  assert.deepEqual(found("path and"), [[1, 2]]);
  assert.deepEqual(found("android"), []);
  assert.deepEqual(found("path"), [[0], [1]]);
});

Deno.test("50,000 rows are looked through in pieces, and what a person goes to is known before the last of them", () => {
  const pieces = Array.from({ length: 50_000 }, (_, at): Piece => ({
    key: String(at),
    lines: [[span(at % 1_000 === 0 ? `kumquat ${at}` : `a row that is as long as such rows are, number ${at}`)]],
  }));
  const finder = new Finder(wantedOf("kumquat"), true);
  finder.look(pieces);
  assert.equal(finder.isDone, false);
  assert.equal(finder.went(49_999, true)?.row, 49_000);
  let times = 1;
  for (; !finder.isDone; times++) finder.look(pieces);
  assert.ok(times > 10, `${times} times`);
  assert.deepEqual(finder.count, { at: 1, of: 50 });
  finder.go(-1);
  assert.equal(finder.went(0, false)?.row, 0, "before the newest is the oldest");
});
