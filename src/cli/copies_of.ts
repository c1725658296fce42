import { join } from "node:path";
import type { Fact } from "../features/fact.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import { PROOFS_FILE, rememberedProofs } from "../run/proofs.ts";
import { liesIn } from "../run/state_folder.ts";
import { takeFolderLock } from "../run/writer_lock.ts";
import { contentHash } from "../work/content_hash.ts";
import type { IgnoreFiles } from "../work/ignore_rules.ts";
import { findTier } from "../work/sandbox/tier.ts";
import { type Copies, openCopies } from "../work/workspaces/copies.ts";
import type { CliContext } from "./context.ts";
import type { Crew } from "./crew.ts";
import { configFolder, stateHome } from "./places.ts";
import { removeLeft } from "./remove_left.ts";

/** Folder of the state folder that holds copies of projects while runs are at work on them. */
const FOLDER = "workspaces";

/** The copies of a project, held against other programs until they are closed. */
export interface HeldCopies {
  readonly copies: Copies;
  /** Removes them; the program's commands must be over. */
  close(): Promise<void>;
}

/**
 * Names the folder that holds copies of projects.
 *
 * @param home the state folder
 */
export function copiesFolder(home: string): string {
  return join(home, FOLDER);
}

/**
 * The sandbox of this machine, as a run notes it; nothing where the configuration wants no copies.
 *
 * @param wasApart whether the run was offered copies before: what an attempt wrote in one stands nowhere else, so it goes on with them
 */
export async function offered(
  context: CliContext,
  { situation }: Crew,
  wasApart: boolean,
  signal: AbortSignal,
): Promise<readonly Fact[]> {
  const { tier, network } = situation.config.sandbox;
  if (!wantsCopies(context, situation, wasApart)) return [];
  const found = await findTier(tier.value, signal);
  return [{ type: "workspaces_offered", tier: found.tier, why: found.why, network: network.value }];
}

/**
 * Opens the copies of a project for a run that holds it, and removes what a killed one left of them.
 *
 * @param context the world
 * @param crew who works, and by which configuration
 * @param blobs where contents are kept
 * @param begun `wasApart` as {@link offered} has it; ignore files that the run has written already, as they were before it
 * @returns null where the configuration wants none
 */
export async function copiesOf(
  context: CliContext,
  crew: Crew,
  blobs: BlobStore,
  begun: { readonly wasApart: boolean; readonly ignoreFiles: IgnoreFiles },
  signal: AbortSignal,
): Promise<HeldCopies | null> {
  const { project, config } = crew.situation;
  if (!wantsCopies(context, crew.situation, begun.wasApart)) return null;
  const home = stateHome(context.environment);
  const { tier } = await findTier(config.sandbox.tier.value, signal);
  const folder = join(copiesFolder(home), contentHash(project).slice(0, 16));
  const copies = openCopies({
    project,
    folder,
    blobs,
    ignoreFiles: begun.ignoreFiles,
    languages: crew.capabilities.registry.languages,
    checks: config.checks?.value,
    tier,
    network: config.sandbox.network.value,
    write: config.sandbox.write.value,
    hidden: [home, configFolder(context.environment)],
    remembered: rememberedProofs(join(home, PROOFS_FILE)),
  });
  await removeLeft(copiesFolder(home));
  await Deno.mkdir(folder, { recursive: true });
  const lock = takeFolderLock(folder);
  return {
    copies,
    async close() {
      await copies.close();
      lock.release();
    },
  };
}

/** Whether attempts shall work in copies: not where those would lie in the project itself, and be copied with it. */
function wantsCopies(context: CliContext, { project, config }: Crew["situation"], wasApart: boolean): boolean {
  return (config.sandbox.copies.value || wasApart) && !liesIn(stateHome(context.environment), project);
}
