import type { WriteFact } from "./write_fact.ts";
import type { ToolEffect } from "./tool/tool_effect.ts";
import type { TakeBackEffect } from "./take_back/take_back_effect.ts";
import type { PrepareEffect } from "./prepare/prepare_effect.ts";
import type { CheckEffect } from "./check/check_effect.ts";
import type { Effect } from "./effect.ts";
import type { Fact } from "../features/fact.ts";
import type { FailureClass } from "../kernel/failure.ts";
import type { State } from "../features/state.ts";
import { bound, INLINE_CHARS, type Text } from "../kernel/text.ts";
import { HostFailure } from "../ports/model_host.ts";
import { type RunnableTool, ToolError } from "../ports/tool.ts";
import type { CheckReport, Workspace } from "../ports/workspace.ts";
import type { BlobStore } from "../run/journal.ts";
import { prepareTurn } from "./prepare/prepare_turn.ts";
import { undoWrites } from "../work/undo.ts";

/** The fact that closes an effect. */
export type ClosingFact = Extract<
  Fact,
  { type: "effect_finished" | "effect_failed" | "effect_refused" | "effect_cancelled" | "effect_unknown" }
>;

/** What effects are performed through. */
export interface PerformPorts {
  readonly blobs: BlobStore;
  /** The project as one effect sees it: what it writes is recorded under the effect's key. */
  readonly workspaceOf: (key: string) => Workspace;
  readonly tools: ReadonlyMap<string, RunnableTool>;
  /** Commits a fact that closes nothing. */
  readonly note: (fact: Fact) => void;
  /** Shows what an effect is doing. */
  readonly show: (key: string, status: string) => void;
  readonly now: () => number;
  /** Time that a tool has after its signal before it is left alone, ms; 15 s where absent. */
  readonly graceMs?: number;
}

/** Time that a tool has after its signal: commands end their whole group and record what they wrote. */
const GRACE_MS = 15_000;
/** Longest result of a tool that a model is shown, in characters. */
const RESULT_CHARS = 16_000;
/** Bound of a tool call that brings none of its own, ms. */
const TOOL_MS = 600_000;
/** Bound of one round of checks, ms. */
const CHECK_MS = 900_000;

/**
 * Performs an effect other than an ask. Never throws: whatever happens is exactly one closing fact.
 *
 * @param effect the effect, opened and stored
 * @param state what was so when it was opened
 * @param ports what it is performed through
 * @param signal ends it
 * @returns the closing fact
 */
export async function perform(
  effect: Exclude<Effect, { kind: "ask" }>,
  state: State,
  ports: PerformPorts,
  signal: AbortSignal,
): Promise<ClosingFact> {
  const began = ports.now();
  try {
    switch (effect.kind) {
      case "tool":
        return await runTool(effect, ports, signal, began);
      case "check":
        return await runChecks(effect, ports, signal, began);
      case "prepare":
        return await prepare(effect, state, ports, signal);
      case "take_back":
        return takeBack(effect, state, ports);
    }
  } catch (error) {
    return closingOf(effect.key, error, signal, ports.now() - began);
  }
}

/**
 * Sorts an error into the fact that closes an effect with it.
 *
 * @param key the effect
 * @param error what was thrown
 * @param signal the effect's signal: an aborted one means that somebody ended it
 * @param ms how long it took
 * @returns a closing fact
 */
export function closingOf(key: string, error: unknown, signal: AbortSignal, ms: number): ClosingFact {
  if (signal.aborted) return { type: "effect_cancelled", key, by: String(signal.reason ?? "the run"), ms };
  if (error instanceof HostFailure) {
    const partial = error.details.partial;
    return {
      type: "effect_failed",
      key,
      failure: error.failure,
      text: bound(error.message, 1200),
      ms,
      promptTokens: error.details.promptTokens ?? null,
      answerTokens: error.details.answerTokens ?? null,
      ...(partial === undefined || partial === ""
        ? {}
        : { partial: { text: bound(partial, INLINE_CHARS), chars: partial.length } }),
    };
  }
  const failure: FailureClass = "tool_error";
  const text = error instanceof Error ? error.message : String(error);
  return { type: "effect_failed", key, failure, text: bound(text, 1200), ms };
}

/**
 * Makes a text for a fact: whole where it is short, else its beginning and the hash of the whole.
 *
 * @param text any text
 * @param blobs where long texts are kept
 */
export function textOf(text: string, blobs: BlobStore): Text {
  if (text.length <= INLINE_CHARS) return { text, chars: text.length };
  return { text: text.slice(0, 400), chars: text.length, blob: blobs.putBlob(text) };
}

