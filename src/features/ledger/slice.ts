/** Tokens and the time that they took; each newer reply takes weight from the older ones. */
export interface Speed {
  /** Replies that were measured. */
  readonly replies: number;
  readonly tokens: number;
  readonly ms: number;
}

/** Time that was waited, which counts less the longer ago that is. */
export interface Waited {
  /** As much as it counted at `at`, ms. */
  readonly ms: number;
  /** Time of the last wait. */
  readonly at: number;
}

/** A prompt whose beginning a server may still have. */
export interface KeptPrompt {
  readonly thread: string;
  /** Turn that it was of; null for none. */
  readonly turn: string | null;
  /** Its tokens, counted or estimated. */
  readonly tokens: number;
}

/** What one model did on one host. */
export interface ModelLedger {
  /** Times that it was loaded for an ask. */
  readonly loads: number;
  /** Those of the loads before which it had been there in this run already. */
  readonly reloads: number;
  /** Those of the loads that placing did not expect. */
  readonly unplanned: number;
  /** Those of the loads that began ahead of the ask that they were for. */
  readonly ahead: number;
  /** Replies that it had given when a load ahead began last; null before the first. */
  readonly triedAhead: number | null;
  /** How long all loads took, and the last one, ms; null before the first. */
  readonly loadMs: number;
  readonly lastLoadMs: number | null;
  /** When the last load was over, ms. */
  readonly loadedAt: number;
  /** When an ask was placed there that was to load it, or a load began ahead, ms; null once a reply told of the load, or came without one. */
  readonly expectedAt: number | null;
  /** How long asks waited for it, since a load of it was placed last; null for not at all. */
  readonly waited: Waited | null;
  /** Replies. */
  readonly replies: number;
  /** How fast it writes, by the number of asks that the host worked on at once. */
  readonly writes: Readonly<Record<number, Speed>>;
  /** How fast it reads what it does not have of a prompt; null before it was measured. */
  readonly reads: Speed | null;
  /** Prompts that it read last, the newest last. */
  readonly kept: readonly KeptPrompt[];
}

/** What the models of one host did, by name. */
export type HostLedger = Readonly<Record<string, ModelLedger>>;

/** What was measured of hosts, by name. */
export type Ledger = Readonly<Record<string, HostLedger>>;

/** An ask at work, as far as what comes of it is measured. */
export interface AskAtWork {
  readonly thread: string;
  readonly turn: string | null;
  readonly host: string;
  readonly model: string;
  /** Whether placing expected a load. */
  readonly loads: boolean;
  readonly estimated: number;
  readonly since: number;
  /** Time up to which `area` counts. */
  readonly seen: number;
  /** Asks at work on its host, itself among them, times milliseconds. */
  readonly area: number;
}

/** An ask that is over, for as long as it counts to what was done of late. */
export interface PastAsk {
  readonly host: string;
  /** When its host began and ended, ms. */
  readonly from: number;
  readonly to: number;
  /** Tokens that it used. */
  readonly tokens: number;
}

/** What hosts were measured to do in a run: a fold of its facts, so that it is there again when the run goes on. */
export interface LedgerSlice {
  /** By key. */
  readonly open: Readonly<Record<string, AskAtWork>>;
  readonly hosts: Ledger;
  /** Asks that were over in the last minutes, the oldest first. */
  readonly past: readonly PastAsk[];
}
