import assert from "node:assert/strict";
import { launch } from "../../src/effects/launch/launch.ts";
import type { World } from "../../src/effects/effect_kind.ts";
import type { Apart } from "../../src/ports/workspace.ts";
import type { State } from "../../src/features/state.ts";
import { EMPTY } from "../../src/features/features.ts";
import { memoryBlobs, withWorkspace } from "../fakes/plain_workspace.ts";

const never = new AbortController().signal;
const PLAN = {
  called: "X",
  by: "goal" as const,
  name: "main",
  commands: [],
  drops: [],
  files: {},
  source: "main.x",
  main: "main.x",
  test: "main_test.x",
  runner: "sh",
  starts: [["sh", "main.x"]],
  sharesNames: false,
};

/** Starts what stands in a project of these files, where they can be copied, and says what stands there then. */
async function started(files: Readonly<Record<string, string>>, isCopied = true) {
  const found: { launched: Awaited<ReturnType<typeof launch.perform>>; left: readonly string[]; text: string }[] = [];
  await withWorkspace(files, async (project) => {
    const proof = { holds: isCopied, network: false } as unknown as State["workspaces"]["proof"];
    const state = { ...EMPTY, setup: { ...EMPTY.setup, plan: PLAN }, workspaces: { ...EMPTY.workspaces, proof } };
    const fresh: Apart["fresh"] = async (_how, action) => {
      const given: Awaited<ReturnType<typeof action>>[] = [];
      await withWorkspace(files, async (copy) => void given.push(await action(copy)));
      return given[0]!;
    };
    const world = {
      state,
      project,
      apart: isCopied ? { fresh } : null,
      blobs: memoryBlobs(),
      now: () => 0,
    } as unknown as World;
    const launched = await launch.perform({ kind: "launch", key: "k", cause: "d1" }, world, never);
    const left = await project.files();
    const text = left.includes("main.x") ? (await project.read("main.x")).text : "";
    found.push({ launched, left, text });
  });
  return found[0]!;
}

Deno.test("what was built is started by the command that its text names, and the project stays as it is", async () => {
  const code = '# Try it: sh main.x "a b"\necho "$1"; echo more >> main.x; echo new > left.txt\n';
  const { launched, left, text } = await started({ "main.x": code });
  assert.deepEqual([launched.command, launched.isNamed, launched.why, launched.code, launched.shown], [
    ["sh", "main.x", "a b"],
    true,
    "",
    0,
    "a b\n",
  ]);
  assert.deepEqual([left, text], [["main.x"], code]);
});

Deno.test("where there is no copy nothing is started, since a person may save in the project meanwhile", async () => {
  const code = "# Try it: sh main.x 1\necho more >> main.x\n";
  const { launched, left, text } = await started({ "main.x": code }, false);
  assert.deepEqual([launched.command, launched.why], [[], "no copy to start it in"]);
  assert.deepEqual([left, text], [["main.x"], code]);
});

Deno.test("a README names the command where the program does not, and without either it is started alone", async () => {
  const { launched: byReadme } = await started({ "main.x": 'echo "$#"\n', "README.md": "`sh main.x 1 2`\n" });
  assert.deepEqual([byReadme.isNamed, byReadme.shown], [true, "2\n"]);
  const { launched: alone } = await started({ "main.x": "exit 2\n" });
  assert.deepEqual([alone.command, alone.isNamed, alone.why], [["sh", "main.x"], false, "ended with exit code 2"]);
});

Deno.test("where the file that is to be run is not there, nothing is started and that is said", async () => {
  const { launched } = await started({ "other.x": "" });
  assert.deepEqual([launched.command, launched.why], [[], "there is no main.x"]);
});
