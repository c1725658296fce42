import type { ToolContext } from "../../ports/tool.ts";
import { quoteWords } from "../../features/words_of.ts";
import { visible } from "../../kernel/visible.ts";
import { differenceOf } from "../difference.ts";
import type { World } from "../effect_kind.ts";
import type { CheckedCall } from "../tool/checked_call.ts";
import { within } from "../tool/within.ts";
import { TrialOver, TrialWorkspace, type Wanted } from "./trial_workspace.ts";

/** Lines around each change. */
const CONTEXT = 3;
/** Time that a trial has, and after its signal, ms: a tool reads some files for it. */
const TRIAL_MS = 60_000;
const GRACE_MS = 5_000;

/**
 * Says what a tool call would do, without doing it.
 *
 * @returns of a tool that acts through its workspace alone the differences and the command, of others the arguments; no character is left
 *   out, and what has no shape of its own is made visible
 * @throws {ToolError} where it could not be carried out
 */
export async function wouldDo({ tool, args, value }: CheckedCall, world: World, signal: AbortSignal): Promise<string> {
  const wanted = tool.traits?.byWorkspace === true
    ? await tried((workspace, ends) => tool.run(value, contextOf(tool, world, workspace, ends)), world, signal)
    : [];
  return wanted.length === 0 ? argumentsText(args) : wanted.map(wantedText).join("\n");
}

function contextOf(
  { settings = {} }: CheckedCall["tool"],
  { registry }: World,
  workspace: TrialWorkspace,
  signal: AbortSignal,
): ToolContext {
  return { workspace, languages: registry.languages, settings, signal, report: () => {} };
}

/** Runs a tool in a workspace that changes nothing; a tool that fails there fails as it would have. */
async function tried(
  run: (workspace: TrialWorkspace, signal: AbortSignal) => Promise<unknown>,
  world: World,
  signal: AbortSignal,
): Promise<readonly Wanted[]> {
  const workspace = new TrialWorkspace(world.workspace);
  const ends = AbortSignal.any([signal, AbortSignal.timeout(TRIAL_MS)]);
  try {
    await within(run(workspace, ends), ends, GRACE_MS);
  } catch (error) {
    if (!(error instanceof TrialOver)) throw error;
  }
  return workspace.wanted;
}

function wantedText(wanted: Wanted): string {
  switch (wanted.does) {
    case "write": {
      const { path, before, after } = wanted;
      const what = after === null ? "deletes" : before === null ? "creates" : "changes";
      if (before === after) return `${what} ${visible(path)}: nothing in it becomes another`;
      return `${what} ${visible(path)}\n${
        visible(differenceOf(path, before ?? "", after ?? "", CONTEXT)).replace(/\n$/, "")
      }`;
    }
    case "run":
      return [
        `runs     ${quoteWords(wanted.command)}`,
        `in       ${visible(wanted.folder)}`,
        `at most  ${wanted.timeoutMs / 1_000} s`,
      ].join("\n");
    case "check":
      return "runs the project's checks";
  }
}

/** A call by its arguments, where it cannot be tried: each whole, a text with its line breaks. */
function argumentsText(args: Readonly<Record<string, unknown>>): string {
  return Object.entries(args).map(([name, value]) => {
    const text = visible(typeof value === "string" ? value : JSON.stringify(value, null, 2) ?? "");
    return text.includes("\n") ? `${name}:\n${text.replaceAll(/^/gm, "  ")}` : `${name}: ${text}`;
  }).join("\n");
}
