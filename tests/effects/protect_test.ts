import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { protect, type Standing } from "../../src/effects/check/protect.ts";
import type { Fact } from "../../src/features/fact.ts";
import type { State } from "../../src/features/state.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { recorderOf } from "../../src/run/recorder_of.ts";
import { contentHash } from "../../src/work/content_hash.ts";
import { openWorkspace } from "../../src/work/workspace.ts";
import { memoryBlobs } from "../fakes/plain_workspace.ts";
import { after, started } from "../given/given.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

const never = new AbortController().signal;

/** A run on a real project, whose command and looks are folded as they happen. */
class Looking {
  readonly #blobs = memoryBlobs();

  constructor(readonly root: string, public state: State = started()) {}

  readonly #note = (fact: Fact) => void (this.state = after(this.state, fact));

  #workspace(key: string) {
    const recorder = recorderOf(key, this.#note);
    return openWorkspace({ root: this.root, languages: LANGUAGES, recorder, blobs: this.#blobs });
  }

  async #within<T>(effect: Extract<Fact, { type: "effect_opened" }>["effect"], work: () => Promise<T>): Promise<T> {
    this.#note({ type: "effect_opened", effect });
    const value = await work();
    this.#note({ type: "effect_cancelled", key: effect.key, by: "person", ms: 1 });
    return value;
  }

  /** Makes what judges ready for a verdict. */
  look(): Promise<Standing> {
    const key = `check${this.state.seq}`;
    return this.#within({ kind: "check", key, cause: "test" }, async () => {
      const workspace = await this.#workspace(key);
      return await protect(
        {
          state: this.state,
          files: this.state.files.byPath,
          languages: LANGUAGES,
          workspace,
          blobs: this.#blobs,
          note: this.#note,
        },
        never,
      );
    });
  }

  /** A model of the run has a command run. */
  run(...command: readonly string[]): Promise<unknown> {
    const key = `t1.call${this.state.seq}.1`;
    const call = { name: "run_command", arguments: { command: [...command] } };
    return this.#within(
      { kind: "tool", key, turn: "t1", role: "coding", access: "runs", call },
      async () => (await this.#workspace(key)).run(command, { timeoutMs: 60_000, signal: never }),
    );
  }

  /** A command runs in the project that the person said yes to. */
  let(...command: string[]): Promise<unknown> {
    const key = `T1.1.later${this.state.seq}`;
    return this.#within(
      { kind: "later", key, attempt: "T1.1", role: "coding", command, changes: "dependencies" },
      async () => (await this.#workspace(key)).run(command, { timeoutMs: 60_000, signal: never }),
    );
  }
}

function looking(test: (run: Looking, file: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (root) => {
    writeFiles(root, { "tests/a_test.ts": "as it was" });
    const run = new Looking(root);
    await run.look();
    await test(run, `${root}/tests/a_test.ts`);
  });
}

Deno.test("what a command of the run did to a test is put back, what a person saved or deleted over that is not", async () => {
  const command = ["sh", "-c", "echo hollow > tests/a_test.ts"];
  await looking(async (run, file) => {
    await run.run(...command);
    assert.deepEqual((await run.look()).putBack, ["tests/a_test.ts"]);
    assert.equal(readFileSync(file, "utf8"), "as it was");
    assert.deepEqual((await run.look()).putBack, [], "it is put back once");
  });
  await looking(async (run, file) => {
    await run.run(...command);
    writeFileSync(file, "as a person saved it");
    const { putBack, files } = await run.look();
    assert.deepEqual(putBack, []);
    assert.equal(readFileSync(file, "utf8"), "as a person saved it");
    assert.equal(files["tests/a_test.ts"]?.hash, contentHash("as a person saved it"));
    assert.equal(run.state.protection.files?.["tests/a_test.ts"]?.hash, contentHash("as a person saved it"));
  });
  await looking(async (run, file) => {
    await run.run(...command);
    rmSync(file);
    assert.deepEqual((await run.look()).putBack, []);
    assert.equal(run.state.protection.files?.["tests/a_test.ts"], undefined);
  });
});

/** What becomes of a test that a run changed where a goal gives new names: whether it stands. */
async function stands(
  goal: string,
  path: string,
  before: string | Uint8Array,
  now: string | Uint8Array,
): Promise<boolean> {
  let found = false;
  await inTemporaryFolder(async (root) => {
    writeFiles(root, { [path]: "", "src/bill.ts": "", "bill.py": "", "now": "" });
    writeFileSync(`${root}/${path}`, before);
    const run = new Looking(root, started({ goal }));
    await run.look();
    writeFileSync(`${root}/now`, now);
    await run.run("sh", "-c", `cat now > ${path}`);
    const { putBack, renamed } = await run.look();
    assert.ok(putBack.length === 0 || putBack[0] === path);
    assert.deepEqual(renamed.map((one) => one.path), putBack.length === 0 ? [path] : [], "a person looks at it");
    assert.deepEqual(readFileSync(`${root}/${path}`), Buffer.from(putBack.length === 0 ? now : before));
    found = putBack.length === 0;
  });
  return found;
}

