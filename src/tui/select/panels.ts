import type { Task } from "../../features/tasks/task.ts";
import { elapsed } from "../../features/run/elapsed.ts";
import { counted } from "../../kernel/text.ts";
import type { HostStatus, MachineStatus } from "../../ports/host_status.ts";
import { isPending, type Message } from "../../features/messages/message.ts";
import type { State } from "../../features/state.ts";
import { bar, type Line, lineCells, type Look, type Span, span, spread } from "../line.ts";
import { cells, cut, neutralise, oneLine, wrap } from "../text.ts";
import { checksSentence } from "./body.ts";
import { amount, bytes, duration, MESSAGE_WORDS, type Shown, taskShown } from "./words.ts";

const HOST_WORDS: Readonly<Record<HostStatus["state"], Shown>> = {
  asking: { sign: "○", word: "asking", style: "dim" },
  up: { sign: "●", word: "up", style: "good" },
  busy: { sign: "●", word: "busy", style: "warn" },
  down: { sign: "✗", word: "down", style: "bad" },
};

const between = (parts: readonly (readonly Span[])[]): Line =>
  parts.filter((part) => part.length > 0).flatMap((part, index) => index === 0 ? part : [span(" · ", "dim"), ...part]);

function hostLines(host: HostStatus, width: number, look: Look): Line[] {
  const shown = HOST_WORDS[host.state];
  const work: Span[][] = [[
    span(
      `${host.inFlight.length}/${host.slots}${width < 40 ? "" : " in flight"}`,
      host.inFlight.length > 0 ? "accent" : "dim",
    ),
  ]];
  work.push([span(`${host.waiting.length} waiting`, host.waiting.length > 0 ? "warn" : "dim")]);
  if (host.tokensPerSecond !== null) work.push([span(`${amount(host.tokensPerSecond)} tok/s`)]);
  const name: Line = [
    span(`${shown.sign} `, shown.style),
    span(oneLine(host.name), "strong"),
    span(` ${shown.word}`, shown.style),
  ];
  if (host.state === "down") return [name, [span("  "), span(oneLine(host.reason), "bad")]];
  const lines: Line[] = [width >= 60 ? spread(name, between(work), width) : name];
  if (width < 60) lines.push([span("  "), ...between(work)]);
  for (const model of host.resident) {
    const share = model.bytes === null || model.gpuBytes === null || model.bytes === 0
      ? null
      : model.gpuBytes / model.bytes;
    const size = model.bytes === null ? "" : bytes(model.bytes);
    const place = share === null
      ? ""
      : share >= 0.995
      ? " on GPU"
      : share <= 0.005
      ? " on CPU"
      : ` ${Math.round(share * 100)}% GPU`;
    const right: Line = [
      ...(share === null || width < 36 ? [] : [...bar(share, 6, look).map(calm), span(" ")]),
      span(size + place, "dim"),
    ];
    lines.push(spread([span("  "), span(oneLine(model.name))], right, width));
  }
  if (host.resident.length === 0) lines.push([span("  no model loaded", "dim")]);
  return lines;
}

/** A bar where full is not a warning. */
function calm(piece: Span): Span {
  return piece.style === "warn" ? { ...piece, style: "accent" } : piece;
}

/**
 * Lays out the fleet: per host its state, asks in flight and waiting, speed, loaded models; then this machine.
 *
 * @param hosts what is known of the hosts
 * @param machine this machine
 * @param width cells of a row
 * @param look signs
 */
export function fleetLines(hosts: readonly HostStatus[], machine: MachineStatus, width: number, look: Look): Line[] {
  const lines = hosts.flatMap((host) => hostLines(host, width, look));
  const size = width >= 40 ? 6 : 4;
  const cpu = machine.cpu === null ? [span("cpu ?", "dim")] : [
    span("cpu ", "dim"),
    ...bar(machine.cpu, size, look),
    span(` ${Math.round(machine.cpu * 100)}%`),
  ];
  const share = machine.memoryTotal === 0 ? 0 : machine.memoryUsed / machine.memoryTotal;
  const memory = [span("  memory ", "dim"), ...bar(share, size, look), span(` ${bytes(machine.memoryUsed)}`)];
  lines.push(
    width >= 46 ? [span("this machine  ", "dim"), ...cpu, ...memory] : [span("here ", "dim"), ...cpu, ...memory],
  );
  return lines;
}

