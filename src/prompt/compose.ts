import type { ToolDeclaration, Way } from "../kernel/call.ts";
import type { AskEffect } from "../effects/effect.ts";
import { composeInterpretation } from "../asks/interpret.ts";
import { variantOf } from "../features/threads/model_size.ts";
import type { Registry } from "../features/registry.ts";
import { type RepairForm, repairForm } from "../strategies/repair.ts";
import type { State, Turn } from "../features/state.ts";
import { askForText } from "./ask_for_text.ts";
import { arbiterBrief } from "./arbiter_brief.ts";
import { complexityOf, decisionComplexity } from "./complexity.ts";
import { shownDeclarations } from "./declared.ts";
import { exampleReply } from "./example.ts";
import { fitExchange } from "./exchange.ts";
import { MARGIN, type Meter, meterOf } from "./meter.ts";
import { type Prompt, type PromptFrame, type PromptMessage, type SectionCost } from "./prompt.ts";
import { promptText } from "./prompt_text.ts";
import { repairBrief } from "./repair_brief.ts";
import { offeredTools } from "./offered_tools.ts";
import { reminderOf, textReminderOf } from "./reminder.ts";
import { fitSections, piecesOf, type Section } from "./section.ts";
import { composeSummary } from "../asks/summary_prompt.ts";
import { turnBrief } from "./turn_brief.ts";

/** Share of the room that the head of a turn may take: the exchange needs the rest. */
const HEAD = 0.75;
/**
 * What JSON, logs and results may cost more than a foreign tokenizer counts (measured with o200k against Qwen2.5: JSON 7 %, logs
 * 21 %), where the server's own counts have not calibrated it yet, and where they have.
 */
const DATA_MARGIN = { uncalibrated: 0.25, calibrated: 0.08 };

/**
 * Composes the prompt of an ask from the state: pinned system and task, then the exchange, append-only while it fits. What does not
 * fit gives way by its priority, and that is said in its place.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param ask the ask
 * @param frame way, window and calibration of where it was placed
 * @returns the prompt
 */
export function compose(state: State, registry: Registry, ask: AskEffect, frame: PromptFrame): Prompt {
  if (ask.purpose === "interpret") return composeInterpretation(state, registry, ask, frame);
  if (ask.purpose === "summarise") return composeSummary(state, registry, ask, frame);
  const turn = ask.turn === null ? null : state.turns[ask.turn] ?? null;
  const variant = variantOf(frame.billions ?? null);
  const complexity = turn === null ? decisionComplexity(state) : complexityOf(state, turn);
  const meter = meterOf(frame);
  const { declared, legal } = offeredTools(state, registry, ask, turn, variant);
  const known = knownValues(state, turn);

  // A small model is asked for the text of a repair by itself: declarations and calls before it make it copy what it saw.
  const form = turn === null || ask.purpose !== "text" ? null : repairForm(state, registry, turn);
  const system = form === null
    ? systemSections(state, registry, ask, turn, declared, frame, variant, known)
    : [{ name: "role", priority: 0, pieces: [promptText(state, registry, "repair.md", ask.role, variant)] }];
  const illegal = declared.filter((tool) => !legal.some((one) => one.name === tool.name)).map((tool) => tool.name);
  const brief = turn === null
    ? arbiterBrief(state, registry, ask, illegal, frame.way)
    : form !== null
    ? repairBrief(state, turn, form, meter)
    : turnBrief(state, turn, complexity);
  const tail = tailMessages(state, registry, ask, turn, { declared, legal }, frame.way, known, form);

  // Natively, the tools that are legal now travel beside the messages, and none with an ask for text.
  const native = frame.way === "native" && legal.length > 0 ? meter.pieces([JSON.stringify(legal)]) : 0;
  const data = meter.pieces(system.filter(({ name }) => name === "tools").flatMap(({ pieces }) => pieces)) + native;
  const share = frame.ratio === 1 ? DATA_MARGIN.uncalibrated : DATA_MARGIN.calibrated;
  const room = Math.min(frame.window - ask.answerLimit - MARGIN - Math.ceil(data * share), frame.most ?? Infinity);
  const fixed = meter.messages([messageOf("system", system), ...tail]) + native;
  const entries = form === null ? turn?.exchange ?? [] : [];
  const headRoom = room - fixed;
  const wished = turn === null ? headRoom : Math.min(headRoom, Math.floor(room * HEAD) - fixed);
  let head = fitSections(brief, wished, meter);
  const summary = form === null ? turn?.summary ?? null : null;
  let exchange = fitExchange(entries, frame.way, headRoom - costOf(head.sections, meter), meter, summary);
  const over = costOf(head.sections, meter) + meter.messages(exchange.messages) - headRoom;
  if (over > 0) {
    head = fitSections(brief, costOf(head.sections, meter) - over, meter);
    exchange = fitExchange(entries, frame.way, headRoom - costOf(head.sections, meter), meter, summary);
  }

  const messages = merge(
    [messageOf("system", system), messageOf("user", head.sections), ...exchange.messages, ...tail],
    frame.way,
  );
  const estimate = estimateOf({ messages, legal }, frame.way, meter);
  return {
    messages,
    declared,
    legal,
    estimate,
    leftOut: [...head.leftOut, ...exchange.leftOut],
    compacted: exchange.compacted,
    overflow: estimate > room,
    sections: [
      ...costs(system, meter),
      ...(native === 0 ? [] : [{ name: "tools", tokens: native, priority: 0, cut: false }]),
      ...head.costs,
      ...(entries.length === 0 ? [] : [{
        name: "exchange",
        tokens: meter.messages(exchange.messages),
        priority: 9,
        cut: exchange.leftOut.length > 0,
      }]),
      ...tail.map((message) => ({ name: "last words", tokens: meter.messages([message]), priority: 0, cut: false })),
    ],
    complexity,
    variant,
  };
}

