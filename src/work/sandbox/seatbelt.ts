import { join } from "node:path";
import { type Enclosure, OBEYED } from "./enclosure_shape.ts";
import { credentialsOf, isKeptBack } from "./hidden_paths.ts";

/** Devices that programs write, by name or as the beginning of names. */
const DEVICES = ["/dev/null", "/dev/zero", "/dev/tty", "/dev/dtracehelper", "/dev/fd", "/dev/stdout", "/dev/stderr"];

/**
 * Writes the profile by which macOS holds a command: later rules go before earlier ones.
 *
 * @param enclosure what it may change; real paths
 * @param credentials absolute paths of what holds keys and passwords
 * @returns text in the language of sandbox-exec
 */
export function seatbeltProfile(enclosure: Enclosure, credentials: readonly string[]): string {
  const { place, project, temporary, write, hidden, network, shared, spots } = enclosure;
  const rule = (verb: string, what: string, paths: readonly string[]) =>
    paths.length === 0 ? [] : [`(${verb} ${what}`, ...paths.map((path) => `  (subpath ${quoted(path)})`), ")"];
  const folders = [...new Set([place, project])];
  return [
    "(version 1)",
    "(allow default)",
    "(deny file-write*)",
    ...(network ? [] : [
      "(deny network*)",
      '(allow network* (local ip "localhost:*") (remote ip "localhost:*"))',
    ]),
    ...rule("deny", "file-read* file-write* network*", [...credentials, ...hidden, "/private/var/run", "/var/run"]),
    ...rule("allow", "file-read* file-write*", [place, temporary, ...write]),
    ...rule("allow", "file-write*", DEVICES),
    // A place inside a hidden folder is seen, what is hidden inside a place is not.
    ...rule("deny", "file-read*", credentials.filter((path) => path.startsWith(`${place}/`))),
    ...rule("deny", "file-write*", [
      ...shared.map((path) => join(place, path)),
      ...folders.flatMap((folder) => OBEYED.map((name) => join(folder, name))),
    ]),
    ...rule("allow", "file-write*", spots.map((path) => join(place, path))),
    "",
  ].join("\n");
}

/**
 * Gives a command as sandbox-exec starts it. It sees the place where it lies: this kernel lets nothing stand at another path.
 *
 * @param command program and arguments
 * @param enclosure what it may change
 * @param environment variables of its own
 */
export function sandboxExec(
  command: readonly string[],
  enclosure: Enclosure,
  environment: Readonly<Record<string, string>>,
): string[] {
  const { temporary } = enclosure;
  const profile = seatbeltProfile(enclosure, credentialsOf([environment["HOME"], Deno.env.get("HOME")]));
  const variables = { ...environment, TMPDIR: temporary, TMP: temporary, TEMP: temporary };
  return [
    "env",
    ...Object.keys(Deno.env.toObject()).filter(isKeptBack).flatMap((name) => ["-u", name]),
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    ...["sandbox-exec", "-p", profile],
    ...command,
  ];
}

/** A path as the profile quotes it. */
function quoted(path: string): string {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
