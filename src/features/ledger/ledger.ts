import type { AskResult } from "../../effects/ask/ask_effect.ts";
import { defineFeature, type Failing, onFailure } from "../feature.ts";
import { usedBy } from "../spending/used_by.ts";
import type { State } from "../state.ts";
import { ledgerFacts } from "./facts.ts";
import { ledgerTold } from "./told.ts";
import { waitedMs } from "./waits.ts";
import type { AskAtWork, LedgerSlice, ModelLedger, Speed } from "./slice.ts";

/** A server that has the model says a few milliseconds; one that says more loaded it, or let the ask wait for a load. */
const LOAD_MS = 1_000;
/** Weight that older replies keep when a newer one is measured. */
const KEPT_WEIGHT = 0.8;
/** Prompts whose beginnings are remembered for a model: more slots than that nobody has. */
const KEPT_PROMPTS = 16;
/** Tokens that tell a speed: fewer take no time that could be told from the rest. */
const TELLING_TOKENS = 20;
/** How near to a whole number the asks at once must have been on average. */
const NEAR = 0.25;

/** How long an ask counts to what was done of late, and how many do at most. */
const LATE = { ms: 600_000, asks: 200 };

/** A model on a host of which nothing is measured. */
export const NOTHING_DONE: ModelLedger = {
  loads: 0,
  reloads: 0,
  unplanned: 0,
  ahead: 0,
  triedAhead: null,
  loadMs: 0,
  lastLoadMs: null,
  loadedAt: 0,
  expectedAt: null,
  waited: null,
  replies: 0,
  writes: {},
  reads: null,
  kept: [],
};

/** What hosts are measured to do: loads, speeds, and whose prompts they had last. */
export const ledger = defineFeature<LedgerSlice>({
  name: "ledger",
  facts: ledgerFacts,
  tell: ledgerTold,
  empty: { open: {}, hosts: {}, past: [] },
  on: {
    // Older runs do not tell what was expected: none of their loads is called unplanned.
    ask_placed(own, { key, host, model, estimated, loads = true, at }, before) {
      const { effect, openedAt = at } = before.effects.open[key] ?? {};
      if (effect?.kind !== "ask" || own.open[key] !== undefined) return own;
      const { role: thread, turn } = effect;
      const one = { thread, turn, host, model, loads, estimated, since: at, seen: at, area: 0 };
      const open = { ...passed(own.open, host, at), [key]: one };
      return { ...own, open, hosts: loads ? afterLoading(own.hosts, one) : afterWait(own.hosts, one, openedAt) };
    },
    effect_finished(own, fact, before) {
      const { key, result, at } = fact;
      const ask = own.open[key];
      if (ask === undefined || result.kind !== "ask") return own;
      const { [key]: done = ask, ...open } = passed(own.open, ask.host, at);
      const past = afterAsk(own.past, ask, at, usedBy(fact, before));
      return { open, hosts: changed(own.hosts, ask, (model) => afterReply(model, done, result)), past };
    },
    load_begun: (own, fact) => ({
      ...own,
      hosts: changed(own.hosts, fact, (model) => ({ ...model, expectedAt: fact.at, triedAhead: model.replies })),
    }),
    load_ended: (own, fact) => ({ ...own, hosts: changed(own.hosts, fact, (model) => afterAhead(model, fact)) }),
    ...onFailure(afterFailure),
  },
});

/** Counts the time that passed for the asks at work on a host. */
function passed(open: LedgerSlice["open"], host: string, at: number): LedgerSlice["open"] {
  const count = Object.values(open).filter((ask) => ask.host === host).length;
  return Object.fromEntries(
    Object.entries(open).map(([key, ask]) => [
      key,
      ask.host === host ? { ...ask, area: ask.area + count * Math.max(0, at - ask.seen), seen: at } : ask,
    ]),
  );
}

/** A load is placed: whoever waits from now on waits for one host more. */
function afterLoading(hosts: LedgerSlice["hosts"], ask: AskAtWork): LedgerSlice["hosts"] {
  const waited = Object.fromEntries(
    Object.entries(hosts).map(([name, models]) => {
      const own = models[ask.model];
      return [name, own === undefined ? models : { ...models, [ask.model]: { ...own, waited: null } }];
    }),
  );
  return changed(waited, ask, (own) => ({ ...own, expectedAt: ask.since }));
}

/** Counts how long an ask waited for a slot, without the time in which its model was being loaded. */
function afterWait(hosts: LedgerSlice["hosts"], ask: AskAtWork, openedAt: number): LedgerSlice["hosts"] {
  const waited = ask.since - Math.max(openedAt, hosts[ask.host]?.[ask.model]?.loadedAt ?? 0);
  return waited <= 0 ? hosts : changed(hosts, ask, (own) => ({
    ...own,
    waited: { ms: waitedMs(own, ask.since) + waited, at: ask.since },
  }));
}

