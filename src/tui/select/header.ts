import { writingSpeed } from "../../features/ledger/speeds.ts";
import { bar, type Line, lineCells, type Look, type Span, span, spread } from "../line.ts";
import type { Panel, Scene } from "../panel.ts";
import { cut, oneLine } from "../text.ts";
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

/** What is said of a thread beside its exchange. */
interface ThreadHead {
  readonly activity: ReturnType<typeof activityOf>;
  /** `qwen2.5-coder:32b@strong`; empty where nobody has a model for it. */
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
  /** Tokens per second that its model was seen to write there; null where it was not measured. */
  readonly speed: number | null;
}

/**
 * Selects what is said of a thread beside its exchange.
 *
 * @param scene the run and what streams
 * @param role whose thread
 */
function selectHead({ state, store }: Pick<Scene, "state" | "store">, role: string): ThreadHead {
  const thread = state.threads[role];
  const member = state.run.crew.find((one) => one.role === role);
  const [open] = effectsOf(state, role);
  const placed = open === undefined ? null : state.placements[open.effect.key] ?? null;
  const model = placed?.model ?? thread?.model ?? null;
  const host = placed?.host ?? thread?.host ?? null;
  const where = model === null ? wished(member?.models ?? [], store) : `${model}${host === null ? "" : `@${host}`}`;
  return {
    activity: activityOf(state, role, store.signals()),
    where: oneLine(where),
    way: placed?.way ?? thread?.way ?? "",
    from: (placed === null ? thread?.wayFrom : placed.wayFrom) ?? "",
    prompt: placed?.estimated ?? thread?.promptTokens ?? null,
    window: placed?.window ?? thread?.window ?? member?.window ?? null,
    proof: placed === null ? thread?.proof ?? null : "estimated",
    asks: thread?.asks ?? 0,
    failures: thread?.failures ?? 0,
    speed: writingSpeed(state.ledger.hosts[host ?? ""]?.[model ?? ""]),
  };
}

/** Where a thread would be asked that was not asked yet: the first of its models that a host has, never one that nobody has. */
function wished(models: readonly string[], store: Scene["store"]): string {
  for (const model of models) {
    const host = store.hosts().find((one) =>
      one.models.some(({ name }) => name === model || name === `${model}:latest`)
    );
    if (host !== undefined) return `${model}@${host.name}`;
  }
  return "";
}

function meter(head: ThreadHead, width: number, look: Look): Line {
  if (head.window === null) return [];
  if (head.prompt === null) return [span(`window ${amount(head.window)}`, "dim")];
  const [sign, word] = head.proof === null ? ["", ""] : PROOF_SIGNS[head.proof];
  const style = head.proof === "mismatch"
    ? "failed"
    : head.proof === "proven"
    ? "passed"
    : head.proof === "handled"
    ? "warned"
    : "dim";
  const counts = `${amount(head.prompt)}/${amount(head.window)} `;
  return [
    ...(width >= 44 ? [...bar(head.prompt / head.window, 8, look), span(" ")] : []),
    span(counts, head.prompt > head.window * 0.9 ? "warned" : "plain"),
    span(width >= 56 ? `${sign} ${word}` : sign, style),
  ];
}

function counters(head: ThreadHead, width: number): Line {
  const spans: Span[] = head.way === "" ? [] : [span(head.way, "dim")];
  if (head.asks > 0) spans.push(span(`${spans.length > 0 ? " · " : ""}asked ${head.asks}×`, "dim"));
  if (head.failures > 0) spans.push(span(" · ", "dim"), span(`${head.failures} failed`, "failed"));
  // Where the way comes from gives way to everything else in the row.
  const words = SOURCE_WORDS[head.from];
  const why = head.way === "" || words === undefined ? "" : `, ${words}`;
  const room = width < 48 ? width : width - METER_CELLS;
  if (why !== "" && lineCells(spans) + why.length <= room) spans.splice(1, 0, span(why, "dim"));
  return spans;
}

