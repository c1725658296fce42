import type { CheckFact } from "../check/check_effect.ts";
import type { State } from "../../features/state.ts";
import { subjectsOf } from "../../languages/subjects.ts";
import { isTestPath } from "../../languages/test_path.ts";
import type { CheckResult, Layer } from "../../ports/workspace.ts";
import type { EffectKind, World } from "../effect_kind.ts";
import { ProveEffect, Proven } from "./prove_effect.ts";
import { proofKey } from "./proof_key.ts";

/** Bound of all its rounds of checks, ms. */
const PROVE_MS = 2_700_000;
/** Sources that are emptied together, where emptying the first one changes no result. */
const MOST_EMPTIED = 8;
/** Names that a sentence lists. */
const NAMED = 3;

/** What one look found. */
type Found = Pick<Proven, "holds" | "why" | "uncertain">;

/**
 * Executes the checks in a copy of the project: they have to say what they say in the project, and something else once a source that they
 * import is emptied there, or else they look at the project and not at the copy.
 */
export const prove: EffectKind<ProveEffect, Proven> = {
  schema: ProveEffect,
  result: Proven,
  says: () => "trying the checks in a copy of the project",
  tell: {
    started: ["key"],
    finished: ["holds", "why", "network", "uncertain", "remembered"],
    lines: ({ holds, why, network, remembered }: Proven) =>
      holds
        ? [
          `attempts work in copies of the project${network ? ", with the network, which its checks need" : ""}${
            remembered ? " (as an earlier run found)" : ""
          }`,
        ]
        : [`attempts work in the project itself: ${why}`],
  },
  async perform(_effect, world, signal) {
    const began = world.now();
    const { state, apart } = world;
    const over = (found: Omit<Proven, "kind" | "ms">): Proven => ({ kind: "prove", ...found, ms: world.now() - began });
    if (apart === null) {
      return over({ holds: false, why: "This run makes no copies.", network: false, uncertain: [], remembered: false });
    }
    const until = AbortSignal.any([signal, AbortSignal.timeout(PROVE_MS)]);
    const key = await proofKey(world, until);
    const known = apart.remembered.get(key);
    if (known !== null) return over({ holds: true, why: "", ...known, uncertain: [], remembered: true });
    const isOpen = state.workspaces.offered?.network === true;
    let found = await look(world, isOpen, until);
    let network = isOpen;
    if (!found.holds && !isOpen && apart.hasOwnNetwork) {
      const again = await look(world, true, until);
      if (again.holds) [found, network] = [again, true];
    }
    signal.throwIfAborted();
    if (found.holds) apart.remembered.set(key, { network });
    return over({ ...found, network, remembered: false });
  },
};

async function look(world: World, network: boolean, signal: AbortSignal): Promise<Found> {
  const { state, project, apart } = world;
  const first = state.checks.first ?? [];
  if (apart === null) return no("This run makes no copies.");
  if (first.length === 0) return { holds: true, why: "", uncertain: [] };
  const round = (layer: Layer) =>
    apart.fresh({ layer, network, signal }, async (copy) => (await copy.check(signal)).results);
  const there = await round(new Map());
  let uncertain: readonly string[] = [];
  let other = differing(first, there, []);
  if (other.length > 0) {
    uncertain = differing(first, (await project.check(signal)).results, []);
    other = differing(first, there, uncertain);
  }
  if (other.length > 0) {
    const failed = there.find(({ name, passed }) => !passed && other.includes(name))?.evidence.split("\n", 1)[0] ?? "";
    const said = failed === "" ? "" : ` (${failed.slice(0, 200)})`;
    return no(`in a copy the checks say something else than in the project: ${listed(other)}${said}`, uncertain);
  }
  const sources = await importedSources(world, signal);
  if (sources.length === 0) {
    return apart.isInPlace
      ? { holds: true, why: "", uncertain: [...uncertain] }
      : no("no check was found to import a source, so nothing shows whether it looks at the copy", uncertain);
  }
  for (const emptied of [sources.slice(0, 1), sources.slice(0, MOST_EMPTIED)]) {
    const empty = world.blobs.putBlob("");
    const results = await round(
      new Map(emptied.map((path) => [path, { hash: empty, mode: project.stateOf(path)?.mode ?? 0o100644 }])),
    );
    if (differing(first, results, uncertain).length > 0) return { holds: true, why: "", uncertain: [...uncertain] };
  }
  return no(
    `the checks say the same in a copy without ${listed(sources)}, so they look at the project and not at the copy`,
    uncertain,
  );
}

function no(why: string, uncertain: readonly string[] = []): Found {
  return { holds: false, why, uncertain: [...uncertain] };
}

/** Names of results that are not the same in two rounds. */
function differing(one: readonly CheckFact[], other: readonly CheckResult[], but: readonly string[]): string[] {
  const said = new Map(other.map(({ name, passed }) => [name, passed]));
  const names = new Set([...one.map(({ name }) => name), ...said.keys()]);
  const before = new Map(one.map(({ name, passed }) => [name, passed]));
  return [...names].filter((name) => before.get(name) !== said.get(name) && !but.includes(name));
}

/** Sources that a check imports: those that failing ones name, then those that tests import. */
async function importedSources(
  { state, project, registry: { languages } }: World,
  signal: AbortSignal,
): Promise<string[]> {
  const files = await project.files(signal);
  const isTest = (path: string) => isTestPath(path, languages);
  const read = (path: string) => project.read(path).then(({ text }) => text, () => null);
  const found = named(state).filter((path) => !isTest(path) && isSource(path, languages) && files.includes(path));
  for (const test of files.filter(isTest)) {
    if (found.length >= MOST_EMPTIED) break;
    for (const path of await subjectsOf(test, files, read, languages)) if (!isTest(path)) found.push(path);
  }
  return [...new Set(found)];
}

function isSource(path: string, languages: World["registry"]["languages"]): boolean {
  return Object.values(languages).some(({ files, imports }) => imports !== undefined && files.test(path));
}

function named({ checks }: State): string[] {
  return (checks.first ?? []).filter(({ passed }) => !passed).flatMap(({ files }) => files);
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
