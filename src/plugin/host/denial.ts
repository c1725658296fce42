import { PERMISSION_KINDS, type PermissionKind, type PermissionSet } from "./permissions.ts";

/** How Deno says that something is not permitted; the path, the host or the program may be left out. */
const DENIED = /Requires (read|write|net|run|env|sys|ffi|import|all) access(?: to (?:"([^"]*)"|([^,\s]+)))?/;

/** A sentence of Deno about a missing permission inside an error or one of its causes; null where none stands there. */
export function denialIn(error: unknown): string | null {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth++) {
    const [sentence] = DENIED.exec(one.message) ?? [];
    if (sentence !== undefined) return sentence;
    if (one.name === "NotCapable") return one.message;
  }
  return null;
}

/** A plugin, as far as a missing permission is about it. */
export interface DeniedPlugin {
  readonly plugin: string;
  readonly wants: PermissionSet;
  readonly granted: PermissionSet;
}

/**
 * Says for model and person which permission was missing, and how it is given.
 *
 * @param tool what of the plugin was asked, such as `The tool fetch_page`
 * @param sentence as {@link denialIn} found it
 */
export function denialText(tool: string, sentence: string, { plugin, wants, granted }: DeniedPlugin): string {
  const [, kind = "", quoted, bare] = DENIED.exec(sentence) ?? [];
  const what = quoted ?? bare ?? "";
  const words = MAY[kind] ?? "do that";
  const began = `${tool} may not ${words}${what === "" ? "" : ` ${what}`}: `;
  const known = PERMISSION_KINDS.find((one) => one === kind);
  if (known === undefined) return `${began}no plugin may.`;
  const waits = wants[known].filter((item) => !granted[known].includes(item));
  if (waits.length > 0) {
    return `${began}its plugin ${plugin} asks for that (${
      waits.join(", ")
    }), and nobody allowed it yet. A person allows it by: autonomy plugins allow ${plugin}`;
  }
  return `${began}its plugin ${plugin} does not ask for it. Whoever writes the plugin adds permissions: { ${known}: [${
    JSON.stringify(exampleOf(known, what))
  }] } to it; then a person can allow it.`;
}

const MAY: Readonly<Record<string, string>> = {
  read: "read",
  write: "write",
  net: "connect to",
  run: "start",
  env: "read the variable",
};

function exampleOf(kind: PermissionKind, what: string): string {
  return what !== "" ? what : { read: "/a/path", write: "/a/path", net: "a.host", run: "git", env: "NAME" }[kind];
}
