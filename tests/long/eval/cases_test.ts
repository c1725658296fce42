import assert from "node:assert/strict";
import {
  type Bug,
  type CaseLanguage,
  isUnsolvable,
  readBugs,
  readWishes,
  RUNNERS,
  type Wish,
} from "../../eval/read_cases.ts";
import { type CheckResult, runCheck } from "../../eval/run_check.ts";

const bugs = readBugs();
const wishes = readWishes();

Deno.test("each language has ten bugs: most within a function, some in a file that no failing test names, some in two places", () => {
  for (const language of languages()) {
    assert.equal(bugs.filter((bug) => bug.language === language).length, 10, language);
  }
  const sizes = ["function", "imported", "two places"].map((size) => bugs.filter((bug) => bug.size === size).length);
  assert.deepEqual(sizes, [20, 6, 4]);
});

Deno.test("each language has ten wishes that can be fulfilled, and there are two impossible and two vague ones", () => {
  for (const language of languages()) {
    const solvable = wishes.filter((wish) => wish.language === language && !isUnsolvable(wish));
    assert.equal(solvable.length, 10, language);
  }
  for (const kind of ["impossible", "vague"]) assert.equal(wishes.filter((wish) => wish.kind === kind).length, 2, kind);
});

Deno.test("the files that a bug names are those that its repair changes", () => {
  for (const { name, folder, files } of bugs) {
    assert.deepEqual(filesBelow(`${folder}/repaired`), [...files].sort(), name);
    for (const file of files) {
      assert.notEqual(read(`${folder}/repaired/${file}`), read(`${folder}/project/${file}`), `${name}: ${file}`);
    }
  }
});

Deno.test("no hidden test of a wish stands in its project", () => {
  for (const { name, folder } of wishes) {
    const project = new Set(filesBelow(`${folder}/project`));
    const hidden = filesBelow(`${folder}/hidden`);
    assert.ok(hidden.length > 0, name);
    assert.deepEqual(hidden.filter((file) => project.has(file)), [], name);
  }
});

Deno.test("a wish has a solution where it can be fulfilled, whose files differ from the project's", () => {
  for (const wish of wishes) {
    const { name, folder } = wish;
    const solved = filesBelow(`${folder}/solved`);
    assert.equal(solved.length === 0, isUnsolvable(wish), name);
    const project = new Set(filesBelow(`${folder}/project`));
    for (const file of solved.filter((each) => project.has(each))) {
      assert.notEqual(read(`${folder}/solved/${file}`), read(`${folder}/project/${file}`), `${name}: ${file}`);
    }
  }
});

for (const language of languages()) {
  const ofLanguage = { bugs: bugs.filter(isIn(language)), wishes: wishes.filter(isIn(language)) };
  if (isMissing(RUNNERS[language])) {
    Deno.test({
      name: `cases in ${language} are not tried: ${RUNNERS[language]} is not installed`,
      ignore: true,
      fn() {},
    });
    continue;
  }
  for (const bug of tried(ofLanguage.bugs)) {
    Deno.test(`the bug ${bug.name}: the tests that it names fail, the others pass, and its repair makes all pass`, () =>
      provesBug(bug));
  }
  for (const wish of tried(ofLanguage.wishes.filter((each) => !isUnsolvable(each)))) {
    Deno.test(`the wish ${wish.name}: its hidden tests fail in the project and pass with the solution, as the visible ones do`, () =>
      provesWish(wish));
  }
  for (const wish of allOnRequest(ofLanguage.wishes.filter(isUnsolvable))) {
    Deno.test(`the ${wish.kind} wish ${wish.name}: its hidden tests hold from the start, as the visible ones do`, () =>
      provesUnsolvable(wish));
  }
}

/** Proves that a bug is as `CASES.md` says. */
async function provesBug({ language, check, folder, failing }: Bug): Promise<void> {
  const before = await runCheck(language, check, [`${folder}/project`]);
  assert.equal(before.passed, false, before.output);
  assert.deepEqual(namesOf(before, false), [...failing].sort(), before.output);
  assert.notDeepEqual(namesOf(before, true), [], before.output);

  const after = await runCheck(language, check, [`${folder}/project`, `${folder}/repaired`]);
  assertGreen(after);
  assert.ok(after.tests.size >= 3 && after.tests.size <= 8, after.output);
  const passing = namesOf(after, true);
  assert.deepEqual([...failing, ...namesOf(before, true)].filter((name) => !passing.includes(name)), [], after.output);
}

/** Proves that a wish that can be fulfilled is as `CASES.md` says. */
async function provesWish({ language, check, hidden, folder }: Wish): Promise<void> {
  const [project, solved, tests] = [`${folder}/project`, `${folder}/solved`, `${folder}/hidden`];
  assertGreen(await runCheck(language, check, [project]));
  const before = await runCheck(language, hidden, [project, tests]);
  assert.equal(before.passed, false, before.output);
  assertGreen(await runCheck(language, check, [project, solved]));
  assertGreen(await runCheck(language, hidden, [project, solved, tests]));
}

/** Proves that a wish that nobody can be asked to fulfil is as `CASES.md` says. */
async function provesUnsolvable({ language, check, hidden, folder }: Wish): Promise<void> {
  assertGreen(await runCheck(language, check, [`${folder}/project`]));
  assertGreen(await runCheck(language, hidden, [`${folder}/project`, `${folder}/hidden`]));
}

function assertGreen(result: CheckResult): void {
  assert.equal(result.passed, true, result.output);
  assert.deepEqual(namesOf(result, false), [], result.output);
  assert.notDeepEqual(namesOf(result, true), [], result.output);
}

function namesOf({ tests }: CheckResult, passed: boolean): readonly string[] {
  return [...tests].filter(([, each]) => each === passed).map(([name]) => name).sort();
}

function languages(): readonly CaseLanguage[] {
  return Object.keys(RUNNERS) as CaseLanguage[];
}

function isIn(language: CaseLanguage): (each: { readonly language: CaseLanguage }) => boolean {
  return (each) => each.language === language;
}

/** The cases of one language and set that are tried: the first, all on request. */
function tried<Each>(cases: readonly Each[]): readonly Each[] {
  return [...cases.slice(0, 1), ...allOnRequest(cases.slice(1))];
}

function allOnRequest<Each>(cases: readonly Each[]): readonly Each[] {
  return Deno.env.get("AUTONOMY_CASES") === "all" ? cases : [];
}

function isMissing(program: string): boolean {
  try {
    return !new Deno.Command(program, { args: [program === "go" ? "version" : "--version"] }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw error;
  }
}

/** The files below a folder by path; none where it does not exist. */
function filesBelow(folder: string): readonly string[] {
  const files: string[] = [];
  const look = (under: string): void => {
    for (const { name, isDirectory } of Deno.readDirSync(folder + under)) {
      if (isDirectory) look(`${under}/${name}`);
      else files.push(`${under}/${name}`.slice(1));
    }
  };
  try {
    look("");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files.sort();
}

function read(path: string): string {
  return Deno.readTextFileSync(path);
}