Deno.test("a test in which only names changed that the goal renames, each in all of its uses, stands and judges so", async () => {
  const goal = "Rename the function total to billed in src/bill.ts, everywhere.";
  const path = "tests/a_test.ts";
  const before = 'import { total } from "../src/bill.ts"; // total\nequal(total(2), 2, "a total of"); map.total();\n';
  const now = 'import { billed } from "../src/bill.ts"; // total\nequal(billed(2), 2, "a total of"); map.total();\n';
  assert.equal(await stands(goal, path, before, now), true);
  const others = {
    half: now.replace("billed(2)", "total(2)"),
    less: now.replace(/equal.*\n/, ""),
    otherwise: now.replace("(2), 2", "(2), 3"),
    blank: now.replace("equal(", "equal( "),
    "in quotes": now.replace('"a total', '"a billed'),
    "of something else": now.replace("map.total", "map.billed"),
    "to a third name": now.replaceAll("billed", "other"),
  };
  for (const [how, text] of Object.entries(others)) assert.equal(await stands(goal, path, before, text), false, how);
  const method = "Rename the method total of Bill to billed, everywhere.";
  const parts = 'import { Bill } from "../src/bill.ts";\nequal(new Bill(1).total(), 1);\n';
  assert.equal(await stands(method, path, parts, parts.replace("total", "billed")), true);
});

Deno.test("no name by which a test judges is given or taken, no two things become one, and nothing but a test is told", async () => {
  const path = "tests/a_test.ts";
  const asserts = 'import assert from "node:assert";\nassert.equal(total(1), 1);\n';
  const refused: readonly (readonly [goal: string, path: string, before: string, now: string])[] = [
    ["Rename the function equal to ok.", path, asserts, asserts.replace("equal", "ok")],
    ["Rename the function ok to equal.", path, asserts, asserts.replace("equal", "ok")],
    ["Do not rename equal to okay.", path, asserts, asserts.replace("equal", "okay")],
    ["Rename the method Error to Log.", "a_test.go", 't.Error("3")\n', 't.Log("3")\n'],
    ["Rename the method matches to passes.", path, "expect(one).matches(2);\n", "expect(one).passes(2);\n"],
    [
      "Rename the method wants to passes.",
      "a_test.go",
      "func TestA(u *testing.T) { u.wants(1) }\n",
      "func TestA(u *testing.T) { u.passes(1) }\n",
    ],
    [
      "Rename the function deeply to loosely.",
      path,
      'import { deeply } from "chai";\ndeeply(1);\n',
      'import { loosely } from "chai";\nloosely(1);\n',
    ],
    ["Rename places to digits.", "test_a.py", "self.near(f(1), 2, places=7)\n", "self.near(f(1), 2, digits=7)\n"],
    [
      "Rename the function member to person.",
      path,
      'holds("member" in all);\nmember(1);\n',
      'holds("member" in all);\nperson(1);\n',
    ],
    ["Rename low to high and high to top.", path, "holds(low(v) <= top(v));\n", "holds(high(v) <= high(v));\n"],
    [
      "Rename the function total to rest.",
      path,
      "const rest = 2; equal(total(2), rest);\n",
      "const rest = 2; equal(rest(2), rest);\n",
    ],
    [
      "Rename the strict to lenient in bill.py.",
      "pytest.ini",
      "[pytest]\nstrict = true\n",
      "[pytest]\nlenient = true\n",
    ],
  ];
  for (const [goal, file, before, now] of refused) assert.equal(await stands(goal, file, before, now), false, goal);
  const [bytes, others] = [[0xe9, 0xff], [0xea, 0xfe]].map((sign) =>
    new Uint8Array([...sign, ...new TextEncoder().encode("total();\n")])
  );
  assert.equal(await stands("Rename total to billed.", path, bytes!, others!), false, "what is no text");
});

Deno.test("tests inside a source stand where only names changed in them that the goal renames", async () => {
  const goal = "Rename the function total to billed in src/lib.rs, everywhere.";
  const before =
    "pub fn total() -> u8 { 1 }\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n    #[test]\n    fn adds() {\n        assert_eq!(total(), 1);\n    }\n}\n";
  for (
    const [now, isArranged] of [[before.replaceAll("total", "billed"), false], [
      before.replace("1);", "2);"),
      true,
    ]] as const
  ) {
    await inTemporaryFolder(async (root) => {
      writeFiles(root, { "src/lib.rs": before, now });
      const run = new Looking(root, started({ goal }));
      await run.look();
      await run.run("sh", "-c", "cat now > src/lib.rs");
      const { arranged, renamed } = await run.look();
      assert.equal(arranged.length > 0, isArranged);
      assert.deepEqual(renamed.map(({ path }) => path), isArranged ? [] : ["src/lib.rs"], "a person looks at it");
    });
  }
});

Deno.test("what a command does that a person let run in the project stands: it judges as it left it, a new file too", () =>
  looking(async (run) => {
    await run.let("sh", "-c", "echo theirs > tests/a_test.ts; echo {} > package.json");
    const { putBack, files } = await run.look();
    assert.deepEqual(putBack, []);
    assert.equal(files["tests/a_test.ts"]?.hash, contentHash("theirs\n"));
    assert.equal(files["package.json"]?.hash, contentHash("{}\n"));
    assert.deepEqual(run.state.protection.agreed, ["tests/a_test.ts"]);
    await run.run("sh", "-c", "echo hollow > package.json");
    assert.deepEqual((await run.look()).putBack, ["package.json"], "a model of the run may not");
    assert.equal(readFileSync(`${run.root}/package.json`, "utf8"), "{}\n");
  }));

Deno.test("a new test that is too large to be put aside is named, so that no result counts beside it", () =>
  looking(async (run, file) => {
    await run.run("sh", "-c", "head -c 5000001 /dev/zero > tests/large_test.ts; echo > tests/small_test.ts");
    const { stuck, arranged, putBack } = await run.look();
    assert.deepEqual([stuck, arranged], [["tests/large_test.ts"], [{ path: "tests/small_test.ts", hash: null }]]);
    assert.deepEqual(putBack, []);
    assert.equal(readFileSync(file, "utf8"), "as it was");
  }));
