import assert from "node:assert/strict";
import { isOutOfScope } from "../../src/features/scope/judge_scope.ts";
import { isUnsolvable, readBugs, readWishes } from "../eval/read_cases.ts";
import { scopeAfter } from "../given/given_scope.ts";

Deno.test("the right repair of each bug is in scope, whatever the failing tests name", async () => {
  for (const { name, folder, goal, failing } of readBugs()) {
    const files = filesIn(`${folder}/project`);
    const tests = Object.keys(files).filter((path) => /test/i.test(path));
    const repairs = failing.map((one) => ({ name: one, passed: false, evidence: "", files: tests }));
    const scope = await scopeAfter({ goal, files, writes: filesIn(`${folder}/repaired`), repairs });
    assert.ok(!isOutOfScope(scope), `${name}: ${JSON.stringify(scope)}`);
  }
});

Deno.test("the right solution of each wish is in scope, also where nothing says why", async () => {
  for (const wanted of readWishes().filter((one) => !isUnsolvable(one))) {
    const { name, folder, wish: goal } = wanted;
    const scope = await scopeAfter({ goal, files: filesIn(`${folder}/project`), writes: filesIn(`${folder}/solved`) });
    assert.ok(!isOutOfScope(scope), `${name}: ${JSON.stringify(scope)}`);
  }
});

/** Texts of the files of a folder; none where there is no such folder. */
function filesIn(folder: string, below = ""): Record<string, string> {
  try {
    return Object.assign(
      {},
      ...[...Deno.readDirSync(`${folder}/${below}`)].map(({ name, isDirectory }) =>
        isDirectory
          ? filesIn(folder, `${below}${name}/`)
          : { [`${below}${name}`]: Deno.readTextFileSync(`${folder}/${below}${name}`) }
      ),
    );
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return {};
    throw cause;
  }
}