/**
 * Estimates the tokens of a prompt that is composed.
 *
 * @param prompt its messages, and the tools that travel beside them natively
 * @param way way of calling
 * @param meter what texts cost
 * @returns tokens
 */
export function estimateOf(prompt: Pick<Prompt, "messages" | "legal">, way: Way, meter: Meter): number {
  const native = way === "native" && prompt.legal.length > 0 ? meter.pieces([JSON.stringify(prompt.legal)]) : 0;
  return meter.messages(prompt.messages) + native;
}

function messageOf(role: "system" | "user", sections: readonly Section[]): PromptMessage {
  return { role, pieces: piecesOf(sections) };
}

function costOf(sections: readonly Section[], meter: Meter): number {
  return meter.messages([messageOf("user", sections)]);
}

function costs(sections: readonly Section[], meter: Meter): SectionCost[] {
  return sections.map(({ name, priority, pieces }) => ({ name, priority, tokens: meter.pieces(pieces), cut: false }));
}

/** Role, rules of the turn, tools and an example: pinned, and the same for all asks of a turn. */
function systemSections(
  state: State,
  registry: Registry,
  ask: AskEffect,
  turn: Turn | null,
  declared: readonly ToolDeclaration[],
  frame: PromptFrame,
  variant: "small" | "large",
  known: Readonly<Record<string, unknown>>,
): Section[] {
  const textOf = (file: string) => promptText(state, registry, file, ask.role, variant);
  const sections: Section[] = [
    { name: "role", priority: 0, pieces: [textOf(registry.roles[ask.role]?.prompt ?? "")] },
    { name: "rules of the turn", priority: 0, pieces: [turn === null ? "" : textOf(`${turn.purpose}.md`)] },
  ];
  if (frame.way !== "native" && declared.length > 0) {
    sections.push({ name: "tools", priority: 0, pieces: [frame.declare(shownDeclarations(declared), frame.way)] });
    const tool = variant === "small" ? exampleTool(turn, declared) : null;
    if (tool !== null) {
      sections.push({
        name: "example",
        priority: 0,
        pieces: [`For example: ${exampleReply(tool, frame.way, known)}`],
      });
    }
  }
  return sections.filter(({ pieces }) => pieces.some((piece) => piece !== ""));
}

/** The tool that a turn of this kind ends up with most often. Verdicts get no example: it would be one. */
function exampleTool(turn: Turn | null, declared: readonly ToolDeclaration[]): ToolDeclaration | null {
  const names = turn === null ? ["continue_current_phase"] : {
    plan: ["create_task_plan"],
    work: ["rewrite_function", "rewrite_file", "edit_file", "create_file"],
    document: [],
    consult: ["answer"],
    reply: ["answer"],
    review: [],
  }[turn.purpose];
  for (const name of names) {
    const tool = declared.find((one) => one.name === name);
    if (tool !== undefined) return tool;
  }
  return null;
}

/** Values for examples: the file that the turn is about, and its function where it has only one. Small models copy what they see. */
function knownValues(state: State, turn: Turn | null): Readonly<Record<string, unknown>> {
  if (turn === null) return {};
  const task = turn.attempt === null ? undefined : state.tasks.find((one) => one.id === state.attempt?.task);
  const path = task?.target ?? turn.prepared?.texts[0]?.path;
  if (path === undefined) return {};
  const functions = turn.prepared?.definitions?.[path] ?? [];
  return { path, ...(functions.length === 1 ? { function: functions[0] } : {}) };
}

/** What changes from ask to ask stands at the end, so that the prefix cache holds up to it. */
function tailMessages(
  state: State,
  registry: Registry,
  ask: AskEffect,
  turn: Turn | null,
  { declared, legal }: { readonly declared: readonly ToolDeclaration[]; readonly legal: readonly ToolDeclaration[] },
  way: Way,
  known: Readonly<Record<string, unknown>>,
  form: RepairForm | null,
): PromptMessage[] {
  if (ask.purpose === "text") {
    if (turn === null) return [];
    const again = textReminderOf(state, ask.role);
    const message = askForText(state, registry, turn, form);
    return [again === null ? message : { ...message, pieces: [`${again}\n`, ...message.pieces] }];
  }
  const reminder = reminderOf(state, ask.role, legal, way, known);
  const words = reminder === null ? [] : [reminder];
  // Where no schema says it, the words have to: what is declared and not legal now.
  if (turn !== null && way === "prompted" && legal.length < declared.length) {
    words.push(`Go on with exactly one of: ${legal.map((tool) => tool.name).join(", ")}.`);
  }
  return words.length === 0 ? [] : [{ role: "user", pieces: [words.join("\n")] }];
}

/** Many templates want roles by turns: neighbours of one role become one message, outside the native way. */
function merge(messages: readonly PromptMessage[], way: Way): PromptMessage[] {
  if (way === "native") return [...messages];
  const merged: PromptMessage[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (last !== undefined && last.role === message.role) {
      merged[merged.length - 1] = { ...last, pieces: [...last.pieces, "\n\n", ...message.pieces] };
    } else merged.push(message);
  }
  return merged;
}
