import { join } from "node:path";
import { reasonOf } from "../../kernel/reason_of.ts";
import { bubblewrap, rememberTrial, WAYS_OF_GIVING_UP } from "./bubblewrap.ts";
import { type Tier, TIERS } from "./enclosure_shape.ts";

export { type Tier, TIERS } from "./enclosure_shape.ts";

/** The tier that a machine offers. */
export interface FoundTier {
  readonly tier: Tier;
  /** Why no better one, in a sentence; null for the best. */
  readonly why: string | null;
}

/** Time for all trials together, ms. */
const MOST_TRIAL_MS = 5_000;

/** What was found before, by what was wanted. */
const remembered = new Map<"auto" | Tier, Promise<FoundTier>>();

/**
 * Finds the strongest tier that works here, by a trial call with the flags that are used later. It is remembered as long as the program
 * runs.
 *
 * @param wanted `auto` for the strongest; else that one or, where it does not work, the next weaker one that does
 * @param signal ends the trial
 * @throws the signal's reason when it was aborted
 */
export async function findTier(wanted: "auto" | Tier, signal?: AbortSignal): Promise<FoundTier> {
  const found = remembered.get(wanted) ?? tryTiers(wanted, signal);
  remembered.set(wanted, found);
  try {
    return await found;
  } catch (error) {
    remembered.delete(wanted);
    throw error;
  }
}

async function tryTiers(wanted: "auto" | Tier, signal?: AbortSignal): Promise<FoundTier> {
  if (wanted === "none") return { tier: "none", why: "The configuration wants none." };
  const bound = AbortSignal.any([AbortSignal.timeout(MOST_TRIAL_MS), ...(signal === undefined ? [] : [signal])]);
  const first = wanted === "auto" ? 0 : TIERS.indexOf(wanted);
  const reasons: string[] = wanted === "bubblewrap-shared-network" ? ["The configuration wants no better one."] : [];
  for (const tier of TIERS.slice(first)) {
    if (tier === "none" || (tier === "sandbox-exec") !== (Deno.build.os === "darwin")) continue;
    const fault = await faultOf(tier, bound);
    signal?.throwIfAborted();
    if (fault === null) return { tier, why: reasons.length === 0 ? null : reasons.join(" ") };
    reasons.push(fault);
  }
  const why = reasons.at(-1) ?? "";
  return { tier: "none", why: why === "" ? `There is no sandbox for ${Deno.build.os}.` : why };
}

/** Tries a tier; null where it works, else a sentence. */
async function faultOf(tier: Tier, signal: AbortSignal): Promise<string | null> {
  if (tier === "sandbox-exec") return await sandboxExecFault(signal);
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "autonomy-trial-" }));
  let fault = "";
  try {
    const place = join(folder, "place");
    const temporary = join(folder, "temporary");
    for (const path of [place, temporary]) Deno.mkdirSync(path);
    const enclosure = {
      ...{ tier, place, temporary, project: place, network: false },
      ...{ shared: [], spots: [], write: [], hidden: [] },
    };
    for (const givingUp of WAYS_OF_GIVING_UP) {
      const { code, said, wrong } = await call(bubblewrap(["id", "-u"], enclosure, {}, "", givingUp), signal);
      if (code === null) return wrong;
      if (code === 0) {
        rememberTrial(givingUp, Number(said));
        return null;
      }
      fault ||= wrong;
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  const cure = /uid map|RTM_NEWADDR|namespace/i.test(fault)
    ? " Where AppArmor keeps programs from making namespaces, as on Ubuntu 24.04, it needs a profile for bwrap that allows them."
    : "";
  return `bubblewrap cannot make ${
    tier === "bubblewrap" ? "a sandbox with a network of its own" : "a sandbox"
  } here: ${fault}.${cure}`;
}

async function sandboxExecFault(signal: AbortSignal): Promise<string | null> {
  const { code, wrong } = await call(["sandbox-exec", "-p", "(version 1)(allow default)", "true"], signal);
  return code === 0 ? null : code === null ? wrong : `sandbox-exec does not work here: ${wrong}.`;
}

/** Calls a program; no code where it did not run or did not end in time, and a sentence says so. */
async function call(
  [program = "", ...args]: readonly string[],
  signal: AbortSignal,
): Promise<{ code: number | null; said: string; wrong: string }> {
  try {
    const command = new Deno.Command("sh", {
      // The descriptor for what bubblewrap says of its command.
      args: ["-c", 'exec "$@" 3>/dev/null', "sh", program, ...args],
      ...{ stdin: "null", stdout: "piped", stderr: "piped", signal } as const,
    });
    const { code, stdout, stderr } = await command.output();
    const [said, wrong] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim());
    if (signal.aborted) return { code: null, said: "", wrong: `${program} did not answer within 5 s.` };
    if (code === 127) return { code: null, said: "", wrong: `There is no ${program} on the PATH. ${cureOf(program)}` };
    return { code, said: said ?? "", wrong: wrong ?? "" };
  } catch (error) {
    return { code: null, said: "", wrong: `${program} could not be started: ${reasonOf(error)}.` };
  }
}

