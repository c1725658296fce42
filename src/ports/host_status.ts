import type { HostLoad } from "./model_host.ts";

/** What is known of a host at this moment: shown and used for placing, never stored. */
export interface HostStatus {
  readonly name: string;
  readonly url: string;
  readonly kind: string;
  readonly state: "asking" | "up" | "busy" | "down";
  /** Why it is down, or what was wrong last; empty when all is well. */
  readonly reason: string;
  /** When a host that failed or does not answer is asked again, ms since the epoch; null or absent where nothing says so. */
  readonly retryAt?: number | null;
  readonly version: string | null;
  readonly models: readonly {
    readonly name: string;
    readonly digest: string;
    readonly bytes: number | null;
    readonly size: string | null;
  }[];
  readonly resident: readonly {
    readonly name: string;
    readonly bytes: number | null;
    readonly gpuBytes: number | null;
    readonly window: number | null;
  }[];
  /** True where the host does not say what it holds. */
  readonly residentUnknown?: boolean;
  readonly slots: number;
  /** How busy the host says that it is, with the requests of others; null where it does not say. */
  readonly load?: HostLoad | null;
  /** Keys of asks at work here. */
  readonly inFlight: readonly string[];
  /** Keys of asks that wait for a slot here. */
  readonly waiting: readonly string[];
  /** Models that are being loaded here before anybody asks them; absent for none. */
  readonly loading?: readonly string[];
}

/** Utilisation of the machine that runs the program. */
export interface MachineStatus {
  /** 0 to 1 over all cores; null before the first sample. */
  readonly cpu: number | null;
  readonly memoryUsed: number;
  readonly memoryTotal: number;
}

/** What streams in for an open effect: shown, never stored, never deciding. */
export interface Signal {
  /** Readable text so far, in the pieces it came in. The list only grows; another list means that the reply began anew. */
  readonly text: readonly string[];
  /** Thinking so far, in the same way. */
  readonly thinking: readonly string[];
  /** What the effect is doing, in a few words: `waiting for a slot on strong`, `loading`, `reading the prompt`, `writing`, `running npm test`. */
  readonly status: string;
  readonly since: number;
}
