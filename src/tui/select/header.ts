import type { Signal } from "../../ports/host_status.ts";
import type { State } from "../../features/state.ts";
import { bar, type Line, lineCells, type Look, type Span, span, spread } from "../line.ts";
import { oneLine } from "../text.ts";
import { activityOf, effectsOf, isRunning } from "./activity.ts";
import { amount, duration, SOURCE_WORDS } from "./words.ts";

const PROOF_SIGNS = {
  proven: ["✓", "exact"],
  handled: ["≤", "cut to fit"],
  estimated: ["~", "estimated"],
  mismatch: ["!", "mismatch"],
} as const;

/** Cells that the context meter takes beside the counters at most. */
const METER_CELLS = 32;

/** What stands in the head of a thread's pane. */
export interface ThreadHead {
  readonly activity: ReturnType<typeof activityOf>;
  /** `qwen2.5-coder:32b@strong`, or the first model it would ask. */
  readonly where: string;
  readonly way: string;
  /** Where the way comes from, in a word: config, record, family, audit; empty where nobody noted it. */
  readonly from: string;
  /** Tokens of the last prompt and the window. */
  readonly prompt: number | null;
  readonly window: number | null;
  readonly proof: keyof typeof PROOF_SIGNS | null;
  readonly asks: number;
  readonly failures: number;
}

/**
 * Selects the head of a thread's pane.
 *
 * @param state the run
 * @param role whose thread
 * @param signals what streams, by effect key
 */
function selectHead(state: State, role: string, signals: ReadonlyMap<string, Signal>): ThreadHead {
  const thread = state.threads[role];
  const member = state.run.crew.find((one) => one.role === role);
  const [open] = effectsOf(state, role);
  const placed = open === undefined ? null : state.placements[open.effect.key] ?? null;
  const model = placed?.model ?? thread?.model ?? null;
  const host = placed?.host ?? thread?.host ?? null;
  const where = model === null ? member?.models[0] ?? "" : `${model}${host === null ? "" : `@${host}`}`;
  return {
    activity: activityOf(state, role, signals),
    where: oneLine(where),
    way: placed?.way ?? thread?.way ?? "",
    from: (placed === null ? thread?.wayFrom : placed.wayFrom) ?? "",
    prompt: placed?.estimated ?? thread?.promptTokens ?? null,
    window: placed?.window ?? thread?.window ?? member?.window ?? null,
    proof: placed === null ? thread?.proof ?? null : "estimated",
    asks: thread?.asks ?? 0,
    failures: thread?.failures ?? 0,
  };
}

function meter(head: ThreadHead, width: number, look: Look): Line {
  if (head.window === null) return [];
  if (head.prompt === null) return [span(`window ${amount(head.window)}`, "dim")];
  const [sign, word] = head.proof === null ? ["", ""] : PROOF_SIGNS[head.proof];
  const style = head.proof === "mismatch"
    ? "bad"
    : head.proof === "proven"
    ? "good"
    : head.proof === "handled"
    ? "warn"
    : "dim";
  const counts = `${amount(head.prompt)}/${amount(head.window)} `;
  return [
    ...(width >= 44 ? [...bar(head.prompt / head.window, 8, look), span(" ")] : []),
    span(counts, head.prompt > head.window * 0.9 ? "warn" : "plain"),
    span(width >= 56 ? `${sign} ${word}` : sign, style),
  ];
}

function counters(head: ThreadHead, width: number): Line {
  const spans: Span[] = head.way === "" ? [] : [span(head.way, "dim")];
  if (head.asks > 0) spans.push(span(`${spans.length > 0 ? " · " : ""}asked ${head.asks}×`, "dim"));
  if (head.failures > 0) spans.push(span(" · ", "dim"), span(`${head.failures} failed`, "bad"));
  // Where the way comes from gives way to everything else in the row.
  const words = SOURCE_WORDS[head.from];
  const why = head.way === "" || words === undefined ? "" : `, ${words}`;
  const room = width < 48 ? width : width - METER_CELLS;
  if (why !== "" && lineCells(spans) + why.length <= room) spans.splice(1, 0, span(why, "dim"));
  return spans;
}

/** Long ways to say what a thread does, and short ones that mean the same. */
const SHORTER: readonly (readonly [RegExp, string])[] = [
  [/^waiting for /, "awaits "],
  [/^waiting until it is known how it calls$/, "awaits its probe"],
  [/^auditing what the model is shown$/, "auditing the model"],
  [/^asking whether the server counts right$/, "checking the count"],
  [/^reading the files it starts with$/, "reading files"],
  [/^idle, last turn /, "last turn "],
  [/ the /, " "],
];

/** What a thread does and for how long: said shorter where it would be cut, before the time gives way. */
function doingSpans(activity: ThreadHead["activity"], time: string, room: number): Span[] {
  const word = oneLine(activity.word);
  const short = SHORTER.reduce((text, [long, brief]) => text.replace(long, brief), word);
  const write = (text: string, after: string): Span[] => [
    span(`${activity.sign} ${text}`, activity.style),
    ...(after === "" ? [] : [span(after, "dim")]),
  ];
  const candidates = [write(word, time), write(short, time), write(short, "")];
  return candidates.find((line) => lineCells(line) <= room) ?? write(short, "");
}

/**
 * Lays out the head of a thread's pane: what it does, on which model, the way of calling, failures and the context meter.
 *
 * @param state the run
 * @param role whose thread
 * @param signals what streams, by effect key
 * @param now ms since the epoch
 * @param width cells of a row
 * @param height rows of the whole pane
 * @param look signs
 * @returns two rows, or three in a narrow pane that is high enough
 */
export function headLines(
  state: State,
  role: string,
  signals: ReadonlyMap<string, Signal>,
  now: number,
  width: number,
  height: number,
  look: Look,
): readonly Line[] {
  const head = selectHead(state, role, signals);
  const { activity } = head;
  const until = isRunning(state) ? now : state.at;
  const time = activity.since === null || until - activity.since < 1000 ? "" : ` ${duration(until - activity.since)}`;
  const beside = width >= 48 ? [span(head.where)] : meter(head, width, look);
  const taken = lineCells(beside) > width * 0.67 ? 0 : lineCells(beside) + 1;
  const doing = doingSpans(activity, time, width - taken);
  const model: Line = [span(head.where, "dim")];
  if (width >= 48) return [spread(doing, model, width), spread(counters(head, width), meter(head, width, look), width)];
  const first = spread(doing, meter(head, width, look), width);
  return height < 11 ? [first, model] : [first, model, counters(head, width)];
}
