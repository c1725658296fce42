import { quoteWords } from "../../features/words_of.ts";
import { visible } from "../../kernel/visible.ts";
import { ToolError } from "../../ports/tool.ts";
import { say } from "../../sentences/say.ts";
import { differenceOf } from "../difference.ts";
import { type EffectKind, Refusal, type World } from "../effect_kind.ts";
import { isOfClosedTurn } from "../of_closed_turn.ts";
import { readText, textOf } from "../stored_text.ts";
import { within } from "../tool/within.ts";
import { PreviewEffect, PreviewResult } from "./preview_effect.ts";
import { TrialOver, TrialWorkspace, type Wanted } from "./trial_workspace.ts";

/** Lines around each change. */
const CONTEXT = 3;
/** Time that a trial has, and after its signal, ms: a tool reads some files for it. */
const TRIAL_MS = 60_000;
const GRACE_MS = 5_000;

/** Finds out what a tool call would do, for the person who is asked whether it may. Nothing is done. */
export const preview: EffectKind<PreviewEffect, PreviewResult> = {
  schema: PreviewEffect,
  result: PreviewResult,
  orphan: isOfClosedTurn,
  says: ({ call: { name } }) => `looking what ${name} would do`,
  tell: {
    started: ["key", "turn"],
    finished: ({ shows }: PreviewResult) => ({ shows: shows.text, cut: shows.blob !== undefined }),
  },
  async perform({ call, text }, world, signal) {
    const tool = world.tools.get(call.name);
    if (tool === undefined) throw new Refusal(say(world.registry, "calls.gone", { tool: call.name }));
    const args: Record<string, unknown> = { ...call.arguments };
    const { asText } = tool.declaration;
    if (asText !== undefined && text !== undefined) {
      args[asText] = readText({ text: "", chars: 0, blob: text }, world.blobs);
    }
    const checked = tool.validate(args, world.registry);
    if ("faults" in checked) {
      throw new ToolError(say(world.registry, "calls.wrong", { tool: call.name, faults: checked.faults.join(" ") }));
    }
    const wanted = tool.traits?.byWorkspace === true
      ? await tried((workspace, ends) => tool.run(checked.value, contextOf(world, workspace, ends)), world, signal)
      : [];
    const shows = wanted.length === 0 ? argumentsText(args) : wanted.map(wantedText).join("\n");
    return { kind: "preview", shows: textOf(shows, world.blobs) };
  },
};

function contextOf({ registry }: World, workspace: TrialWorkspace, signal: AbortSignal) {
  return { workspace, languages: registry.languages, signal, report: () => {} };
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
      return `${what} ${visible(path)}\n${visible(differenceOf(path, before ?? "", after ?? "", CONTEXT)).trimEnd()}`;
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
