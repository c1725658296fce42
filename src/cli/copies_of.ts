import { join } from "node:path";
import type { Fact } from "../features/fact.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import { PROOFS_FILE, rememberedProofs } from "../run/proofs.ts";
import { contentHash } from "../work/content_hash.ts";
import type { IgnoreFiles } from "../work/ignore_rules.ts";
import { findTier } from "../work/sandbox/tier.ts";
import { type Copies, openCopies } from "../work/workspaces/copies.ts";
import type { CliContext } from "./context.ts";
import type { Crew } from "./crew.ts";
import { configFolder, stateHome } from "./places.ts";

/** Folder of the state folder that holds copies of projects while runs are at work on them. */
const FOLDER = "workspaces";

/**
 * The sandbox of this machine, as a run notes it; nothing where the configuration wants no copies.
 *
 * @param wasApart whether the run was offered copies before: what an attempt wrote in one stands nowhere else, so it goes on with them
 */
export async function offered({ situation }: Crew, wasApart: boolean, signal: AbortSignal): Promise<readonly Fact[]> {
  const { tier, network, copies } = situation.config.sandbox;
  if (!copies.value && !wasApart) return [];
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
): Promise<Copies | null> {
  const { project, config } = crew.situation;
  if (!config.sandbox.copies.value && !begun.wasApart) return null;
  const home = stateHome(context.environment);
  const { tier } = await findTier(config.sandbox.tier.value, signal);
  const copies = openCopies({
    project,
    folder: join(home, FOLDER, contentHash(project).slice(0, 16)),
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
  await copies.close();
  return copies;
}
