import type { Fact } from "../core/fact.ts";
import type { OpenEffect, State } from "../core/state.ts";
import { settleOpenWrite } from "./undo.ts";
import type { WriteRecord } from "./write_record.ts";

/** What settling needs of the disk. */
export interface SettlePorts {
  /** Absolute real path of the project. */
  readonly root: string;
  /** Finds what an open command had changed. */
  readonly settleCommand: (words: readonly string[], snapshot: string) => Promise<readonly WriteRecord[]>;
}

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
  for (const open of Object.values(state.effects)) facts.push(...await settleEffect(open, ports));
  return facts;
}

async function settleEffect(open: OpenEffect, ports: SettlePorts): Promise<Fact[]> {
  const { effect } = open;
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
    const writes = await ports.settleCommand(open.command.words, open.command.snapshot);
    facts.push({ type: "command_closed", key, writes: writes.map(toFact), excepted: [] });
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
