import { withSteadyNames } from "../../features/checks/changing_names.ts";
import { wantsTestsAlone } from "../../features/criteria/wants_tests.ts";
import { hollow } from "../../languages/hollow.ts";
import { languagesOf } from "../../languages/languages_of.ts";
import { withTestsOf } from "../../languages/protection_of.ts";
import { subjectsOf } from "../../languages/subjects.ts";
import { isTestPath } from "../../languages/test_path.ts";
import { bound } from "../../kernel/text.ts";
import type { Arranged, ProtectedFile, RunWorkspace } from "../../ports/workspace.ts";
import { arrangedCheck } from "../check/arranged_check.ts";
import { isNewIn, protect } from "../check/protect.ts";
import type { EffectKind, World } from "../effect_kind.ts";
import { FlipEffect, FlipResult } from "./flip_effect.ts";

/** Bound of the look at the old code, ms. */
const FLIP_MS = 900_000;
/** Characters of one test that are shown to the person. */
const MOST_SHOWN = 6_000;

/**
 * Executes the tests that a run made on the code as it was before: only what fails there and passes now shows the work. Where tests alone are
 * wished for, that is the code as it is, and they pass: they are executed on code that does nothing, where a test that tests something fails.
 */
export const flip: EffectKind<FlipEffect, FlipResult> = {
  schema: FlipEffect,
  result: FlipResult,
  says: () => "trying the new tests on the old code",
  tell: {
    started: ["key", "cause"],
    finished: ["flips", "same"],
    lines: ({ flips, same, hollow = false }: FlipResult) => [
      hollow
        ? `new tests where what they test does nothing: ${flips.length} fail there, ${same.length} pass all the same`
        : `new tests on the old code: ${flips.length} fail there and pass now, ${same.length} pass on both`,
    ],
  },
  async perform(_effect, world, signal) {
    const { state, project, apart } = world;
    const began = world.now();
    const until = AbortSignal.any([signal, AbortSignal.timeout(FLIP_MS)]);
    const proof = state.workspaces.proof;
    const looked = apart === null || proof?.holds !== true ? await look(world, project, until) : await apart.fresh(
      { layer: new Map(), network: proof.network, signal: until },
      (copy) => look(world, copy, until),
    );
    signal.throwIfAborted();
    return { kind: "flip", ...looked, ms: world.now() - began };
  },
};

async function look(
  world: World,
  workspace: RunWorkspace,
  until: AbortSignal,
): Promise<Omit<FlipResult, "kind" | "ms">> {
  const { state, registry: { languages }, blobs, note } = world;
  const { newTests, files } = await protect(
    { state, files: state.files.byPath, languages, workspace, blobs, note },
    until,
  );
  const tests = new Set([...newTests.map(({ path }) => path), ...Object.keys(files)]);
  const habits = new Set(state.protection.habits);
  const old = oldCode(world, workspace, tests);
  const hollowed = old.length === 0 && wantsTestsAlone(state) ? await hollowCode(world, workspace, newTests) : [];
  const isHollow = hollowed.length > 0;
  const { report, left: unlike } = await arrangedCheck(workspace, [...old, ...hollowed], habits, until);
  for (const path of report.changed) {
    const file = files[path];
    if (file !== undefined && file.as !== "inside" && file.uncopied !== true) workspace.putBack(path, file);
  }
  // What cannot be put back leaves the work otherwise than it was judged.
  const left = [...unlike, ...report.changed.filter((path) => files[path]?.uncopied === true)];
  const shows = newTests.map((file) => shown(file, world)).join("\n\n");
  if (left.length > 0) return { flips: [], same: [], shown: shows, left: [...left] };
  const results = withSteadyNames(report.results, state.checks.changing);
  const there = new Map(results.map(({ name, passed }) => [name, passed]));
  const known = new Set((state.checks.first ?? []).filter(({ passed }) => !passed).map(({ name }) => name));
  // Where a test could not even be loaded, its results are missing, and something else fails for it.
  const isBroken = results.some(({ name, passed }) => !passed && !known.has(name));
  const added = (state.checks.latest ?? []).filter((result) => result.added === true && result.passed);
  // Of what could not even be loaded where nothing is done, nothing is known.
  const isRed = (name: string) => there.get(name) === false || there.get(name) === undefined && isBroken && !isHollow;
  return {
    flips: added.filter(({ name }) => isRed(name)).map(({ name }) => name),
    same: added.filter(({ name }) => there.get(name) === true).map(({ name }) => name),
    shown: shows,
    ...(isHollow ? { hollow: true } : {}),
  };
}

/** What the new tests are about, with functions that do nothing. */
async function hollowCode(
  { state, registry: { languages }, blobs }: World,
  workspace: RunWorkspace,
  newTests: readonly ProtectedFile[],
): Promise<Arranged[]> {
  const files = await workspace.files();
  const read = (path: string) => workspace.read(path).then(({ text }) => text, () => null);
  const judges = state.protection.files ?? {};
  const found: Arranged[] = [];
  for (const { path: test } of newTests) {
    for (const path of await subjectsOf(test, files, read, languages)) {
      if (isTestPath(path, languages) || judges[path] !== undefined || found.some((one) => one.path === path)) continue;
      const text = await read(path);
      const emptied = text === null ? null : hollow(text, languagesOf(path, languages));
      if (emptied !== null) found.push({ path, hash: blobs.putBlob(emptied) });
    }
  }
  return found;
}

/** The files of the run as they were before it, its tests left out; of a source with tests inside only those are new. */
function oldCode({ state, registry, blobs }: World, workspace: RunWorkspace, tests: ReadonlySet<string>): Arranged[] {
  const languages = Object.values(registry.languages);
  return Object.entries(state.files.byPath).flatMap(([path, { original, current }]) => {
    if (original === current) return [];
    const testsIn = languages.find((one) => one.testsIn !== undefined && one.files.test(path))?.testsIn;
    if (testsIn === undefined || original === null || current === null) {
      return tests.has(path) || workspace.stateOf(path)?.hash !== (current ?? undefined)
        ? []
        : [{ path, hash: original }];
    }
    const text = (hash: string) => new TextDecoder().decode(blobs.getBlob(hash));
    return [{ path, hash: blobs.putBlob(withTestsOf(text(original), text(current), testsIn)) }];
  });
}

function shown({ path, hash }: ProtectedFile, { blobs, state }: World): string {
  const text = new TextDecoder().decode(blobs.getBlob(hash));
  return `${path}${isNewIn(state.files.byPath)(path) ? " (new)" : ""}:\n${bound(text, MOST_SHOWN)}`;
}
