import type { Fault } from "./faults.ts";
import { paceOf } from "./pace.ts";
import type { Player, RehearsalModel } from "./play.ts";
import { type RehearsalServer, startServer } from "./server.ts";

/** Names of the two servers of a rehearsal. */
export type FleetHost = "fast" | "strong";

/** What a rehearsal's fleet is started with. */
export interface FleetOptions {
  /** Who plays each model, by its name; every model of {@link FLEET_MODELS} needs one. */
  readonly players: Readonly<Record<string, Player>>;
  /** Multiplies the delays of a believable fleet: 1 is 60 tokens/s on the fast host and 30 on the strong one, 0 none. */
  readonly pace: number;
  /** Faults from the start, by host. */
  readonly faults?: Readonly<Partial<Record<FleetHost, readonly Fault[]>>>;
  /** TCP ports, free ones where absent. */
  readonly ports?: Readonly<Partial<Record<FleetHost, number>>>;
  /** Whether the servers' version says that their models are played. */
  readonly saysPlayed?: boolean;
}

/** The running servers of a rehearsal. */
export interface RehearsalFleet {
  /** Base addresses. */
  readonly hosts: Readonly<Record<FleetHost, string>>;
  readonly servers: Readonly<Record<FleetHost, RehearsalServer>>;
  /** Closes both servers. */
  close(): Promise<void>;
}

const GIBIBYTE = 2 ** 30;
const GIGABYTE = 1e9;

interface HostPlan {
  readonly memoryBytes: number;
  readonly tokensPerSecond: number;
  readonly loadBytesPerSecond: number;
  readonly models: readonly Omit<RehearsalModel, "say">[];
}

const QWEN = { template: "hermes-go", family: "qwen2", trainedWindow: 32_768 } as const;

const PLANS: Readonly<Record<FleetHost, HostPlan>> = {
  fast: {
    memoryBytes: 32 * GIBIBYTE,
    tokensPerSecond: 60,
    loadBytesPerSecond: 6 * GIGABYTE,
    models: [
      {
        ...QWEN,
        name: "qwen2.5:14b",
        bytes: 9 * GIGABYTE,
        windowBytes: 196_608,
        digest: digestOf("7cdf5a0187d5"),
        parameterSize: "14.8B",
      },
      // A second coder on the other host: without it nobody could work beside the first one, nor race it.
      {
        ...QWEN,
        name: "qwen3-coder:30b",
        bytes: 18.6 * GIGABYTE,
        windowBytes: 98_304,
        digest: digestOf("06c1097efce0"),
        parameterSize: "30.5B",
      },
      {
        name: "functiongemma:latest",
        template: "functiongemma",
        bytes: 0.3 * GIGABYTE,
        windowBytes: 18_432,
        digest: digestOf("7c19b650567a"),
        family: "gemma3",
        parameterSize: "268.10M",
        trainedWindow: 32_768,
      },
    ],
  },
  strong: {
    memoryBytes: 48 * GIBIBYTE,
    tokensPerSecond: 30,
    loadBytesPerSecond: 8 * GIGABYTE,
    models: [
      {
        ...QWEN,
        name: "qwen2.5-coder:32b",
        bytes: 20 * GIGABYTE,
        windowBytes: 262_144,
        digest: digestOf("b92d6a0bd47e"),
        parameterSize: "32.8B",
      },
      {
        ...QWEN,
        name: "qwen2.5:32b",
        bytes: 20 * GIGABYTE,
        windowBytes: 262_144,
        digest: digestOf("9f13ba1299af"),
        parameterSize: "32.8B",
      },
    ],
  },
};

/** Names of the models that each server has. */
export const FLEET_MODELS: Readonly<Record<FleetHost, readonly string[]>> = {
  fast: PLANS.fast.models.map((model) => model.name),
  strong: PLANS.strong.models.map((model) => model.name),
};

/**
 * Starts the two servers of a rehearsal on loopback: `fast` plays 32 GB of memory, `strong` 48 GB.
 * @param options players, pace and faults
 * @returns the running servers
 * @throws an error when a model has no player, or when a port is taken
 */
export async function startRehearsalFleet(options: FleetOptions): Promise<RehearsalFleet> {
  const fast = await startHost("fast", options);
  try {
    const strong = await startHost("strong", options);
    return {
      hosts: { fast: fast.url, strong: strong.url },
      servers: { fast, strong },
      close: async () => {
        await Promise.all([fast.close(), strong.close()]);
      },
    };
  } catch (cause) {
    await fast.close();
    throw cause;
  }
}

function startHost(name: FleetHost, options: FleetOptions): Promise<RehearsalServer> {
  const plan = PLANS[name];
  return startServer({
    name,
    memoryBytes: plan.memoryBytes,
    models: plan.models.map((model) => ({ ...model, say: playerOf(model.name, options.players) })),
    pace: paceOf(plan.tokensPerSecond, plan.loadBytesPerSecond, options.pace),
    faults: options.faults?.[name],
    port: options.ports?.[name],
    saysPlayed: options.saysPlayed,
  });
}

function playerOf(model: string, players: Readonly<Record<string, Player>>): Player {
  const player = players[model];
  if (player === undefined) {
    const known = Object.keys(players).join(", ") || "none";
    throw new Error(`no player for the rehearsal's model ${model}: there are players for ${known}; add one for it`);
  }
  return player;
}

/** Fills a short identity up to the 64 digits of a digest. */
function digestOf(short: string): string {
  return short.padEnd(64, "0");
}
