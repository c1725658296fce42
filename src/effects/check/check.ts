import { changingNames, mayChange, withSteadyNames } from "../../features/checks/changing_names.ts";
import { bound, INLINE_CHARS } from "../../kernel/text.ts";
import { protectionOf } from "../../languages/protection_of.ts";
import { differenceOf } from "../difference.ts";
import { judgedAttempt } from "../../features/attempts/judged_attempt.ts";
import type { Fact } from "../../features/fact.ts";
import { filesOf } from "../../features/files/files_of.ts";
import type { FilesSlice } from "../../features/files/slice.ts";
import type { RunWorkspace } from "../../ports/workspace.ts";
import type { EffectKind, World } from "../effect_kind.ts";
import { ToolError } from "../../ports/tool.ts";
import { visible } from "../../kernel/visible.ts";
import { fitDraft } from "./fit_draft.ts";
import type { Conflict } from "./merge_draft.ts";
import { textOf } from "../stored_text.ts";
import { CheckEffect, CheckRound } from "./check_effect.ts";
import { holdingIn } from "./holding.ts";
import { judgedRound } from "./judged_round.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import type { ProtectedFile } from "../../ports/workspace.ts";
import { protect } from "./protect.ts";
import { runProofs } from "./run_proofs.ts";
import { scopeOf } from "./scope_of.ts";
import { checkTold } from "./told.ts";

/** Bound of one round of checks, ms. */
const CHECK_MS = 900_000;

/** Characters of the difference of a file that changed meanwhile. */
const MOST_SHOWN = 3_000;

/** Executes the project's checks, what judges the work standing as it was when the run began. */
export const check: EffectKind<CheckEffect, CheckRound> = {
  schema: CheckEffect,
  result: CheckRound,
  says: () => "executing the checks",
  tell: checkTold,
  async perform(effect, world, signal) {
    const began = world.now();
    const until = AbortSignal.any([signal, AbortSignal.timeout(CHECK_MS)]);
    const judged = await inPlace(effect, world, until, (place) => judge(effect, world, place, until));
    signal.throwIfAborted();
    return { ...judged, ms: world.now() - began };
  },
};

/** Where a verdict is given: in the project, or in a fresh copy. */
interface Place {
  readonly workspace: RunWorkspace;
  /** Files that are different there from before the run. */
  readonly files: FilesSlice["byPath"];
  readonly isApart: boolean;
}

/** Executes the first checks in the project, and verdicts in a fresh copy where copies will do. */
async function inPlace(
  { cause, last = false }: CheckEffect,
  { state, project, apart, blobs, note }: World,
  signal: AbortSignal,
  action: (place: Place) => Promise<Omit<CheckRound, "ms">>,
): Promise<Omit<CheckRound, "ms">> {
  const files = filesOf(state, judgedAttempt(state, cause));
  if (apart === null || state.workspaces.proof?.holds !== true) {
    return await action({ workspace: project, files, isApart: false });
  }
  const hashes = await project.hashes(signal);
  const { attempt, layer, merged, conflicts, isFinal } = fitDraft(state, cause, project, blobs);
  if (attempt !== null && conflicts.length > 0) {
    if (isFinal) note(conflictFact(attempt, conflicts, blobs));
    throw conflicted(conflicts);
  }
  const seen = { ...files };
  for (const { path, original, current } of merged) {
    seen[path] = { original: files[path]?.original ?? original, current };
  }
  const { network } = state.workspaces.proof;
  const round = await apart.fresh(
    { layer, network, isEmptied: last, signal },
    (copy) => action({ workspace: copy, files: seen, isApart: true }),
  );
  if (!isFinal) return round;
  const base = blobs.putBlob(JSON.stringify(Object.fromEntries(hashes)));
  return { ...round, base, ...(merged.length === 0 ? {} : { merged: merged.map((file) => ({ ...file })) }) };
}

