import type { PromptFile, Registry } from "./registry.ts";

/**
 * Finds the system prompt of a role: the one that its plugin brings, else its file in `prompts/`.
 *
 * @returns the prompt; null where there is no such role or file
 */
export function promptOfRole({ roles, prompts }: Pick<Registry, "roles" | "prompts">, role: string): PromptFile | null {
  const known = roles[role];
  return known?.ownPrompt ?? prompts[known?.prompt ?? ""] ?? null;
}
