import { lstatSync, mkdirSync, readdirSync, realpathSync, rmdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { CommandNotStarted } from "../command_words.ts";
import { type Enclosure, OBEYED } from "./enclosure_shape.ts";
import { credentialsOf, isKeptBack, SOCKETS } from "./hidden_paths.ts";

/** Descriptor on which bubblewrap says which process it started, and how the command ended. */
export const STATUS_FD = 3;

/** Bytes of memory that files of `/dev/shm`, and each private spot, may take. */
const MOST_SHARED_MEMORY = 1_073_741_824;

/**
 * What of `/proc` is about the whole machine and can be written by root though all rights are given up: who sets `sys/kernel/core_pattern` has
 * a program of their choice run outside. bubblewrap leaves `sys` as it is where the folder itself cannot be written (0.8.0).
 */
const SETTINGS_OF_KERNEL =
  "sys sysrq-trigger irq bus fs scsi acpi driver dynamic_debug tty mtrr pressure latency_stats timer_stats".split(" ");

/** Something that stands at a place inside. */
interface Mount {
  /** Absolute path. */
  readonly at: string;
  /** bubblewrap's words for it. */
  readonly words: readonly string[];
  /** Whether it is made read-only once what stands inside it has its mount points. */
  readonly sealed?: boolean;
}

/** Ways of giving up all rights, of which machines take different ones; the first that a trial finds to work is used. */
export const WAYS_OF_GIVING_UP: readonly (readonly string[])[] = [
  ["--cap-drop", "ALL"],
  // Root without the rights of root, such as in a sandbox around us, gets them only in a space of users of its own.
  ["--unshare-user", "--cap-drop", "ALL"],
  // An older bubblewrap that is installed with rights of its own takes no other order.
  [],
];

/** What a trial found of this machine. */
const found = { givingUp: WAYS_OF_GIVING_UP[0]!, user: -1 };

/**
 * Remembers what a trial found.
 *
 * @param givingUp the way of giving up all rights that works
 * @param user the number of the user we are
 */
export function rememberTrial(givingUp: readonly string[], user: number): void {
  found.givingUp = givingUp;
  found.user = user;
}

/**
 * The words of bubblewrap that are the same for all commands: spaces of its own for processes, messages and, without network, for
 * interfaces; no rights; a file system that is read-only.
 */
function commonWords({ tier, network, place }: Enclosure, givingUp: readonly string[]): string[] {
  // Root without the rights of root writes its own files only.
  const isForeign = found.user === 0 && givingUp.length === 2 && statSync(place).uid !== 0;
  return [
    "bwrap",
    "--die-with-parent",
    // A group of its own, so that our polite signal reaches the command and not bubblewrap, whose end would end all at once.
    "--new-session",
    "--unshare-pid",
    "--unshare-ipc",
    "--unshare-uts",
    ...(network || tier === "bubblewrap-shared-network" ? [] : ["--unshare-net"]),
    ...givingUp,
    ...(isForeign ? ["--cap-add", "CAP_DAC_OVERRIDE"] : []),
    ...["--ro-bind", "/", "/"],
    ...["--dev", "/dev"],
    ...["--perms", "1777", "--size", `${MOST_SHARED_MEMORY}`, "--tmpfs", "/dev/shm"],
    ...["--remount-ro", "/dev"],
    ...["--proc", "/proc"],
    ...SETTINGS_OF_KERNEL.flatMap((name) => ["--ro-bind-try", `/proc/${name}`, `/proc/${name}`]),
  ];
}

/**
 * Gives a command as bubblewrap starts it.
 *
 * @param command program and arguments
 * @param enclosure what it sees
 * @param environment variables of its own
 * @param within folder that it runs in, relative to the project
 * @param givingUp the way of giving up all rights; the one that works here where absent
 * @throws {CommandNotStarted} when a link leads where something has to stand inside
 */
export function bubblewrap(
  command: readonly string[],
  enclosure: Enclosure,
  environment: Readonly<Record<string, string>>,
  within = "",
  givingUp: readonly string[] = found.givingUp,
): string[] {
  // What stands deeper comes later: a project may lie below /tmp or a hidden folder, and a hidden folder inside a project.
  const mounts = mountsOf(enclosure, environment).toSorted((one, other) => depth(one.at) - depth(other.at));
  const sealed = mounts.filter((mount) => mount.sealed === true);
  const variables = { ...environment, ...privateVariables() };
  return [
    ...commonWords(enclosure, givingUp),
    ...mounts.flatMap(({ words }) => words),
    ...sealed.flatMap(({ at }) => ["--remount-ro", at]),
    // Ours of Deno, which would look for descriptors that are closed inside.
    ...["--unsetenv", "DENO_EXTRA_STDIO_FDS"],
    ...Object.keys(Deno.env.toObject()).filter(isKeptBack).flatMap((name) => ["--unsetenv", name]),
    ...Object.entries(variables).flatMap(([name, value]) => ["--setenv", name, value]),
    ...["--json-status-fd", `${STATUS_FD}`],
    ...["--chdir", join(enclosure.project, within)],
    "--",
    ...command,
  ];
}

/**
 * Takes away the mount points that bubblewrap had to make in a place, once its command has ended.
 *
 * @param enclosure what the command saw
 */
export function takeMountPointsAway({ place, shared }: Enclosure): void {
  for (const name of OBEYED.filter((one) => !shared.includes(one))) {
    try {
      // Refused where something stands in it.
      if (kindAt(join(place, name)) === "folder") rmdirSync(join(place, name));
    } catch {
      // It holds something, so it is not one of ours.
    }
  }
}

/** Variables by which programs find a place to write. */
function privateVariables(): Record<string, string> {
  return { TMPDIR: "/tmp", TMP: "/tmp", TEMP: "/tmp" };
}

function mountsOf(enclosure: Enclosure, environment: Readonly<Record<string, string>>): Mount[] {
  const { project, temporary, write } = enclosure;
  return [
    { at: "/tmp", words: ["--bind", temporary, "/tmp"] },
    ...emptied(
      ["/run", ...SOCKETS, ...credentialsOf([environment["HOME"], Deno.env.get("HOME")]), ...enclosure.hidden],
      enclosure,
    ),
    ...write.flatMap((path) => {
      const at = realPath(path);
      return at === null ? [] : [{ at: mountPoint(at, enclosure), words: ["--bind", at, at] }];
    }),
    { at: mountPoint(project, enclosure), words: ["--bind", enclosure.place, project] },
    ...sharedMounts(enclosure),
    ...obeyedMounts(enclosure),
  ];
}

/** Folders become empty ones, files become empty; those that do not exist need nothing. */
function emptied(paths: readonly string[], { project, place }: Enclosure): Mount[] {
  return [...new Set(paths.map(realPath))].flatMap((at): Mount[] => {
    // All that lies below /tmp outside is gone already.
    if (at === null || at === "/" || at === project) return [];
    if (isBelow("/tmp", at) && !isBelow(project, at)) return [];
    // What is seen of it is what stands in the place: nothing, mostly.
    if (isBelow(project, at) && !standsPlainly(place, relative(project, at))) return [];
    return statSync(at).isDirectory()
      ? [{ at, words: ["--perms", "0755", "--tmpfs", at], sealed: true }]
      : [{ at, words: ["--dev-bind", "/dev/null", at] }];
  });
}

function sharedMounts({ project, place, shared, spots }: Enclosure): Mount[] {
  return [
    ...shared.flatMap((path): Mount[] => {
      const from = realPath(join(project, path));
      if (from === null || !standsPlainly(place, path)) return [];
      return [{ at: join(project, path), words: ["--ro-bind", from, join(project, path)] }];
    }),
    ...spots.flatMap((path): Mount[] => {
      const at = join(project, path);
      // A mount point has to exist, and what it stands in is the real project's: the tool would make the same folder there.
      if (kindAt(at) === "nothing") quietly(() => mkdirSync(at));
      return kindAt(at) === "folder"
        ? [{ at, words: ["--perms", "0755", "--size", `${MOST_SHARED_MEMORY}`, "--tmpfs", at] }]
        : [];
    }),
  ];
}

function obeyedMounts({ project, place, shared }: Enclosure): Mount[] {
  return OBEYED.filter((name) => !shared.includes(name)).flatMap((name): Mount[] => {
    const [at, from] = [join(project, name), join(place, name)];
    const kind = kindAt(from);
    if (kind === "link") return [];
    // An empty folder is the mount point of a program that was killed, or as good as one.
    return kind === "nothing" || (kind === "folder" && readdirSync(from).length === 0)
      ? [{ at, words: ["--perms", "0755", "--tmpfs", at], sealed: true }]
      : [{ at, words: ["--ro-bind", from, at] }];
  });
}

/**
 * Looks whether a path can be a mount point. Below `/tmp` bubblewrap makes its folders in `temporary`, where an earlier command can have
 * planted a link, through which they would be made elsewhere.
 */
function mountPoint(at: string, { temporary }: Enclosure): string {
  if (!isBelow("/tmp", at)) return at;
  for (let path = relative("/tmp", at); path !== "."; path = join(path, "..")) {
    if (kindAt(join(temporary, path)) !== "link") continue;
    const said = `${
      join(temporary, path)
    } is a link that an earlier command made where ${at} has to stand. Take it away.`;
    throw new CommandNotStarted("other", said);
  }
  return at;
}

/** Whether a path lies inside a folder. */
function isBelow(folder: string, path: string): boolean {
  return path.startsWith(folder === "/" ? folder : `${folder}/`);
}

/** Whether something stands at a path inside a folder to which no link leads. */
function standsPlainly(folder: string, path: string): boolean {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.every((_, at) => !["nothing", "link"].includes(kindAt(join(folder, ...parts.slice(0, at + 1)))));
}

function kindAt(path: string): "nothing" | "link" | "folder" | "file" {
  try {
    const entry = lstatSync(path);
    return entry.isSymbolicLink() ? "link" : entry.isDirectory() ? "folder" : "file";
  } catch {
    return "nothing"; // Or what nobody like us may look at.
  }
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null; // It does not exist, or nobody like us can look.
  }
}

function depth(path: string): number {
  return path.split("/").length;
}

function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // Without it there is one place less to write.
  }
}
