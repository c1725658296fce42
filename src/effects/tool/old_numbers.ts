import type { Turn } from "../../features/turns/slice.ts";
import { madeCalls } from "../../features/turns/made_calls.ts";
import type { Call } from "../../kernel/call.ts";
import { say } from "../../sentences/say.ts";
import type { World } from "../effect_kind.ts";
import { readText } from "../stored_text.ts";
import { plainPath } from "./named_secrets.ts";

/** A line with its number, as tools show lines. */
const NUMBERED = /^\s{0,9}(\d{1,7})\| ?(.*)$/;
/** What tools write above lines without numbers: which lines they are. */
const HEAD = /^.{1,500}?(?:, lines (\d{1,7}) to \d{1,7} of \d{1,7}| \(\d{1,7} lines\)):$/;
/** Signs of a line that are compared: longer ones are shown cut. */
const COMPARED = 200;

/** What a turn knows of the lines of a file. */
interface Seen {
  /** Line by its number, as it was shown last. */
  readonly lines: Map<number, string>;
  /** Whether the turn itself wrote the file. */
  written: boolean;
}

/**
 * Says why a call that goes by line numbers must not be carried out: what stands at its lines is not what the turn saw under these
 * numbers.
 *
 * @param turn the turn of the call
 * @param call its path, `from_line` and `to_line`
 * @param text what the file holds now
 * @returns a sentence that says where the lines are now; null where the numbers are right, or nobody can tell
 */
export function oldNumbers(
  world: Pick<World, "registry" | "tools" | "blobs">,
  turn: Turn,
  { arguments: { path, from_line: from, to_line: to } }: Call,
  text: string,
): string | null {
  if (typeof path !== "string" || typeof from !== "number" || typeof to !== "number") return null;
  const now = text.split("\n").map(compared);
  const { lines, written } = seenOf(world, turn, plainPath(path));
  const wanted = Array.from({ length: Math.max(0, Math.min(to, now.length) - from + 1) }, (_, index) => from + index);
  const known = wanted.filter((number) => lines.has(number));
  const beside = [from - 1, ...wanted, to + 1].filter((number) => lines.has(number));
  const right = beside.every((number) => lines.get(number) === now[number - 1]);
  if (right && (known.length > 0 || !written)) return null;
  const moved = known.length < wanted.length ? null : placeOf(wanted.map((number) => lines.get(number) ?? ""), now);
  const { registry } = world;
  const said = { path, from, to };
  return moved === null
    ? say(registry, "calls.old_numbers", said)
    : say(registry, "calls.moved_lines", { ...said, first: moved, last: moved + wanted.length - 1 });
}

function seenOf({ tools, blobs }: Pick<World, "tools" | "blobs">, turn: Turn, path: string): Seen {
  const seen: Seen = { lines: new Map(), written: false };
  const show = (first: number, shown: readonly string[]) =>
    shown.forEach((line, index) => seen.lines.set(first + index, compared(line)));
  for (const part of turn.prepared?.texts ?? []) {
    if (part.path === path) show(part.from, readText(part.text, blobs).split("\n").slice(0, part.to - part.from + 1));
  }
  for (const { call, result } of madeCalls(turn.exchange)) {
    if (typeof call.arguments.path !== "string" || plainPath(call.arguments.path) !== path || !result.ok) continue;
    if (tools.get(call.name)?.access === "writes") seen.written = true;
    const [head = "", ...rest] = readText(result.text, blobs).split("\n");
    const numbered = rest.flatMap((line) => {
      const found = NUMBERED.exec(line);
      return found === null ? [] : [{ number: Number(found[1]), text: found[2] ?? "" }];
    });
    const first = HEAD.exec(head);
    if (numbered.length > 0) { for (const { number, text } of numbered) show(number, [text]); }
    else if (first !== null) show(Number(first[1] ?? 1), rest.filter((line) => !/^\(Lines \d/.test(line)));
  }
  return seen;
}

/** Where lines stand now, counted from 1; null where they do not, or more than once. */
function placeOf(lines: readonly string[], now: readonly string[]): number | null {
  if (lines.length === 0 || lines.every((line) => line.trim() === "")) return null;
  const starts = now.flatMap((line, at) =>
    line === lines[0] && lines.every((one, offset) => now[at + offset] === one) ? [at + 1] : []
  );
  return starts.length === 1 ? starts[0] ?? null : null;
}

/** A line as far as it is compared: what a tool shows of it. */
function compared(line: string): string {
  return line.replace(/\r$/, "").slice(0, COMPARED);
}