/** What a server had of a prompt is gone, or nobody knows whether it is. */
function afterFailure(own: LedgerSlice, fact: Failing & { readonly at: number }, before: State): LedgerSlice {
  const ask = own.open[fact.key];
  if (ask === undefined) return own;
  const { [fact.key]: _over, ...open } = passed(own.open, ask.host, fact.at);
  const forget = (model: ModelLedger) => ({
    ...model,
    // The load goes on for others where only the ask was called off.
    expectedAt: fact.type === "effect_failed" ? null : model.expectedAt,
    kept: fact.type === "effect_failed" ? [] : model.kept.filter(({ thread }) => thread !== ask.thread),
  });
  const past = afterAsk(own.past, ask, fact.at, usedBy(fact, before));
  return { open, hosts: changed(own.hosts, ask, forget), past };
}

/** Notes an ask that is over, and forgets those that are long ago. */
function afterAsk(past: LedgerSlice["past"], { host, since }: AskAtWork, at: number, tokens: number) {
  // The oldest stand first.
  let first = Math.max(0, past.length + 1 - LATE.asks);
  while (first < past.length && past[first]!.to <= at - LATE.ms) first += 1;
  return [...past.slice(first), { host, from: since, to: at, tokens }];
}

function changed(
  hosts: LedgerSlice["hosts"],
  { host, model }: { readonly host: string; readonly model: string },
  how: (model: ModelLedger) => ModelLedger,
): LedgerSlice["hosts"] {
  const own = hosts[host] ?? {};
  return { ...hosts, [host]: { ...own, [model]: how(own[model] ?? NOTHING_DONE) } };
}

function afterReply(model: ModelLedger, ask: AskAtWork, result: AskResult): ModelLedger {
  const { answerTokens, answerMs, promptTokens, promptMs = null, ms } = result;
  const loaded = afterLoad(model, ask, result.loadMs ?? 0);
  const level = levelOf(ask);
  const writing = answerMs ?? ms;
  const isTold = answerTokens !== null && answerTokens >= TELLING_TOKENS && writing > 0 && level !== null;
  const read = readTokens(model, ask, result);
  const tokens = promptTokens ?? ask.estimated;
  return {
    ...loaded,
    replies: model.replies + 1,
    writes: isTold ? { ...model.writes, [level]: measured(model.writes[level], answerTokens, writing) } : model.writes,
    reads: read !== null && read >= TELLING_TOKENS && promptMs !== null && promptMs > 0
      ? measured(model.reads, read, promptMs)
      : model.reads,
    kept: [
      ...loaded.kept.filter(({ thread }) => thread !== ask.thread),
      { thread: ask.thread, turn: ask.turn, tokens },
    ].slice(-KEPT_PROMPTS),
  };
}

/** Counts a load once, also where several asks waited for it. */
function afterLoad(model: ModelLedger, ask: AskAtWork, loadMs: number): ModelLedger {
  if (loadMs < LOAD_MS || ask.since < model.loadedAt) return ask.loads ? { ...model, expectedAt: null } : model;
  const isPlanned = ask.loads || model.expectedAt !== null && model.expectedAt <= ask.since;
  return { ...loadedIn(model, loadMs, ask.since + loadMs), unplanned: model.unplanned + (isPlanned ? 0 : 1) };
}

/** Counts a load that began ahead. */
function afterAhead(
  model: ModelLedger,
  { ms, failure, at }: { readonly ms: number; readonly failure: string | null; readonly at: number },
): ModelLedger {
  if (failure !== null || ms < LOAD_MS) return { ...model, expectedAt: null };
  return { ...loadedIn(model, ms, at), ahead: model.ahead + 1 };
}

/** A load that is over. */
function loadedIn(model: ModelLedger, ms: number, at: number): ModelLedger {
  return {
    ...model,
    loads: model.loads + 1,
    reloads: model.reloads + (model.replies > 0 ? 1 : 0),
    loadMs: model.loadMs + ms,
    lastLoadMs: ms,
    loadedAt: at,
    expectedAt: null,
    kept: [],
  };
}

/** Tokens that were read for a reply; null where nobody knows how many of them the server had. */
function readTokens(model: ModelLedger, { thread }: AskAtWork, result: AskResult): number | null {
  const { promptTokens, heldTokens = null } = result;
  if (promptTokens === null) return null;
  if (heldTokens !== null) return Math.max(0, promptTokens - heldTokens);
  return model.kept.some((one) => one.thread === thread) ? null : promptTokens;
}

/** How many asks its host worked on at once while it was at work; null where that was no whole number for most of the time. */
function levelOf({ since, seen, area }: AskAtWork): number | null {
  if (seen <= since) return 1;
  const mean = area / (seen - since);
  const level = Math.max(1, Math.round(mean));
  return Math.abs(mean - level) <= NEAR ? level : null;
}

function measured(before: Speed | undefined | null, tokens: number, ms: number): Speed {
  const { replies = 0, tokens: old = 0, ms: oldMs = 0 } = before ?? {};
  return { replies: replies + 1, tokens: old * KEPT_WEIGHT + tokens, ms: oldMs * KEPT_WEIGHT + ms };
}
