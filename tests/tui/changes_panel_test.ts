import assert from "node:assert/strict";
import type { FileDifference } from "../../src/tell/changed_part.ts";
import { differenceLines } from "../../src/tui/select/file_difference.ts";
import { lineCells, lookFor } from "../../src/tui/line.ts";
import { ENDED } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";
import { screenTest, session } from "./screen_session.ts";

const PARSER: FileDifference = {
  ...{ path: "src/parser.py", change: "changed", added: 2, removed: 1, isBinary: false },
  text: [
    "diff --git a/src/parser.py b/src/parser.py",
    "--- a/src/parser.py",
    "+++ b/src/parser.py",
    "@@ -18,3 +8,4 @@",
    " def parse(text):",
    "-    return text.split(',')",
    "+    quoted = False",
    "+    return scan(text)",
    " # end",
    "@@ -50 +41 @@",
    " last",
    "\\ No newline at end of file",
    "",
  ].join("\n"),
};
const README: FileDifference = {
  ...{ path: "README.md", change: "made", added: 1, removed: 0, isBinary: false },
  text:
    "diff --git a/README.md b/README.md\nnew file mode 100644\n--- /dev/null\n+++ b/README.md\n@@ -0,0 +1 @@\n+Words.\n",
};

function changed(): DemoStore {
  const store = new DemoStore();
  store.work = [
    { id: "T1", says: "task T1", owner: { task: "T1", role: null } },
    { id: "T1.1", says: "T1.1 by coding, not accepted", owner: null },
  ];
  store.differences = { run: [README, PARSER], T1: [PARSER], "T1.1": [] };
  return store;
}

const shown = (files: readonly FileDifference[], width: number) =>
  differenceLines(files, width, lookFor({})).map((line) => line.map(({ text }) => text).join("").trimEnd());

Deno.test("a difference has its lines numbered as before or after, with signs, and says what is left out", () => {
  assert.deepEqual(shown([PARSER], 60), [
    "changed src/parser.py                                  +2 −1",
    "  8   def parse(text):",
    " 19 −     return text.split(',')",
    "  9 +     quoted = False",
    " 10 +     return scan(text)",
    " 11   # end",
    "    ⋯ 29 lines unchanged",
    " 41   last",
    "      No newline at end of file",
  ]);
});

Deno.test("what is no text, and what is too wide, is said whole at every width", () => {
  const binary = { ...PARSER, isBinary: true, text: "diff --git a b\nBinary files a/x and b/x differ\n" };
  assert.deepEqual(shown([binary], 60).slice(1), ["Binary files a/x and b/x differ"]);
  const long = { ...README, text: `@@ -0,0 +1 @@\n+${"漢字 word\t".repeat(20)}` };
  for (const width of [20, 40, 44, 80]) {
    for (const line of differenceLines([PARSER, README, long], width, lookFor({}))) {
      assert.ok(lineCells(line) <= width, `${width}: ${JSON.stringify(line)}`);
    }
    const said = shown([long], width).slice(1).join("").replaceAll(/[↪+\d ]/g, "");
    assert.equal(said, "漢字word→".repeat(20), "no character is lost");
  }
});

for (const [columns, rows] of [[160, 45], [80, 24], [40, 12]] as const) {
  screenTest(
    `c shows the files that changed, Enter their difference, [ and ] other parts, at ${columns}×${rows}`,
    async () => {
      const store = changed();
      await session([columns, rows], store, async (_terminal, type) => {
        const text = await type("c", /> c changes/);
        assert.match(text, /\[ \] all of the run +1 of 3/);
        assert.match(text, />.*README\.md +\+1 −0/);
        await type("j", />.*src\/parser\.py +\+2 −1/);
        const whole = await type("\r", /> difference: all of the run/);
        assert.match(whole, /2 files, \+3 −1/);
        assert.match(
          whole,
          /src\/parser\.py +\+2 −1[\s\S]*− {5}return text\.split\(','\)/,
          "the selected file is the first",
        );
        await type("]", /> difference: task T1/);
        await type("]", /> difference: T1\.1 by coding[\s\S]*no change that stands/);
        await type("\x1b", /> c changes/);
        await type("\r", /It has no change that stands\.[\s\S]*It has no change/);
        await type("[", /task T1/);
      });
    },
  );
}

screenTest("at the end the summary says how many lines are different, and c shows them", async () => {
  const store = new DemoStore(ENDED);
  store.differences = { run: [README, PARSER] };
  await session([110, 40], store, async (terminal, type) => {
    const text = await terminal.until((one) => one.includes("the run is over"), "the summary");
    assert.match(text, /changed +src\/parser\.py +\+2 −1/);
    await type("c", /> difference: all of the run[\s\S]*\+ Words\./);
    await type("\x1b", /> 1 arbiter/);
  });
});

screenTest("the summary leads to all of the run, whatever part was looked at last", async () => {
  const store = changed();
  await session([110, 40], store, async (terminal, type) => {
    await type("c]", /task T1/);
    store.commit(ENDED);
    await terminal.until((one) => one.includes("the run is over"), "the summary");
    await type("c", /> difference: all of the run/);
  });
});

screenTest(
  "once a run is over U undoes the part that is looked at, and R brings it back, each at its second press",
  async () => {
    const store = changed();
    store.commit(ENDED);
    await session([110, 30], store, async (_terminal, type) => {
      await type("\x1b", /> 1 arbiter/);
      await type("c", /> c changes/);
      await type("R", /Nothing was undone here: there is nothing to bring back\./);
      await type("]", /task T1/);
      await type("U", /Press U again to undo task T1: 1 file\./);
      await type("k", /U undo it/);
      assert.deepEqual(store.undone, [], "another key gives it up");
      await type("U", /Press U again/);
      await type("U", /T1 is undone\./);
      await type("\r", /> difference: task T1/);
      await type("R", /Press R again to bring back T1\./);
      await type("R", /It is back\./);
      await type("]", /T1\.1 by coding/);
      await type("U", /An attempt is no part by itself/);
    });
    assert.deepEqual(store.undone, ["T1", "back"]);
  },
);

screenTest("while a run is at work U says when it can be undone", async () => {
  await session([110, 30], changed(), async (_terminal, type) => {
    await type("c", /> c changes/);
    await type("UU", /The run is at work: U undoes once it is over\./);
  });
});