/** Long ways to say what a thread does, and short ones that mean the same. */
const SHORTER: readonly (readonly [RegExp, string])[] = [
  [/^waiting for (.+: down) \(.*\)$/, "$1"],
  [/^waiting for /, "awaits "],
  [/^its message waits for you$/, "message waits"],
  [/^carrying out its decision$/, "carries it out"],
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

/** Milliseconds that a thread does what it does; null where no time is shown. Clocks stand while nothing goes on. */
function sinceOf({ state, store }: Pick<Scene, "state" | "store">, { since }: ThreadHead["activity"]): number | null {
  const until = isRunning(state) ? store.now() : state.at;
  return since === null || until - since < 1000 ? null : until - since;
}

/**
 * Says what a thread does and for how long.
 *
 * @param scene the run and what streams
 * @param role whose thread
 * @param room cells; what is said is said shorter where there are less
 */
export function doingLine(scene: Scene, role: string, room: number): Line {
  const activity = activityOf(scene.state, role, scene.store.signals());
  const ms = sinceOf(scene, activity);
  return doingSpans(activity, ms === null ? "" : ` ${duration(ms)}`, room);
}

/**
 * Lays out in one row on which model a thread works, its way of calling, its failures and how full its context is.
 *
 * @param scene the run and what streams
 * @param role whose thread
 * @param width cells
 */
export function threadLine(scene: Scene, role: string, width: number): Line {
  const head = selectHead(scene, role);
  const right = meter(head, width, scene.look);
  const where: Line = head.where === "" ? [] : [span(head.where, "dim")];
  const left = [...where, span(" "), ...counters(head, width - lineCells(where))];
  return spread(width < 60 ? where : left, right, width);
}

/** Cells of a card's text that its second and third row stand in from the left. */
const INDENT = 3;

/**
 * Lays out the card of a thread: what it does and for how long; where there are rows for it, on which model it works and how fast that
 * writes, and how full its context is, with the proof of that.
 *
 * @param scene the run and what streams
 * @param panel the thread
 * @param width cells
 * @param rows 1, 2 or 3
 */
export function cardLines(scene: Scene, { key, id, role = "" }: Panel, width: number, rows: number): readonly Line[] {
  const head = selectHead(scene, role);
  const { activity } = head;
  const isFocused = id === scene.ui.focus;
  const ms = sinceOf(scene, activity);
  const time = ms === null ? [] : [span(duration(ms), "dim")];
  const name = [
    span(isFocused ? "▸" : " ", "focus"),
    span(`${key ?? " "} `, "dim"),
    span(
      cut(oneLine(role), NAME_CELLS).padEnd(NAME_CELLS + 1),
      isFocused ? "focus" : scene.shown.includes(id) ? "strong" : "plain",
    ),
  ];
  const doing = doingSpans(activity, "", width - lineCells(name) - lineCells(time) - 1);
  const first = spread([...name, ...doing], time, width);
  const indent = span(" ".repeat(INDENT));
  const speed = head.speed === null ? [] : [span(`${amount(head.speed)} tok/s`, "dim")];
  const second = head.where === "" ? [] : [spread([indent, span(head.where, "dim")], speed, width)];
  return [first, ...second, [indent, ...contextSpans(head, width - INDENT, scene.look)]].slice(
    0,
    head.where === "" ? 1 : rows,
  );
}

/** Cells of a role's name in its card. */
const NAME_CELLS = 11;

/** How full the context is, with the proof. */
function contextSpans(head: ThreadHead, width: number, look: Look): Line {
  if (head.window === null) return [];
  if (head.prompt === null) return [span(`ctx of ${amount(head.window)}`, "dim")];
  return [
    span("ctx ", "dim"),
    ...bar(head.prompt / head.window, 8, look),
    span(" "),
    ...meter(head, Math.min(width, 40), look),
  ];
}