/** Cells of a task's sign and status. */
const STATUS_CELLS = 14;

/** A task's first row with what stands at its right, and the rows that its text takes below; at most so many, the last is cut. */
function taskRows(state: State, task: Task, width: number, most: number): Line[] {
  const shown = taskShown(state, task);
  const open = Object.values(state.attempts.open).filter((attempt) => attempt.task === task.id).length;
  const attempts = Math.max(state.attempts.past[task.id]?.length ?? 0, 0) + open;
  const right: Span[] = attempts === 0
    ? []
    : [span(width >= 56 ? counted(attempts, "attempt") : `try ${attempts}`, attempts > 1 ? "warn" : "dim")];
  const why = task.reason !== "" && (task.status === "parked" || task.status === "dropped") ? ` (${task.reason})` : "";
  const text = oneLine(`${task.kind === "issue" ? "issue: " : ""}${task.description}${why}`);
  const style: Span["style"] = task.status === "done" || task.status === "dropped" ? "dim" : "plain";
  const beside = width - STATUS_CELLS - (right.length === 0 ? 0 : lineCells(right) + 1);
  const first = most === 1 ? text : wrap(text, beside)[0] ?? "";
  const indent = width >= 56 ? STATUS_CELLS : 2;
  const rest = text.slice(first.length).trimStart();
  const below = rest === "" ? [] : wrap(rest, width - indent);
  const kept = below.length < most ? below : [...below.slice(0, most - 2), below.slice(most - 2).join(" ")];
  const status = span(`${shown.sign} ${shown.word.padEnd(STATUS_CELLS - 2)}`, shown.style);
  return [
    spread([status, span(first, style)], right, width),
    ...kept.map((row): Line => [span(" ".repeat(indent)), span(row, style)]),
  ];
}

/**
 * Lays out the tasks: status, attempts, description.
 *
 * @param state the run
 * @param width cells of a row
 * @param height rows to be used: each task has one, the earlier ones take what is left; infinite for all of every task
 */
export function taskLines(state: State, width: number, height: number): Line[] {
  if (state.tasks.list.length === 0) return [[span(state.run.info === null ? "" : "No tasks yet.", "dim")]];
  let left = Math.max(0, height - state.tasks.list.length);
  return state.tasks.list.flatMap((task) => {
    const rows = taskRows(state, task, width, 1 + left);
    left -= rows.length - 1;
    return rows;
  });
}

/** Messages in the order the panel shows them: those that can be acted on or are being read, then the newest others. */
export function listedMessages(state: State): readonly Message[] {
  const live = state.messages.list.filter((message) => isPending(message) || message.status === "in_prompt");
  const over = state.messages.list.filter((message) => !isPending(message) && message.status !== "in_prompt");
  return [...live, ...over.reverse()];
}

/** What was done to a message on its way, and by whom; the empty text for nothing. */
function changesOf(message: Message): string {
  if (message.changedBy === null) return "";
  const done = [
    ...(message.original === null ? [] : ["edited"]),
    ...(message.originalTo === null ? [] : ["redirected"]),
  ];
  return `${done.length === 0 ? "changed" : done.join(" and ")} by ${
    message.changedBy === "person" ? "you" : message.changedBy
  }`;
}

/**
 * Lays out the messages: status, way, text.
 *
 * @param state the run
 * @param width cells of a row
 * @param selected id of the selected message; null for none
 */
