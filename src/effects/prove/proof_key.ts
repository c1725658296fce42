import type { World } from "../effect_kind.ts";
import { contentHash } from "../../work/content_hash.ts";

/** Files that say which versions of what a project uses. */
const LOCKS =
  /(^|\/)(?:[^/]*\.lock|[^/]*lock\.(?:json|yaml)|go\.(?:mod|sum|work)|requirements[^/]*\.txt|package\.json|pyproject\.toml|setup\.(?:py|cfg))$/i;

/**
 * Names what decides whether a copy of a project will do: the project, what its checks load by themselves, what it uses, and the sandbox.
 */
export async function proofKey({ state, project }: World, signal: AbortSignal): Promise<string> {
  const loaded = Object.values(state.protection.files ?? {}).filter(({ as }) => as === "loaded");
  const locks = [...await project.hashes(signal)].filter(([path]) => LOCKS.test(path));
  return contentHash(JSON.stringify([
    project.root,
    state.workspaces.offered,
    state.checks.commands,
    loaded.map(({ path, hash }) => `${path} ${hash}`).sort(),
    locks.map(([path, hash]) => `${path} ${hash}`).sort(),
  ]));
}
