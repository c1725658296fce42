import { NO_WRITING, type Writing } from "../features/files/slice.ts";
import type { Effect } from "../effects/effect.ts";
import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { Fact } from "../features/fact.ts";
import type { State } from "../features/state.ts";
import { settleOpenWrite } from "../work/undo.ts";
import type { WriteRecord } from "../work/write_record.ts";

/** What settling needs of the disk. */
export interface SettlePorts {
  /** Absolute real path of the project. */
  readonly root: string;
  /** Finds what an open command had changed. */
  readonly settleCommand: (words: readonly string[], snapshot: string) => Promise<readonly WriteRecord[]>;
}

/** Time after the last fact in which a command of a program that was killed may still have written, ms: it ends with the program. */
const LATE_MS = 10_000;

/**
 * Closes what was open when the program ended. No side effect happens twice: an open write is settled by its hashes, and only an
 * open command can be unknown.
 *
 * @param state the state as it was left
 * @param ports the disk
 * @returns facts to be committed, in order
 */
export async function settle(state: State, ports: SettlePorts): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const { effect } of Object.values(state.effects.open)) {
    facts.push(...await settleEffect(effect, state.files.writing[effect.key] ?? NO_WRITING, state.at, ports));
  }
  return facts;
}

/**
 * Finds what a command had changed that was open when the program ended. What changed long after that was somebody else's doing.
 *
 * @param command the command with its snapshot
 * @param last time of the last fact, ms
 * @param ports the disk
 * @returns its writes, and the paths that were changed later
 */
export async function settleOpenCommand(
  command: NonNullable<Writing["command"]>,
  last: number,
  ports: SettlePorts,
): Promise<{ readonly writes: readonly WriteRecord[]; readonly excepted: readonly string[] }> {
  const writes = await ports.settleCommand(command.words, command.snapshot);
  const later = new Set(
    writes.flatMap(({ path }) => changedAfter(join(ports.root, path), last + LATE_MS) ? [path] : []),
  );
  return { writes: writes.filter(({ path }) => !later.has(path)), excepted: [...later] };
}

function changedAfter(path: string, moment: number): boolean {
  return (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > moment;
}

async function settleEffect(effect: Effect, open: Writing, last: number, ports: SettlePorts): Promise<Fact[]> {
  const key = effect.key;
  const facts: Fact[] = [];
  const written = [...open.written];
  if (open.write !== null) {
    const settled = settleOpenWrite(ports.root, open.write);
    const done = settled.state === "done";
    facts.push({ type: "write_closed", key, write: toFact(settled.write), done });
    if (done) written.push(open.write.path);
    if (settled.state === "conflict") {
      const text =
        `${open.write.path} was being written when the program ended, and somebody changed it since. Read it again.`;
      return [...facts, { type: "effect_failed", key, failure: "tool_error", text, ms: 0 }];
    }
  }
  if (open.command !== null) {
    const { writes, excepted } = await settleOpenCommand(open.command, last, ports);
    facts.push({ type: "command_closed", key, writes: writes.map(toFact), excepted: [...excepted] });
  }
  if (effect.kind === "tool" && effect.access === "runs") {
    const words = open.command === null ? effect.call.name : open.command.words.join(" ");
    // Without an open command it may have ended, or not have begun: in both cases nobody knows what it said.
    const text =
      `It is not known how \`${words}\` ended: the program was stopped while it ran. Look at what it left before you run it again.`;
    return [...facts, { type: "effect_unknown", key, text }];
  }
  if (effect.kind === "tool" && written.length > 0) {
    const text = `Written: ${written.join(", ")}. (The program was stopped right after.)`;
    const result = { kind: "tool" as const, text: { text, chars: text.length }, outcome: null, ms: 0 };
    return [...facts, { type: "effect_finished", key, result }];
  }
  return [...facts, {
    type: "effect_failed",
    key,
    failure: "interrupted",
    text: "The program was stopped while this was open.",
    ms: 0,
  }];
}

/** A write as facts store it. */
export function toFact(write: WriteRecord): Extract<Fact, { type: "write_opened" }>["write"] {
  return { ...write, createdFolders: [...write.createdFolders] };
}