export function messageLines(state: State, width: number, selected: string | null): Line[] {
  const holds = state.messages.holds.filter((hold) => hold.scope !== "message").map((hold): Line => [
    span("‖ ", "warn"),
    span(hold.scope === "all" ? "all messages are held" : `all ${hold.scope} ${hold.of} are held`, "warn"),
  ]);
  const lines = listedMessages(state).map((message): Line => {
    const shown = MESSAGE_WORDS[message.status];
    const changes = changesOf(message);
    // In a narrow row the words would leave no room for the text; the whole message under the list says them.
    const changed = changes === "" ? "" : width < 60 ? "*" : ` (${changes})`;
    const quiet = shown.style === "dim" ? "dim" : "plain";
    const here = message.id === selected;
    const text = oneLine(message.text);
    const head = `${shown.sign}${here ? ">" : " "}${shown.word.padEnd(10)}`;
    const way = `${message.from}→${message.to}${changed} `;
    if (here) {
      const row = cut(head + way + text, width);
      return [span(row + " ".repeat(width - cells(row)), "mark")];
    }
    return [span(head, shown.style), span(way, quiet === "dim" ? "dim" : "strong"), span(text, quiet)];
  });
  return lines.length + holds.length === 0 ? [[span("No messages yet.", "dim")]] : [...holds, ...lines];
}

/**
 * Lays out the whole text of a message, under the list.
 *
 * @param message the selected message
 * @param width cells of a row
 * @param most most rows
 */
export function messageDetail(message: Message, width: number, most: number): Line[] {
  const rows = wrap(neutralise(message.text).trim(), width);
  const shown = rows.slice(0, rows.length > most ? most - 1 : most).map((row): Line => [span(row)]);
  if (rows.length > most) shown.push([span(`… ${rows.length - most + 1} more lines`, "dim")]);
  const changes = changesOf(message);
  const from = message.originalTo === null ? "" : `, it was to ${message.originalTo}`;
  const about = `${message.kind} ${message.from}→${message.to}${changes === "" ? "" : `, ${changes}`}${from}`;
  return [[span(about, "dim")], ...shown];
}

function budgetLine(name: string, used: string, share: number | null, of: string, width: number, look: Look): Line {
  const right: Span[] = [span(used), span(of === "" ? "" : `/${of}`, "dim")];
  return spread(
    [span(name.padEnd(8), "dim"), ...(share === null ? [] : bar(share, Math.max(4, width - 28), look))],
    right,
    width,
  );
}

/**
 * Lays out the run's budget, its checks and its newest failure.
 *
 * @param state the run
 * @param now ms since the epoch
 * @param width cells of a row
 * @param look signs
 */
export function runLines(state: State, now: number, width: number, look: Look): Line[] {
  const { limits } = state.spending;
  if (limits === null) return [];
  const tokens = state.spending.run.tokens + state.spending.run.reserved;
  const time = elapsed(state, now);
  const lines: Line[] = [
    budgetLine(
      "tokens",
      amount(tokens),
      share(tokens, limits.tokens),
      limits.tokens === null ? "" : amount(limits.tokens),
      width,
      look,
    ),
    budgetLine(
      "turns",
      String(state.spending.run.turns),
      share(state.spending.run.turns, limits.turns),
      limits.turns === null ? "" : String(limits.turns),
      width,
      look,
    ),
    budgetLine(
      "time",
      duration(time),
      share(time, limits.wallMs),
      limits.wallMs === null ? "" : duration(limits.wallMs),
      width,
      look,
    ),
  ];
  lines.push(checksLine(state));
  const failure = state.failures.at(-1);
  if (failure !== undefined) {
    lines.push([
      span("failure ", "dim"),
      span(`${oneLine(failure.where)}: ${failure.failure.replaceAll("_", " ")}: `, "bad"),
      span(oneLine(failure.text)),
    ]);
  }
  return lines;
}

/** The newest check results in one line. */
export function checksLine(state: State): Line {
  const { latest, stale, commands } = state.checks;
  if (latest === null) {
    return [span("checks  ", "dim"), span(commands.length === 0 ? "not run yet" : commands.join(", "), "dim")];
  }
  const good = latest.every((result) => result.passed);
  const signed = good ? span("✓ ", "good") : span("✗ ", "bad");
  return [
    span("checks  ", "dim"),
    signed,
    span(oneLine(checksSentence(latest, 3))),
    span(stale ? " (files changed since)" : "", "dim"),
  ];
}

function share(used: number, limit: number | null): number | null {
  return limit === null || limit === 0 ? null : used / limit;
}
