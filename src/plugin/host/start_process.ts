import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PermissionSet } from "./permissions.ts";
import { type PathPlaces, permittedPath } from "./permitted_path.ts";

/** Most memory of a plugin's process: of its objects, MB, and of all its data, KB, most of which V8 reserves without using it. */
export const HEAP_MB = 256;
const DATA_KB = 1_200_000;

const ENTRY = fileURLToPath(new URL("./entry.ts", import.meta.url));
const CONFIGURATION = fileURLToPath(new URL("../../../deno.json", import.meta.url));
const LOCK = fileURLToPath(new URL("../../../deno.lock", import.meta.url));
const PROGRAM = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");

/** Variables that a plugin's process has beside those that it was allowed: what Deno and the programs that it may start need. */
const VARIABLES = ["HOME", "PATH", "LANG", "TMPDIR", "XDG_CACHE_HOME", "DENO_DIR"];

/** Bounds the data of what is started; where the system knows no such bound, that of V8 remains. */
const BOUNDED = 'ulimit -d "$1" 2>/dev/null; shift; exec "$@"';

/**
 * The same for a plugin that may start programs: they are in its process group, which ends with it, and which this shell ends when it is told
 * that we are gone. Where nobody reads any more what it says, saying it would end the shell before the group.
 */
const GROUPED =
  'ulimit -d "$1" 2>/dev/null; shift; trap "kill -9 0" TERM; "$@" & wait $!; code=$?; (echo "exit code $code" >&2); kill -9 0';

/** How a plugin's process is started. */
export interface ProcessStart extends PathPlaces {
  /** Real path of the folder with the copy that it runs from. */
  readonly folder: string;
  /** Socket that it speaks over. */
  readonly socket: string;
  readonly permissions: PermissionSet;
  /** Folders that it never writes, whatever it was allowed. */
  readonly protects: readonly string[];
}

/**
 * Starts the process of a plugin, in a process group of its own: it may read its own copy, and what it was allowed.
 *
 * @returns the process, whose output is the plugin's
 */
export async function startProcess(start: ProcessStart): Promise<Deno.ChildProcess> {
  const dies = await endsWithUs();
  const programs = start.permissions.run.length > 0;
  const words = [Deno.execPath(), ...flagsOf(start), ENTRY, start.socket];
  const bounded = ["sh", "-c", programs ? GROUPED : BOUNDED, "sh", String(DATA_KB), ...words];
  const [program = "", ...args] = dies ? ["setpriv", "--pdeathsig", programs ? "TERM" : "KILL", ...bounded] : bounded;
  const known = [...VARIABLES, ...start.permissions.env].flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  return new Deno.Command(program, {
    args,
    cwd: start.folder,
    clearEnv: true,
    env: { ...Object.fromEntries(known), NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", AUTONOMY: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  }).spawn();
}

/** Ends a process with all that it started. */
export function killProcess(process: Deno.ChildProcess): void {
  try {
    Deno.kill(-process.pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

function flagsOf({ folder, socket, permissions, protects, ...places }: ProcessStart): readonly string[] {
  const paths = (all: readonly string[]) => all.map((path) => permittedPath(path, places));
  const flag = (name: string, items: readonly string[]) => items.length === 0 ? [] : [`--${name}=${items.join(",")}`];
  return [
    "run",
    "--quiet",
    "--no-prompt",
    "--no-check",
    // Which zod it is stands there: without, each start reads all that the registry ever said of it.
    `--lock=${LOCK}`,
    "--frozen",
    "--no-remote",
    "--cached-only",
    `--config=${CONFIGURATION}`,
    `--v8-flags=--max-old-space-size=${HEAP_MB}`,
    ...flag("allow-read", [folder, socket, ...paths(permissions.read)]),
    ...flag("allow-write", [socket, ...paths(permissions.write)]),
    ...flag("deny-write", [PROGRAM, ...protects]),
    ...flag("allow-net", [`unix:${socket}`, ...permissions.net]),
    ...flag("allow-run", permissions.run),
    ...flag("allow-env", permissions.env),
  ];
}

let ends: Promise<boolean> | null = null;

/** Whether the system ends a process when the one that started it is gone, however that ended. */
export function endsWithUs(): Promise<boolean> {
  return ends ??= new Deno.Command("setpriv", {
    args: ["--pdeathsig", "KILL", "true"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output().then(({ success }) => success, () => false);
}

/** Makes a folder for a socket that nobody else may look into, and gives the socket's path in it. */
export async function socketPlace(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const folder = await Deno.makeTempDir({ prefix: "autonomy_" });
  return {
    path: join(folder, "s"),
    remove: () => Deno.remove(folder, { recursive: true }).catch(() => {}),
  };
}