/** What an attempt and somebody else made of the same lines, for the person to choose. */
function conflictFact(attempt: string, conflicts: readonly Conflict[], blobs: World["blobs"]): Fact {
  const text = (hash: string | null) => hash === null ? "" : new TextDecoder().decode(blobs.getBlob(hash));
  const shows = conflicts.map(({ path, theirs, mine }) => differenceOf(path, text(theirs), text(mine), 3)).join("\n");
  const theirs = Object.fromEntries(conflicts.map((conflict) => [conflict.path, conflict.theirs]));
  const [task = "", number = ""] = attempt.split(".");
  return {
    type: "attempt_conflicted",
    ...{ task, number: Number(number), theirs },
    shows: textOf(visible(shows), blobs),
  };
}

function conflicted(conflicts: readonly Conflict[]): ToolError {
  return new ToolError(
    `${
      conflicts.map(({ path }) => path).join(", ")
    } was changed by somebody else in the same lines since this attempt began: their change stands, and this work was not brought into the project.`,
  );
}

async function judge(
  { cause }: CheckEffect,
  world: World,
  { workspace, files, isApart }: Place,
  until: AbortSignal,
): Promise<Omit<CheckRound, "ms">> {
  const { state, registry, blobs, note, now } = world;
  const began = now();
  const { languages } = registry;
  const standing = await protect({ state, files, languages, workspace, blobs, note }, until);
  const habits = state.checks.first === null ? null : new Set(state.protection.habits);
  const isProtected = (path: string) => protectionOf(path, languages, true) === "loaded";
  const judging = { workspace, standing, habits, changing: state.checks.changing, isProtected, isApart, signal: until };
  const judged = await judgedRound(registry, judging);
  const { report, touched, lost, unsure } = judged;
  // A second look is taken only before any work, where names are such, and where the time allows.
  const changing = habits === null && !report.hung && mayChange(judged.results) && now() - began < CHECK_MS / 3
    ? changingNames(judged.results, (await judgedRound(registry, judging)).results)
    : [];
  const results = withSteadyNames(judged.results, changing);
  for (const path of unsure) {
    const file = workspace.stateOf(path);
    const as = protectionOf(path, languages) ?? "loaded";
    const moved = file === null ? null : { path, ...file, as };
    const text = (hash: string | undefined) => hash === undefined ? "" : new TextDecoder().decode(blobs.getBlob(hash));
    const difference = () =>
      bound(differenceOf(path, text(standing.files[path]?.hash), text(file?.hash), 2), MOST_SHOWN);
    note({ type: "protection_moved", path, file: moved, ...(habits === null ? {} : { unsure: difference() }) });
  }
  const holding = holdingIn(files, languages, blobs);
  const scope = await scopeOf(world, judgedAttempt(state, cause), workspace, standing.newTests, until);
  // They come last: what they write into the copy is looked at by nobody.
  const proofs = isApart ? await runProofs(world, workspace, until) : [];
  // What the first round changes again and again, it changes because the checks are so.
  const found = habits === null ? report.changed.filter((path) => !unsure.includes(path)) : [];
  return {
    kind: "check",
    results: [...results, ...proofs].map((result) => ({ ...result, evidence: bound(result.evidence, INLINE_CHARS) })),
    commands: [...report.commands],
    output: textOf(report.output, blobs),
    ...(report.hung ? { hung: true } : {}),
    ...(found.length === 0 ? {} : { habits: found }),
    ...(changing.length === 0 ? {} : { changing: [...changing] }),
    ...(touched.length === 0 || habits === null ? {} : { touched: [...touched] }),
    ...(lost.length === 0 || habits === null ? {} : { lost: [...lost] }),
    ...(standing.putBack.length === 0 ? {} : { putBack: [...standing.putBack] }),
    ...(standing.newTests.length === 0 ? {} : { newTests: standing.newTests.map((test) => newTest(test, blobs)) }),
    ...(holding.length === 0 ? {} : { holding }),
    ...(standing.renamed.length === 0 ? {} : { renamed: standing.renamed.map(({ path, hash }) => ({ path, hash })) }),
    ...(scope === undefined ? {} : { scope }),
    ...(unsure.length === 0 ? {} : { unsure: [...unsure] }),
  };
}

/** A test that the run made, as stored: its beginning says what it is about. */
function newTest({ path, hash }: ProtectedFile, blobs: BlobStore) {
  return { path, hash, shows: bound(new TextDecoder().decode(blobs.getBlob(hash)), INLINE_CHARS) };
}
