import assert from "node:assert/strict";
import { setup } from "../../src/effects/setup/setup.ts";
import type { World } from "../../src/effects/effect_kind.ts";
import { EMPTY } from "../../src/features/features.ts";
import { newProjectsOf } from "../../src/features/setup/languages_named.ts";
import { planSetup } from "../../src/features/setup/plan_setup.ts";
import type { Plan } from "../../src/features/setup/slice.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import type { SetupWay } from "../../src/languages/new_project.ts";
import { isTestPath } from "../../src/languages/test_path.ts";
import type { RunWorkspace } from "../../src/ports/workspace.ts";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { installed } from "../run/fixtures/installed.ts";

const never = new AbortController().signal;

/** A way that works on any machine: its tool makes a manifest and a sample, and a second command needs the first. */
const WAY: SetupWay = {
  name: "sh",
  needs: ["sh", "-c", "true"],
  commands: [
    { words: ["sh", "-c", "echo {{name}} > manifest && echo sample > main.x"], makes: "manifest" },
    { words: ["sh", "-c", "echo more >> manifest"] },
  ],
  drops: ["main.x"],
  files: { manifest: "written for {{name}}\n", ".ignore": "made\n" },
  source: "main.x",
  test: "main_test.x",
  runner: "sh",
  starts: [["sh", "{{source}}"]],
};

function planOf(way: SetupWay): Plan {
  return planSetup(EMPTY, LANGUAGES, { called: "X", named: /x/, files: /\.x$/, ways: [way] }, way, "goal");
}

/** Sets up a project in a folder in which these entries stood, and files that the run made. */
async function setUp(
  project: RunWorkspace,
  plan: Plan,
  runs = true,
  entries: readonly string[] = [],
  ours: readonly string[] = [],
) {
  const byPath = Object.fromEntries(ours.map((path) => [path, { original: null, current: "h" }]));
  const files = { ...EMPTY.files, byPath };
  const state = { ...EMPTY, files, setup: { ...EMPTY.setup, missing: { entries, able: [] }, plan } };
  const world = { state, project, now: () => 0 } as unknown as World;
  return await setup.perform({ kind: "setup", key: "k", runs }, world, never);
}

const textOf = async (project: RunWorkspace, path: string) => (await project.read(path)).text;

Deno.test("a project is set up by its language's tool, its sample taken away, and the rest written", () =>
  withWorkspace({ "README.md": "mine\n" }, async (project) => {
    const made = await setUp(project, planOf(WAY), true, ["README.md"]);
    assert.deepEqual([made.ran.length, made.failed, made.wrote], [2, [], [".ignore"]]);
    assert.deepEqual(await project.files(), [".ignore", "README.md", "manifest"]);
    assert.equal(await textOf(project, "manifest"), "main\nmore\n");
    assert.equal(await textOf(project, "README.md"), "mine\n");
  }));

Deno.test("without a yes to its commands the same files are written", () =>
  withWorkspace({}, async (project) => {
    assert.deepEqual((await setUp(project, planOf(WAY), false)).wrote, ["manifest", ".ignore"]);
    assert.equal(await textOf(project, "manifest"), "written for main\n");
  }));

Deno.test("where its commands fail, or are not there, that is said and the same files are written", () =>
  withWorkspace({}, async (project) => {
    const commands = [{ words: ["sh", "-c", "echo no; exit 3"], makes: "manifest" }, { words: ["no-such-program"] }];
    const { failed, wrote } = await setUp(project, planOf({ ...WAY, commands }));
    assert.equal(failed[0]?.why, "exit code 3: no");
    assert.match(failed[1]?.why ?? "", /no-such-program/);
    assert.deepEqual(wrote, ["manifest", ".ignore"]);
  }));

Deno.test("a set-up that was cut short goes on where it was", () =>
  withWorkspace({ manifest: "half\n", "main.x": "sample\n" }, async (project) => {
    const { ran } = await setUp(project, planOf(WAY), true, [], ["manifest", "main.x"]);
    assert.deepEqual([ran.length, await textOf(project, "manifest")], [1, "half\nmore\n"]);
    assert.equal(await project.exists("main.x"), false, "its sample is taken away, too");
  }));

Deno.test("what stands there stays as it is: a file of the person's own is neither written nor taken away", () =>
  withWorkspace({ ".ignore": "mine\n", "main.x": "mine\n" }, async (project) => {
    const { wrote } = await setUp(project, planOf(WAY), true, [".ignore", "main.x"]);
    assert.deepEqual(wrote, []);
    assert.equal(await textOf(project, ".ignore"), "mine\n");
    assert.equal(await project.exists("main.x"), true);
  }));

Deno.test("a folder in which somebody put something since is left alone", () =>
  withWorkspace({ "src/mine.x": "mine\n" }, async (project) => {
    await assert.rejects(setUp(project, planOf(WAY)), /^ToolError: src stands in the folder since the run began\.$/);
    assert.deepEqual(await project.files(), ["src/mine.x"]);
  }));

for (const { called, ways, files } of newProjectsOf(LANGUAGES)) {
  for (const way of ways) {
    const name = `a new project in ${called} by ${way.name} has no check that fails, and one that finds its first test`;
    const [program = "", ...words] = way.needs;
    Deno.test({
      name,
      ignore: !installed(program, ...words),
      fn: () =>
        withWorkspace({}, async (project) => {
          const plan = planOf(way);
          const { failed } = await setUp(project, plan);
          assert.deepEqual(failed, []);
          const before = (await project.check(never)).results;
          assert.deepEqual(before.filter(({ passed }) => !passed), []);
          assert.ok(files.test(plan.source) && files.test(plan.main) && files.test(plan.test));
          assert.ok(isTestPath(plan.test, LANGUAGES) && !isTestPath(plan.source, LANGUAGES));
          await project.write(plan.test, "this is no code", () => undefined);
          const { results } = await project.check(never);
          assert.ok(results.some(({ passed }) => !passed), JSON.stringify(results));
        }),
    });
  }
}
