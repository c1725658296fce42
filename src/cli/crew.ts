import { reasonOf } from "../kernel/reason_of.ts";
import { join } from "node:path";
import { openHost } from "../fleet/detect_host.ts";
import { type Fleet, openFleet } from "../fleet/fleet.ts";
import { hostAddress } from "../fleet/host_address.ts";
import { HOST_KINDS } from "../fleet/host_kinds.ts";
import type { FleetHost } from "../fleet/watched_host.ts";
import { offeredKind } from "../fleet/offered_kind.ts";
import { nearName } from "../mediate/near_name.ts";
import type { Offer } from "../plugin/offer.ts";
import type { HostKind } from "../ports/host_kind.ts";
import { isPlayed } from "../rehearsal/played.ts";
import { findTier } from "../work/sandbox/tier.ts";
import { type Memory, MEMORY_FILE, openMemory } from "../run/memory.ts";
import { type Capabilities, capabilitySources, loadCapabilities } from "./capabilities.ts";
import { CommandError } from "./command_error.ts";
import type { Config } from "./config.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";
import { stateHome } from "./places.ts";
import { type Situation, trustNotes, waitingNotes } from "./situation.ts";

/** Time that a run waits at its start for MCP servers that nobody knows yet, ms: they are offered as soon as they are known. */
const LEARNS_MS = 3_000;

/** A crew that is ready to work: capabilities and an open fleet. */
export interface Crew {
  readonly situation: Situation;
  readonly capabilities: Capabilities;
  readonly fleet: Fleet;
  /** Sentences worth reading before the start. */
  readonly notes: readonly string[];
  /** What is remembered of models; null where it cannot be opened, which the notes say. */
  readonly memory: Memory | null;
  /** Hears what plugins offer from now on: their kinds of hosts may be opened. */
  use(offers: readonly Offer[]): void;
  /** Closes the hosts, the memory and the plugins. */
  close(): Promise<void>;
}

/** A crew whose hosts are being asked what they have. */
export type AskedCrew = Pick<Crew, "situation" | "capabilities" | "fleet">;

/** How a crew is assembled. */
export interface HowAssembled {
  /** Whether a host with a wrong address or without its key is only shown, as one that is down; a run refuses it. */
  readonly looks?: boolean;
  /** Hears who it is before the hosts are asked. */
  readonly asks?: (crew: AskedCrew) => void;
}

/**
 * Reads plugins and prompts, opens the hosts and asks what they have.
 *
 * @param context the world
 * @param situation project and configuration
 * @param signal ends the questions
 * @param how for a run or for a look
 * @returns the crew; the caller closes it
 * @throws {CommandError} exit code 7 for what does not fit together
 */
export async function assembleCrew(
  context: CliContext,
  situation: Situation,
  signal: AbortSignal,
  how: HowAssembled = {},
): Promise<Crew> {
  const { copies, tier } = situation.config.sandbox;
  // It waits for another program, which goes on while this one reads its files; who needs what it finds asks again, and meets its error.
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const tried = how.looks === true || !copies.value ? null : findTier(tier.value, until).catch(() => null);
  // A program that ends meanwhile would leave its trial's folder behind.
  const end = async (): Promise<void> => {
    over.abort();
    await tried;
  };
  try {
    const crew = await assembledCrew(context, situation, signal, how);
    return { ...crew, close: () => Promise.all([end(), crew.close()]).then(() => {}) };
  } catch (error) {
    await end();
    throw error;
  }
}

