import type { Fact } from "../features/fact.ts";
import { missingProject } from "../work/missing_project.ts";
import type { Crew } from "./crew.ts";

/**
 * Looks whether a run begins in a folder that holds no project yet.
 *
 * @param crew who works, and where
 * @param signal ends the look
 * @returns the fact that says so; nothing where there is a project, or checks are configured
 */
export async function missingIn({ situation, capabilities }: Crew, signal: AbortSignal): Promise<readonly Fact[]> {
  if (situation.config.checks !== null) return [];
  const missing = await missingProject(situation.project, capabilities.registry.languages, signal);
  return missing === null ? [] : [{ type: "project_missing", ...missing }];
}