function cureOf(program: string): string {
  return program === "bwrap" ? "Install the package bubblewrap." : "It is a part of macOS.";
}

const FILES =
  "nothing is written outside the project, the sandbox's own temporary folder and what the configuration names";
const SECRETS = "folders of keys and passwords, and Autonomy's own, cannot be read";
const MANAGED = "`.git`, `.autonomy` and `.agents` of the project cannot be changed or planted";

/** What each tier holds and does not hold, for people. */
const WORDS: Readonly<Record<Tier, { readonly holds: readonly string[]; readonly lacks: readonly string[] }>> = {
  bubblewrap: {
    holds: [
      FILES,
      SECRETS,
      MANAGED,
      "no network but a loopback of its own, unless the configuration opens it",
      "sockets below /run and /tmp are out of reach",
      "processes outside are neither seen nor reached, and all inside end together",
      "at most 512 processes, half of the memory, and 1 GB of the disk stays free",
    ],
    lacks: [
      "files elsewhere that the user may read can be read, such as other projects",
      "sockets of services in unusual places can be reached, such as below the home folder",
      "a fault of the kernel opens it",
    ],
  },
  "bubblewrap-shared-network": {
    holds: [
      FILES,
      SECRETS,
      MANAGED,
      "sockets below /run and /tmp are out of reach",
      "processes outside are neither seen nor reached, and all inside end together",
      "at most 512 processes, half of the memory, and 1 GB of the disk stays free",
    ],
    lacks: [
      "the network is open, also servers on this machine and abstract sockets such as a screen's",
      "files elsewhere that the user may read can be read, such as other projects",
      "sockets of services in unusual places can be reached, such as below the home folder",
      "a fault of the kernel opens it",
    ],
  },
  "sandbox-exec": {
    holds: [
      FILES,
      SECRETS,
      MANAGED,
      "no network, unless the configuration opens it",
      "1 GB of the disk stays free",
    ],
    lacks: [
      "it has never been tried on a Mac by those who wrote it",
      "processes outside are seen, and the memory and the number of processes are not bounded",
      "files elsewhere that the user may read can be read, such as other projects",
    ],
  },
  none: {
    holds: ["what is left when a command ends is ended with it", "1 GB of the disk stays free"],
    lacks: [
      "commands and checks run with all rights of the user: they can read and change each of the user's files, keys too, reach " +
      "the network and end other programs",
    ],
  },
};

/**
 * Says what a tier holds.
 *
 * @returns phrases for people
 */
export function holdsOf(tier: Tier): readonly string[] {
  return WORDS[tier].holds;
}

/**
 * Says what a tier does not hold.
 *
 * @returns phrases for people
 */
export function lacksOf(tier: Tier): readonly string[] {
  return WORDS[tier].lacks;
}