async function assembledCrew(
  context: CliContext,
  situation: Situation,
  signal: AbortSignal,
  { looks = false, asks = () => {} }: HowAssembled,
): Promise<Crew> {
  const { config } = situation;
  const capabilities = await loadCapabilities({
    ...capabilitySources(context, situation),
    signal,
    ...(looks ? {} : { learnsMs: LEARNS_MS }),
  });
  if (!looks) mustBeUsable(config);
  const { offers } = capabilities.plugins;
  let kinds = kindsOf(offers);
  const fleet = openFleet({
    hosts: hostsOf(config, offers),
    open: (host, signal) => openHost(host, signal, kinds),
    now: () => Date.now(),
  });
  asks({ situation, capabilities, fleet });
  await fleet.start(signal);
  const played = fleet.status().filter(({ version }) => isPlayed(version)).map(({ name }) => name);
  const remembered = memoryOf(context, situation, played);
  return {
    situation,
    capabilities,
    fleet,
    notes: [
      ...trustNotes(situation),
      ...waitingNotes(config),
      ...capabilities.notes,
      ...kindNotes(config, kinds),
      ...remembered.notes,
    ],
    memory: remembered.memory,
    use: (offers) => kinds = kindsOf(offers),
    close: async () => {
      remembered.memory?.close();
      await Promise.all(capabilities.plugins.offers.map((offer) => offer.close?.()));
      await fleet.close();
    },
  };
}

/**
 * Gives the hosts that a configuration names, in order.
 *
 * @param config the configuration
 * @param offers what plugins offer: a host is another one when its kind is
 */
export function hostsOf(config: Config, offers: readonly Offer[]): readonly FleetHost[] {
  return Object.entries(config.hosts).map(([name, { value }]) => {
    const offer = offers.find(({ hosts }) => hosts.some(({ kind }) => kind === value.kind));
    return { ...value, name, ...(offer === undefined ? {} : { kindVersion: offer.version }) };
  });
}

/** Gives the kinds of hosts that there are: those that come with Autonomy, then those of plugins. */
export function kindsOf(offers: readonly Offer[]): readonly HostKind[] {
  return [...Object.values(HOST_KINDS), ...offers.flatMap(({ hosts }) => hosts.map(offeredKind))];
}

/** A sentence for each host whose kind nobody offers: it is down until somebody does. */
function kindNotes(config: Config, kinds: readonly HostKind[]): readonly string[] {
  const known = kinds.map(({ kind }) => kind);
  return Object.entries(config.hosts).flatMap(([name, { value: { kind }, origin }]) => {
    if (kind === undefined || known.includes(kind)) return [];
    const near = nearName(kind, known);
    const meant = near === null ? "" : ` Did you mean "${near}"?`;
    const text = `the host ${name} is of the kind "${kind}", which nobody offers, and is down until a plugin does.`;
    return [`${origin}: ${text}${meant} The kinds are ${known.join(", ")}.`];
  });
}

/** Opens what is remembered of models. What played models do is forgotten with the program. */
function memoryOf(
  context: CliContext,
  { standing }: Situation,
  played: readonly string[],
): { memory: Memory | null; notes: string[] } {
  try {
    if (played.length > 0) {
      const notes = [`The models of ${played.join(" and ")} are played: nothing is remembered of models.`];
      return { memory: openMemory(":memory:"), notes };
    }
    if (standing === null) return { memory: openMemory(":memory:"), notes: [] };
    const folder = stateHome(context.environment);
    Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
    return { memory: openMemory(join(folder, MEMORY_FILE)), notes: [] };
  } catch (error) {
    return { memory: null, notes: [`Nothing is remembered of models: ${reasonOf(error)}`] };
  }
}

/**
 * Looks at the addresses and keys of the hosts: what is written wrong is no host that is down.
 *
 * @param config the configuration
 * @throws {CommandError} exit code 7, or 2 for a host of a flag, with its place
 */
export function mustBeUsable(config: Config): void {
  for (const [name, { value, origin }] of Object.entries(config.hosts)) {
    try {
      hostAddress(value.url, value);
    } catch (cause) {
      const exit = origin.startsWith("--") ? EXIT.usage : EXIT.config;
      throw new CommandError(exit, `${origin}: the host ${name} cannot be used: ${reasonOf(cause)}`, { cause });
    }
  }
}
