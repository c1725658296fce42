import { withSteadyNames } from "../../features/checks/changing_names.ts";
import type { Apart, Layer } from "../../ports/workspace.ts";
import { NotCopied } from "../../work/workspaces/not_copied.ts";
import type { EffectKind, World } from "../effect_kind.ts";
import { ProveEffect, Proven } from "./prove_effect.ts";
import { causeIn, differing, listed, type Results, telling } from "./compare_results.ts";
import { proofKey } from "./proof_key.ts";
import { findSources, type Sources } from "./sources.ts";

/** Bound of all its rounds of checks, ms. */
const PROVE_MS = 2_700_000;
/** Sources that are emptied together, where emptying the first one changes no result. */
const MOST_EMPTIED = 8;
/** What one look found. */
type Found = Pick<Proven, "holds" | "why" | "uncertain"> & {
  /** Whether results differ where they should not. */
  readonly differs?: boolean;
};

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
  async perform({ again = false }, world, signal) {
    const began = world.now();
    const { state, apart } = world;
    const over = ({ holds, why, network, uncertain, remembered }: Omit<Proven, "kind" | "ms">): Proven => (
      { kind: "prove", holds, why, network, uncertain, remembered, ms: world.now() - began }
    );
    if (apart === null) {
      return over({ holds: false, why: "This run makes no copies.", network: false, uncertain: [], remembered: false });
    }
    const until = AbortSignal.any([signal, AbortSignal.timeout(PROVE_MS)]);
    const key = await proofKey(world, until);
    // Without a sandbox what is installed decides, too, which no file of the project tells.
    const known = apart.isInPlace ? apart.remembered.get(key) : null;
    if (known !== null) return over({ holds: true, why: "", ...known, uncertain: [], remembered: true });
    const { offered, proof } = state.workspaces;
    const isOpen = offered?.network === true || again && proof?.network === true;
    const found = await looked({ world, apart, again }, isOpen, until).catch(
      (error): Found & { readonly network: boolean } => {
        if (error instanceof NotCopied) return { ...no(error.message), network: isOpen };
        if (signal.aborted || !until.aborted) throw error;
        return { ...no(`the checks in a copy did not end within ${PROVE_MS / 60_000} minutes`), network: isOpen };
      },
    );
    signal.throwIfAborted();
    if (found.holds && apart.isInPlace) apart.remembered.set(key, { network: found.network });
    return over({ ...found, remembered: false });
  },
};

/** Looks without the network, where a sandbox can do so, and once more with it where that does not hold. */
async function looked(
  asked: Asked,
  isOpen: boolean,
  signal: AbortSignal,
): Promise<Found & { readonly network: boolean }> {
  const found = await look(asked, isOpen, signal);
  if (found.differs !== true || isOpen || !asked.apart.hasOwnNetwork) return { ...found, network: isOpen };
  const open = await look(asked, true, signal);
  if (open.holds) return { ...open, network: true };
  // What is the matter with the network too is the reason: the lack of it may be another one.
  const why = open.differs === true ? `${open.why}; with and without the network` : open.why;
  return { ...open, why, network: isOpen };
}

/** Executes the checks in a fresh copy. */
type Round = (layer: Layer) => Promise<Results>;

/** What is to be found out. */
interface Asked {
  readonly world: World;
  readonly apart: Apart;
  /** Whether it held once: then results in the project are those of other sources, and what models wrote is not executed there. */
  readonly again: boolean;
}

async function look({ world, apart, again }: Asked, network: boolean, signal: AbortSignal): Promise<Found> {
  const { checks } = world.state;
  const first = checks.first ?? [];
  if (first.length === 0) return { holds: true, why: "", uncertain: [] };
  // What stands in the project is the person's alone until the run writes something.
  const isFirst = !again && Object.keys(world.state.files.byPath).length === 0;
  const steady = (results: Results) => withSteadyNames(results, checks.changing);
  const round: Round = (layer) =>
    apart.fresh(
      { layer, network, isOurs: true, fillsCaches: isFirst && layer.size === 0, signal },
      async (copy) => steady((await copy.check(signal)).results),
    );
  const there = await round(new Map());
  if (again) {
    const uncertain = differing(there, await round(new Map()), []);
    const sources = await findSources(world, signal);
    const why = await whyElsewhere({ world, apart, round, there, same: [], emptied: new Map(), uncertain, sources });
    return why === null ? { holds: true, why: "", uncertain } : no(why, uncertain);
  }
  let uncertain: readonly string[] = [];
  let other = differing(first, there, []);
  // Each is looked at once more, as long as anything differs: a result that differs from itself says nothing.
  if (other.length > 0) uncertain = differing(first, steady((await world.project.check(signal)).results), []);
  other = differing(first, there, uncertain);
  if (other.length > 0) uncertain = [...uncertain, ...differing(there, await round(new Map()), uncertain)];
  other = differing(first, there, uncertain);
  if (other.length > 0) {
    const where = apart.isInPlace ? "a copy" : "a copy, which stands at another path,";
    const why = `in ${where} the checks say something else than in the project: ${listed(other)}`;
    return { ...no(`${why}${causeIn(other, first, there)}`, uncertain), differs: true };
  }
  const names = first.map(({ name }) => name);
  if (names.every((name) => uncertain.includes(name))) {
    return no(`no check says the same each time: ${listed(names)}`, uncertain);
  }
  const sources = await findSources(world, signal);
  const why = await whyElsewhere({ world, apart, round, there, same: [first], emptied: new Map(), uncertain, sources });
  return why === null ? { holds: true, why: "", uncertain: [...uncertain] } : no(why, uncertain);
}