/** Reads the text that a fact names. */
export function readText(text: Text, blobs: BlobStore): string {
  if (text.blob === undefined) return text.text;
  const bytes = blobs.getBlob(text.blob);
  if (bytes === undefined) {
    throw new Error(`The journal lacks the text ${text.blob.slice(0, 12)} that one of its facts names; it is damaged.`);
  }
  return new TextDecoder().decode(bytes);
}

async function runTool(
  effect: ToolEffect,
  ports: PerformPorts,
  signal: AbortSignal,
  began: number,
): Promise<ClosingFact> {
  const { key, call } = effect;
  const tool = ports.tools.get(call.name);
  if (tool === undefined) return { type: "effect_refused", key, reason: `There is no tool ${call.name} any more.` };
  const args: Record<string, unknown> = { ...call.arguments };
  const asText = tool.declaration.asText;
  if (asText !== undefined && effect.text !== undefined) {
    args[asText] = readText({ text: "", chars: 0, blob: effect.text }, ports.blobs);
  }
  const checked = tool.validate(args);
  if ("faults" in checked) throw new ToolError(`${call.name}: ${checked.faults.join(" ")}`);
  ports.show(key, `running ${call.name}${typeof args.path === "string" ? ` ${args.path}` : ""}`);
  const ends = AbortSignal.any([signal, AbortSignal.timeout(TOOL_MS)]);
  const running = tool.run(checked.value, {
    workspace: ports.workspaceOf(key),
    signal: ends,
    report: (line) => ports.show(key, line),
  });
  const result = await within(running, ends, ports.graceMs ?? GRACE_MS);
  const text = textOf(bound(result.text, RESULT_CHARS), ports.blobs);
  return {
    type: "effect_finished",
    key,
    result: { kind: "tool", text, outcome: result.outcome ?? null, ms: ports.now() - began },
  };
}

/** Waits for a tool; one that does not heed its signal is left alone a while after it, so that nothing waits for it for ever. */
async function within<T>(running: Promise<T> | T, signal: AbortSignal, graceMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leave = (): void => {};
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => {
      timer = setTimeout(() => reject(signal.reason), graceMs);
    };
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([running, left]);
  } finally {
    signal.removeEventListener("abort", leave);
    clearTimeout(timer);
  }
}

async function runChecks(
  effect: CheckEffect,
  ports: PerformPorts,
  signal: AbortSignal,
  began: number,
): Promise<ClosingFact> {
  ports.show(effect.key, "executing the checks");
  const report: CheckReport = await ports.workspaceOf(effect.key).check(
    AbortSignal.any([signal, AbortSignal.timeout(CHECK_MS)]),
  );
  signal.throwIfAborted();
  return {
    type: "effect_finished",
    key: effect.key,
    result: {
      kind: "check",
      results: report.results.map((result) => ({
        ...result,
        evidence: bound(result.evidence, INLINE_CHARS),
        files: [...result.files],
      })),
      commands: [...report.commands],
      output: textOf(report.output, ports.blobs),
      ms: ports.now() - began,
      ...(report.hung ? { hung: true } : {}),
    },
  };
}

async function prepare(
  effect: PrepareEffect,
  state: State,
  ports: PerformPorts,
  signal: AbortSignal,
): Promise<ClosingFact> {
  ports.show(effect.key, "reading the files it starts with");
  const result = await prepareTurn(effect, state, ports.workspaceOf(effect.key), ports.blobs, signal);
  return { type: "effect_finished", key: effect.key, result };
}

/** Takes an attempt back, and records the way back like any other write, so that undoing the run stays exact. */
function takeBack(effect: TakeBackEffect, state: State, ports: PerformPorts): ClosingFact {
  const attempt = state.attempts.open[effect.attempt];
  if (attempt === undefined) {
    return { type: "effect_refused", key: effect.key, reason: `Attempt ${effect.attempt} is not open.` };
  }
  ports.show(effect.key, `taking back attempt ${attempt.number}`);
  const report = undoWrites(ports.workspaceOf(effect.key).root, attempt.writes, ports.blobs);
  const restored = [...report.restored, ...report.removed];
  // A program that ended right after the record takes back once more: what is recorded already happened once.
  const writes = restored.map((path) => wayBack(attempt.writes.filter((write) => write.path === path)))
    .filter((write) => state.files.byPath[write.path]?.current !== write.after);
  ports.note({ type: "command_closed", key: effect.key, writes, excepted: [] });
  return {
    type: "effect_finished",
    key: effect.key,
    result: { kind: "take_back", restored, left: report.left.map((one) => ({ ...one })) },
  };
}

function wayBack(writes: readonly WriteFact[]): WriteFact {
  const first = writes[0]!;
  const last = writes.at(-1)!;
  return {
    path: first.path,
    before: last.after,
    after: first.before,
    modeBefore: last.modeAfter,
    modeAfter: first.modeBefore,
    createdFolders: [],
  };
}
