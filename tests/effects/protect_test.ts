import assert from "node:assert/strict";
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

Deno.test("a test in which only names changed that the goal renames stands and judges so; one in which more changed is put back", async () => {
  const goal = "Rename the function total to sum in src/bill.ts, everywhere.";
  const before = "total(1); equal(total(2), 2);";
  const changes: readonly (readonly [now: string, stands: boolean])[] = [
    ["sum(1); equal(sum(2), 2);", true],
    ["sum(1); equal(total(2), 2);", true],
    ["sum(1);", false],
    ["sum(1); equal(sum(2), 3);", false],
    ["sum(1); equal(sum (2), 2);", false],
    ["other(1); equal(other(2), 2);", false],
  ];
  for (const [now, stands] of changes) {
    await inTemporaryFolder(async (root) => {
      writeFiles(root, { "tests/a_test.ts": before });
      const run = new Looking(root, started({ goal }));
      await run.look();
      await run.run("sh", "-c", `printf '${now}' > tests/a_test.ts`);
      const { putBack, files } = await run.look();
      assert.deepEqual(putBack, stands ? [] : ["tests/a_test.ts"], now);
      assert.equal(files["tests/a_test.ts"]?.hash, contentHash(stands ? now : before), now);
    });
  }
});

Deno.test("a name that a test has already is given to nothing else in it: two things would be one", async () => {
  await inTemporaryFolder(async (root) => {
    writeFiles(root, { "tests/a_test.ts": "const sum = 2; equal(total(2), sum);" });
    const run = new Looking(root, started({ goal: "Rename the function total to sum, everywhere." }));
    await run.look();
    await run.run("sh", "-c", "printf 'const sum = 2; equal(sum(2), sum);' > tests/a_test.ts");
    assert.deepEqual((await run.look()).putBack, ["tests/a_test.ts"]);
  });
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
