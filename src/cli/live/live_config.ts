import type { Fact } from "../../features/fact.ts";
import type { State } from "../../features/state.ts";
import type { FleetHost } from "../../fleet/watched_host.ts";
import type { Offer } from "../../plugin/offer.ts";
import type { Fleet } from "../../fleet/fleet.ts";
import { takeKey } from "../../fleet/host_address.ts";
import type { Limits } from "../../kernel/limits.ts";
import { CommandError } from "../command_error.ts";
import { type Config, loadConfig } from "../config.ts";
import { hostsOf, mustBeUsable } from "../crew.ts";
import type { Situation } from "../situation.ts";
import type { TrustGuard } from "./trust_guard.ts";

/** What a configuration is taken up by. */
export interface LiveConfigParts {
  readonly situation: Situation;
  readonly guard: TrustGuard;
  readonly fleet: Fleet;
  /** What plugins offer now. */
  readonly offers: () => readonly Offer[];
  /** Takes the MCP servers of the configuration up, as they are now. */
  readonly takeServers: () => void;
  /** Notes facts that are to be told between two steps of the run. */
  readonly say: (news: (state: State) => readonly Fact[]) => void;
}

interface Fault {
  readonly place: string;
  readonly text: string;
}

/** Takes hosts, limits and MCP servers of the configuration files up while a run is at work; a file that is wrong leaves what was before in use. */
export class LiveConfig {
  /** The files, which need not be there. */
  readonly files: readonly string[];
  readonly #parts: LiveConfigParts;
  #config: Config;
  /** The hosts as the fleet was given them. */
  #hosts: readonly FleetHost[];
  #told = "[]";

  /** @param parts what it works with */
  constructor(parts: LiveConfigParts) {
    this.#parts = parts;
    this.#config = parts.situation.config;
    this.#hosts = hostsOf(this.#config, parts.offers());
    this.files = this.#config.files.map(({ path }) => path);
  }

  /** The configuration as it is now, of which hosts, limits and MCP servers are taken up. */
  get config(): Config {
    return this.#config;
  }

  /** Reads the files again, and takes up what is other in them. */
  look(): void {
    const { say } = this.#parts;
    const found = this.#read();
    const faults = "faults" in found ? found.faults : [];
    const told = JSON.stringify(faults);
    if (told !== this.#told && faults.length > 0) {
      say(() => [{ type: "configuration_changed", added: [], removed: [], changed: [], faults: [...faults] }]);
    }
    this.#told = told;
    if ("faults" in found) return;
    const before = this.#config;
    this.#config = found.config;
    this.takeHosts();
    this.#takeLimits(before);
    if (JSON.stringify(settingsOf(before)) !== JSON.stringify(settingsOf(this.#config))) this.#parts.takeServers();
  }

  #read(): { readonly config: Config } | { readonly faults: readonly Fault[] } {
    const { situation: { sources, loads }, guard, offers } = this.#parts;
    const [project = ""] = this.files;
    const content = contentOf(project);
    const isAllowed = content.size > 0 && guard.allows(content);
    if (loads && content.size > 0 && !isAllowed) {
      const text =
        "The file changed since the project was trusted; what it said then is used until you say yes: autonomy trust.";
      return { faults: [{ place: project, text }] };
    }
    try {
      const config = loadConfig({
        ...sources,
        trusted: sources.trusted || isAllowed,
        unread: !isAllowed && sources.unread,
      });
      for (const variable of config.keyVariables) takeKey(variable);
      mustBeUsable(config);
      const taken = takenServers(config, offers());
      return taken.length > 0 ? { faults: taken } : { config };
    } catch (error) {
      if (error instanceof CommandError) return { faults: faultsIn(error.message, this.files) };
      throw error;
    }
  }

  /** Gives the fleet the hosts as they are now, with the kinds that plugins offer now. */
  takeHosts(): void {
    const { fleet, offers, say } = this.#parts;
    const before = this.#hosts;
    const hosts = this.#hosts = hostsOf(this.#config, offers());
    if (JSON.stringify(hosts) === JSON.stringify(before)) return;
    const { added, removed, changed } = fleet.change(hosts);
    const written = (all: readonly FleetHost[], name: string) =>
      JSON.stringify({ ...all.find((host) => host.name === name), kindVersion: undefined });
    // That a kind is another, the line of its plugin says.
    const rewritten = changed.filter((name) => written(before, name) !== written(hosts, name));
    if (added.length + removed.length + rewritten.length === 0) return;
    say(() => [{
      type: "configuration_changed",
      added: [...added],
      removed: [...removed],
      changed: rewritten,
      faults: [],
    }]);
  }

  #takeLimits({ limits: before }: Config): void {
    const now = this.#config.limits;
    const keys = (Object.keys(now) as (keyof Limits)[]).filter((key) => now[key].value !== before[key].value);
    if (keys.length === 0) return;
    const changes = Object.fromEntries(keys.map((key) => [key, now[key].value]));
    this.#parts.say(({ spending: { limits } }) =>
      limits === null ? [] : [{ type: "limits_raised", limits: { ...limits, ...changes } }]
    );
  }
}

function settingsOf({ mcp }: Config): readonly unknown[] {
  return Object.values(mcp).map(({ value }) => value);
}

/** Names of MCP servers that a plugin at work gave to others. */
function takenServers({ mcp }: Config, offers: readonly Offer[]): readonly Fault[] {
  return Object.entries(mcp).flatMap(([name, { origin }]) => {
    const offer = offers.find((one) => Object.hasOwn(one.mcp, name));
    if (offer === undefined) return [];
    const text = `mcp.${name} is the name of a server of the plugin ${offer.plugin}. Give it another name.`;
    return [{ place: origin, text }];
  });
}

function contentOf(path: string): ReadonlyMap<string, Uint8Array | null> {
  try {
    return new Map([[path, Deno.readFileSync(path)]]);
  } catch {
    return new Map(); // What cannot be read, its reading says.
  }
}

/** What is wrong, each with its place: a refusal names all of it, a line for each. */
function faultsIn(message: string, files: readonly string[]): readonly Fault[] {
  const lines = message.split("\n").map((line) => line.trim());
  const placed = lines.flatMap((line) => {
    const [end] = /:\d+:\d+: /.exec(line) ?? [];
    if (end === undefined) return [];
    const [place = ""] = line.split(end, 1);
    return [{ place: `${place}${end.slice(0, -2)}`, text: line.slice(place.length + end.length) }];
  });
  return placed.length > 0 ? placed : [{ place: files.join(", "), text: lines.join(" ") }];
}
