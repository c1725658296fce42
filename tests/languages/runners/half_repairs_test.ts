import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { judge } from "../../../src/features/checks/judge.ts";
import type { Task } from "../../../src/features/tasks/task.ts";
import { completeCheck } from "../../../src/languages/check.ts";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { readOutput } from "../../../src/languages/read_output.ts";
import type { CheckResult } from "../../../src/ports/workspace.ts";
import { detectChecks } from "../../../src/work/detect_checks.ts";
import { runChecks } from "../../../src/work/run_checks.ts";
import { ASKED_FOR_ALL } from "../../run/fixtures/asked_for_all.ts";
import { installed } from "../../run/fixtures/installed.ts";
import { inTemporaryFolder, writeFiles } from "../../run/fixtures/temporary_folder.ts";
import { HALF_REPAIRS, type HalfRepair } from "./fixtures/half_repairs.ts";
import { recordedSides } from "./fixtures/recorded_sides.ts";

const never = new AbortController().signal;
/** A folder with packages for Node, and runners in its `node_modules/.bin`; installed once, by hand. */
const RUNNERS = Deno.env.get("AUTONOMY_RUNNERS");
/** Runners that compile for long where nothing is built yet, start slowly, or are tried by other tests. */
const SLOW = /^(?:maven|go|deno)/;

/** Says why a runner cannot be tried here; null where it can. */
function lackOf({ name, needs, packages = [] }: HalfRepair): string | null {
  const missing = needs.find(([program = "", ...words]) => !installed(program, ...words));
  if (missing !== undefined) return `this machine lacks: ${missing.join(" ")}`;
  if (packages.length > 0 && !packages.every((one) => existsSync(`${RUNNERS}/node_modules/${one}`))) {
    return "AUTONOMY_RUNNERS names no folder that has it";
  }
  return SLOW.test(name) && !ASKED_FOR_ALL ? "AUTONOMY_TIERS=all asks for it" : null;
}

/** What a round of checks has to say before and after a half repair, and that the repair is kept. */
function isKept(before: readonly CheckResult[], half: readonly CheckResult[], { name }: HalfRepair): void {
  const stated = (results: readonly CheckResult[]) => results.map((one) => ({ ...one, files: [...one.files] }));
  const failing = before.filter(({ passed }) => !passed);
  assert.ok(failing.length === 2, `${name}: ${JSON.stringify(before)}`);
  assert.ok(before.length > 3, `${name}: each test is a result, beside the check itself`);
  assert.deepEqual(before.map((one) => one.name).sort(), half.map((one) => one.name).sort(), name);
  const task = { checks: failing.map((one) => one.name) } as unknown as Task;
  const { passed, broke, left, refuted } = judge(stated(before), stated(half), task);
  assert.equal(passed.length, 1, `${name}: ${JSON.stringify(half)}`);
  assert.deepEqual([broke, left.length, refuted], [[], 1, false], name);
}

for (const one of HALF_REPAIRS) {
  const lacks = lackOf(one);
  Deno.test({
    name: `the repair of one of two failing tests is kept under ${one.name}${lacks === null ? "" : ` (${lacks})`}`,
    ignore: lacks !== null,
    fn: () =>
      inTemporaryFolder(async (root) => {
        writeFiles(root, one.files);
        if (one.packages !== undefined) Deno.symlinkSync(`${RUNNERS}/node_modules`, `${root}/node_modules`);
        const round = async () => {
          const { results } = await runChecks(root, await detectChecks(root, LANGUAGES), LANGUAGES, never);
          return results;
        };
        const before = await round();
        const [path, from, to] = one.repair;
        Deno.writeTextFileSync(`${root}/${path}`, one.files[path]!.replace(from, to));
        isKept(before, await round(), one);
        const failed = before.filter(({ passed }) => !passed);
        for (const { name, files } of failed) {
          if (one.tests !== null) assert.ok(files.some((file) => one.files[file] !== undefined), `${name}: ${files}`);
        }
      }),
  });

  Deno.test(`the recorded results of ${one.name} name each test, and keep the repair of one of two`, () => {
    const { before, half, check } = recordedSides(one);
    const results = ({ output, beside }: typeof before): CheckResult[] => {
      const reading = readOutput(completeCheck(check, LANGUAGES).runner, output, beside);
      assert.deepEqual(reading.broken, [], one.name);
      const cases = reading.cases.map(({ name, passed, evidence, files = [] }) => ({ name, passed, evidence, files }));
      return [{ name: "itself", passed: true, evidence: "", files: [] }, ...cases];
    };
    isKept(results(before), results(half), one);
    for (const { passed, name, evidence, files } of results(before)) {
      if (passed) continue;
      assert.notEqual(evidence, "", name);
      if (one.tests !== null) {
        assert.ok(`${name} ${evidence} ${files}`.includes(one.tests.split("/").at(-1)!), `${name}: ${evidence}`);
      }
    }
  });
}
