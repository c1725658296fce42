import { cpus } from "node:os";
import type { MachineStatus } from "../ports/host_status.ts";

/** Shortest time between two samples, ms: a shorter one says more of chance than of load. */
const SAMPLE_MS = 1_000;

/** Samples the load of this machine, only when it is asked for. */
export class Machine {
  readonly #now: () => number;
  #status: MachineStatus = { cpu: null, memoryUsed: 0, memoryTotal: 0 };
  #times: { readonly busy: number; readonly all: number } | null = null;
  #at = -Infinity;

  /** @param now clock, ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The load since the sample before; at most one sample a second is taken. */
  status(): MachineStatus {
    const now = this.#now();
    if (now - this.#at < SAMPLE_MS) return this.#status;
    this.#at = now;
    const { total, available } = Deno.systemMemoryInfo();
    const times = timesOfCores();
    const spent = this.#times === null ? 0 : times.all - this.#times.all;
    const cpu = this.#times === null || spent <= 0 ? null : (times.busy - this.#times.busy) / spent;
    this.#times = times;
    this.#status = { cpu, memoryUsed: total - available, memoryTotal: total };
    return this.#status;
  }
}

function timesOfCores(): { busy: number; all: number } {
  let [busy, all] = [0, 0];
  for (const { times } of cpus()) {
    const work = times.user + times.nice + times.sys + times.irq;
    busy += work;
    all += work + times.idle;
  }
  return { busy, all };
}
