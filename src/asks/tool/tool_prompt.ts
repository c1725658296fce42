import type { AskEffect } from "../../effects/ask/ask_effect.ts";
import type { Registry } from "../../features/registry.ts";
import type { State } from "../../features/state.ts";
import type { ToolAsk } from "../../features/tool_ask.ts";
import type { ToolDeclaration } from "../../kernel/call.ts";
import { shownDeclarations } from "../../prompt/declared.ts";
import { layOut } from "../../prompt/lay_out.ts";
import { meterOf } from "../../prompt/meter.ts";
import type { Prompt, PromptFrame } from "../../prompt/prompt.ts";
import { variantOf } from "../../prompt/variant_of.ts";
import { fill } from "../../sentences/fill.ts";
import { say } from "../../sentences/say.ts";
import { turnOf } from "../work/work.ts";

/** Name of the one call that holds the fields of an answer. */
const GIVE_ANSWER = "give_answer";
/** Characters of what stands around the question. */
const AROUND = 900;

/** What a model is asked by a call of a tool: the tool's words with the arguments in them, and nothing of the run. */
export function toolPrompt(state: State, registry: Registry, ask: AskEffect, frame: PromptFrame): Prompt {
  const { answers } = asksOf(registry, ask);
  const declared: ToolDeclaration[] = answers === null
    ? []
    : [{ name: GIVE_ANSWER, describes: say(registry, "calls.give_answer"), parameters: answers }];
  const shown = frame.way === "native" || declared.length === 0
    ? ""
    : frame.declare(shownDeclarations(declared), frame.way, registry);
  return layOut(ask, registry, frame, meterOf(frame), {
    system: [
      { name: "role", priority: 0, pieces: [say(registry, "calls.asked_once")] },
      ...(shown === "" ? [] : [{ name: "tools", priority: 0, pieces: [shown] }]),
    ],
    brief: [{ name: "question", priority: 0, pieces: [questionOf(state, registry, ask)] }],
    exchange: null,
    summary: null,
    tail: [],
    declared,
    legal: declared,
    complexity: 1,
    variant: variantOf(frame.billions ?? null),
  });
}

/** Characters of that prompt. */
export function charsOfToolPrompt(state: State, registry: Registry, ask: AskEffect): number {
  const { answers } = asksOf(registry, ask);
  return AROUND + questionOf(state, registry, ask).length + (answers === null ? 0 : JSON.stringify(answers).length);
}

/** The one model that is asked; null where it is whichever plays a role. */
export function modelsOfTool(_state: State, registry: Registry, { tool }: AskEffect): readonly string[] | null {
  const model = registry.tools[tool ?? ""]?.asks?.model ?? null;
  return model === null ? null : [model];
}

/** A call that has no budget left is refused; the turn goes on without it. */
export function refusesCall(
  _state: State,
  _registry: Registry,
  { turn, tool = "" }: AskEffect,
  { text }: { readonly text: string },
) {
  return turn === null ? [] : [{ type: "call_refused" as const, turn, name: tool, reason: text }];
}

function asksOf(registry: Registry, { tool, key }: AskEffect): ToolAsk {
  const asks = registry.tools[tool ?? ""]?.asks;
  if (asks === undefined) throw new Error(`${key} asks for the tool ${tool}, which asks no model any more.`);
  return asks;
}

function questionOf(state: State, registry: Registry, ask: AskEffect): string {
  const args = turnOf(state, ask).calls[0]?.arguments ?? {};
  const values = Object.entries(args).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  // What was left out stands for nothing.
  return fill(asksOf(registry, ask).prompt, Object.fromEntries(values)).replaceAll(/\{\{\s*\w+\s*\}\}/g, "").trim();
}
