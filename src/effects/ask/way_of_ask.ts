import type { AskEffect } from "./ask_effect.ts";
import { type Way, WAYS } from "../../kernel/call.ts";
import type { Fact } from "../../features/fact.ts";
import type { Registry } from "../../features/registry.ts";
import type { State } from "../../features/state.ts";
import type { AuditResult } from "../../fleet/audit.ts";
import { audited, chooseWay, type WayChoice, type WayQuestion } from "../../fleet/choose_way.ts";
import { familyOf } from "../../fleet/model_family.ts";
import { recordKey } from "../../fleet/model_record.ts";
import { MemoryError, recalled } from "../../run/memory.ts";
import { kindOfAsk } from "./kind_of_ask.ts";
import type { Models, Placed } from "./models.ts";
import { probeModel, sayTrials } from "./probe_model.ts";

/** Tokens that the few short questions to an unknown model take at most, read and written. */
const PROBE = 4_000;

/** What the way of an ask is found through. */
export type WayPorts = Pick<Models, "ways" | "refusing" | "memory" | "probing" | "left"> & {
  readonly registry: Registry;
  readonly note: (fact: Fact) => void;
  readonly show: (status: string) => void;
  readonly now: () => number;
};

/**
 * Finds the way in which an ask is made: what this process found refused, else as configured, as recorded, as the family is known for,
 * else under a schema. A model that nobody knows is asked a few short questions first.
 *
 * @param state what was so when it was opened
 * @param ports memory, configuration and what is shown meanwhile
 * @param look audits what the model is shown of its tools; asked only before native calls
 */
export async function wayOfAsk(
  ask: AskEffect,
  state: State,
  placed: Placed,
  ports: WayPorts,
  look: () => Promise<AuditResult>,
  signal: AbortSignal,
): Promise<WayChoice> {
  // No call is wanted and no tool is shown: nothing is tried out or audited for it.
  const { ability } = kindOfAsk(ports.registry, ask);
  if (ability === null) {
    return { way: "prompted", from: "default", why: "plain text is wanted, and no call" };
  }
  const refused = ports.refusing.get(`${placed.hostName} ${placed.model}`);
  if (refused !== undefined) {
    return { way: refused, from: "refused", why: "this host refused or swallowed another way in this run" };
  }
  const key = recordKey(placed.digest, placed.model);
  const question = (): WayQuestion => ({
    purpose: ability,
    configured: ports.ways[ask.role],
    record: recalled(ports.memory, key),
    family: familyOf(placed.model),
    parser: placed.abilities.parser,
    tools: placed.abilities.tools,
  });
  // What other probes at work will take is booked once they are over.
  const isPaid = ports.left(ask.role) >= PROBE * (ports.probing.size + 1) || ports.probing.has(key);
  if (isUnknown(question()) && ports.memory && isPaid) await probeOnce(placed, key, question(), ports, signal);
  const choice = chooseWay(question());
  if (choice.way !== "native") return choice;
  const known = state.models[placed.model]?.hosts[placed.hostName]?.audit;
  const current = known !== undefined && known.digest === placed.digest && known.version === placed.hostVersion;
  return audited(choice, current ? known as AuditResult : await look());
}

/** Nobody named a way, nothing is remembered and nothing is known of its kind. */
function isUnknown({ configured, record, family, parser }: WayQuestion): boolean {
  return configured === undefined && record === null && family === null && parser === null;
}

/** Probes a model, or waits for the probe that another ask began. */
async function probeOnce(
  placed: Placed,
  key: string,
  question: WayQuestion,
  ports: WayPorts,
  signal: AbortSignal,
): Promise<void> {
  const begun = ports.probing.get(key);
  const probe = begun ?? probing(placed, key, question, ports, signal);
  if (begun === undefined) ports.probing.set(key, probe);
  else ports.show("waiting until it is known how it calls");
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
  try {
    await Promise.race([probe, stopped]);
  } finally {
    if (begun === undefined) ports.probing.delete(key);
  }
  signal.throwIfAborted();
}

async function probing(
  placed: Placed,
  key: string,
  question: WayQuestion,
  ports: WayPorts,
  signal: AbortSignal,
): Promise<void> {
  const began = ports.now();
  const { trials, tokens, ended } = await probeModel(
    placed,
    waysToTry(question),
    { now: ports.now },
    signal,
    (what) => ports.show(what),
  );
  // What answered and told nothing would tell nothing again.
  if (tokens === 0 && trials.length === 0) return;
  try {
    ports.memory?.add(trials, ports.now());
    ports.memory?.probed(key, placed.model, ports.now());
  } catch (error) {
    if (!(error instanceof MemoryError)) throw error;
    ports.note({ type: "memory_failed", text: error.message });
  }
  ports.note({
    type: "model_probed",
    host: placed.hostName,
    model: placed.model,
    digest: placed.digest,
    tried: trials.length === 0 && ended !== null ? [ended] : sayTrials(trials),
    tokens,
    ms: ports.now() - began,
  });
}

/**
 * Says in which order the ways of a model are tried: the one that would be taken without a record first.
 *
 * @returns ways that it can be asked in
 */
export function waysToTry(question: WayQuestion): readonly Way[] {
  const first = chooseWay({ ...question, configured: undefined, record: null }).way;
  return [first, ...WAYS.filter((way) => way !== first && (way !== "native" || question.tools))];
}