/** What tells whether checks look at a copy. */
interface Looking {
  readonly world: World;
  readonly apart: Apart;
  readonly round: Round;
  /** What the checks say in a copy as it is. */
  readonly there: Results;
  /** What they say of the same files else. */
  readonly same: Results[];
  /** What they say where sources are emptied, by these: twice where that may be chance. */
  readonly emptied: Map<string, readonly Results[]>;
  readonly uncertain: readonly string[];
  readonly sources: Sources;
}

/** Says why the checks seem to look at something else than the copy; null where they look at it. */
async function whyElsewhere(looking: Looking): Promise<string | null> {
  const { imported, all, packages } = looking.sources;
  // Without a sandbox something that only helps a check might stand among all: what tells of it tells nothing of the sources.
  const any = looking.apart.isInPlace ? all : [];
  const tries = [imported.slice(0, 1), imported.slice(0, MOST_EMPTIED), any]
    .filter((paths, index, list) => paths.length > (list[index - 1]?.length ?? 0));
  if (tries.length === 0) {
    // Under the project's own path there is nothing else to look at.
    return looking.apart.isInPlace
      ? null
      : "no check was found to import a source, so nothing shows whether the checks look at the copy";
  }
  let shown = await firstTold(looking, tries);
  if (shown === null && looking.there.some(({ passed }) => !passed)) {
    // What a failing check says in a project that is built already may be less than before that: the words of two copies are compared.
    looking.same.push(await looking.round(new Map()));
    shown = await firstTold(looking, tries);
  }
  if (shown === null) return elsewhere(looking, tries.at(-1)!);
  if (looking.apart.isInPlace) return null;
  // Without a sandbox one package may be found in the copy, and another in the project.
  for (const paths of packages.filter((one) => !one.some((path) => shown.includes(path))).slice(0, MOST_EMPTIED)) {
    if (!await isTold(looking, paths.slice(0, 1)) && !await isTold(looking, paths)) return elsewhere(looking, paths);
  }
  return null;
}

function elsewhere({ apart }: Looking, paths: readonly string[]): string {
  const where = apart.isInPlace
    ? "at something else, such as what is installed, and not at the copy"
    : "at the project and not at the copy";
  return `the checks say the same in a copy without ${listed(paths)}, so they look ${where}`;
}

async function firstTold(looking: Looking, tries: readonly (readonly string[])[]): Promise<readonly string[] | null> {
  for (const paths of tries) if (await isTold(looking, paths)) return paths;
  return null;
}

/** Whether the checks tell that sources are emptied. */
async function isTold(looking: Looking, paths: readonly string[]): Promise<boolean> {
  const { apart, emptied, there, same, uncertain } = looking;
  const key = paths.join("\n");
  const told = (round: Results) => telling({ there, same, emptied: round, uncertain });
  const [once = await emptiedRound(looking, paths), ...others] = emptied.get(key) ?? [];
  emptied.set(key, [once, ...others]);
  if (told(once).length === 0 || apart.isInPlace) return told(once).length > 0;
  // What differs by chance seldom does so twice.
  const [again = await emptiedRound(looking, paths)] = others;
  emptied.set(key, [once, again]);
  const names = told(again);
  return told(once).some((name) => names.includes(name));
}

function emptiedRound({ world: { project, blobs }, round }: Looking, paths: readonly string[]): Promise<Results> {
  const empty = blobs.putBlob("");
  return round(
    new Map(paths.map((path) => [path, { hash: empty, mode: project.stateOf(path)?.mode ?? 0o100644 }])),
  );
}

function no(why: string, uncertain: readonly string[] = []): Found {
  return { holds: false, why, uncertain: [...uncertain] };
}
