import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { RunRegistry } from "../effects/effect_kind.ts";
import type { Effect } from "../effects/effect.ts";
import type { Fact } from "../features/fact.ts";
import { NO_WRITING, type Writing } from "../features/files/slice.ts";
import type { State } from "../features/state.ts";
import { placeOf } from "../features/workspaces/place_of.ts";
import type { AnyEffect } from "../kernel/effects.ts";
import type { Arranged } from "../ports/workspace.ts";
import { settleOpenWrite } from "../work/undo.ts";
import type { WriteRecord } from "../work/write_record.ts";
import { say } from "../sentences/say.ts";

/** What settling needs of the disk. */
export interface SettlePorts {
  /** Absolute real path of the project. */
  readonly root: string;
  /** Finds what an open command had changed, once what stood otherwise meanwhile is put back. */
  readonly settleCommand: (
    words: readonly string[],
    snapshot: string,
    arranged: readonly Arranged[],
  ) => Promise<readonly WriteRecord[]>;
}

/** Time after the last fact in which a command of a program that was killed may still have written, ms: it ends with the program. */
const LATE_MS = 10_000;

/**
 * Closes what was open when the program ended. No side effect happens twice: an open write is settled by its hashes, and only an
 * open command can be unknown.
 *
 * @param state what was so when the program ended
 * @param registry the kinds of effects say what their own mean
 * @returns facts that close what is open
 */
export async function settle(state: State, registry: RunRegistry, ports: SettlePorts): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const { effect } of Object.values(state.effects.open)) {
    facts.push(...await settleEffect(effect, state, registry, ports));
  }
  return facts;
}

/**
 * Finds what a command had changed that was open when the program ended. What changed long after that was somebody else's doing.
 *
 * @param command its words and the snapshot before it
 * @param last time of the last fact, ms since 1970
 * @returns its changes, and files that changed too late to be its own
 */
export async function settleOpenCommand(
  command: NonNullable<Writing["command"]>,
  last: number,
  ports: SettlePorts,
): Promise<{ readonly writes: readonly WriteRecord[]; readonly excepted: readonly string[] }> {
  const writes = await ports.settleCommand(command.words, command.snapshot, command.arranged ?? []);
  const later = new Set(
    writes.flatMap(({ path }) => changedAfter(join(ports.root, path), last + LATE_MS) ? [path] : []),
  );
  return { writes: writes.filter(({ path }) => !later.has(path)), excepted: [...later] };
}

function changedAfter(path: string, moment: number): boolean {
  return (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > moment;
}

async function settleEffect(
  effect: AnyEffect,
  state: State,
  registry: RunRegistry,
  ports: SettlePorts,
): Promise<Fact[]> {
  const { key } = effect;
  const open = state.files.writing[key] ?? NO_WRITING;
  const facts: Fact[] = [];
  const written = [...open.written];
  const place = placeOf(state, effect as Effect);
  if (place !== null) {
    // The copy is made anew from what is recorded: what was open there did not happen.
    const { workspace } = place;
    if (open.write !== null) facts.push({ type: "write_closed", key, write: open.write, done: false, workspace });
    if (open.command !== null) facts.push({ type: "command_closed", key, writes: [], excepted: [], workspace });
  }
  if (place === null && open.write !== null) {
    const settled = settleOpenWrite(ports.root, open.write);
    const done = settled.state === "done";
    facts.push({ type: "write_closed", key, write: toFact(settled.write), done });
    if (done) written.push(open.write.path);
    if (settled.state === "conflict") {
      const text = say(registry, "calls.conflict", { path: open.write.path });
      return [...facts, { type: "effect_failed", key, failure: "tool_error", text, ms: 0 }];
    }
  }
  if (place === null && open.command !== null) {
    const { writes, excepted } = await settleOpenCommand(open.command, state.at, ports);
    facts.push({ type: "command_closed", key, writes: writes.map(toFact), excepted: [...excepted] });
  }
  const remains = { written, command: open.command?.words ?? null };
  // What a kind gives fits its own schema, which the journal checks before it is written.
  const closing = registry.effects[effect.kind]?.settle?.(effect as never, remains, registry) as
    | Fact
    | null
    | undefined;
  return [...facts, closing ?? interrupted(key)];
}

function interrupted(key: string): Fact {
  const text = "The program was stopped while this was open.";
  return { type: "effect_failed", key, failure: "interrupted", text, ms: 0 };
}

/** A write as facts store it. */
export function toFact(write: WriteRecord): Extract<Fact, { type: "write_opened" }>["write"] {
  return { ...write, createdFolders: [...write.createdFolders] };
}
