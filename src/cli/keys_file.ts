import { join } from "node:path";
import { getNodeValue, type Node } from "jsonc-parser";
import { reasonOf } from "../kernel/reason_of.ts";
import { bind, type Keymap, type Said, type Wanted } from "../tui/actions.ts";
import { duplicatesIn, parseJsonc } from "./jsonc_text.ts";
import { configFolder } from "./places.ts";

/** The person's keys. */
export interface KeysFile {
  readonly path: string;
  /** What is bound anew; nothing where there are faults. */
  readonly keymap: Keymap;
  /** Everything that is wrong, each with its place. */
  readonly faults: readonly string[];
  /** What a person may not have meant, each with its place. */
  readonly notes: readonly string[];
  /** Says where the keys of an action stand. */
  readonly placeOf: (name: string) => string;
}

/** Longest file that is read, in bytes: it holds some dozens of names. */
const MOST_BYTES = 200_000;

/**
 * Reads the person's keys, `keys.jsonc` beside their configuration.
 *
 * @param environment reads a variable
 * @returns what it binds, or what is wrong; null where there is no such file
 * @throws {CommandError} when `AUTONOMY_CONFIG_HOME` is no absolute path
 */
export function readKeysFile(environment: (name: string) => string | undefined): KeysFile | null {
  const path = join(configFolder(environment), "keys.jsonc");
  try {
    if (Deno.statSync(path).size > MOST_BYTES) return unread(path, `is longer than ${MOST_BYTES} bytes`);
    return parseKeys(path, Deno.readTextFileSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    return unread(path, `cannot be read: ${reasonOf(error)}`);
  }
}

function unread(path: string, why: string): KeysFile {
  return { path, keymap: new Map(), faults: [`${path} ${why}`], notes: [], placeOf: () => path };
}

/**
 * Takes the text of such a file together.
 *
 * @param path absolute path, for places
 * @param text JSON with comments: keys by the names of actions
 */
export function parseKeys(path: string, text: string): KeysFile {
  const { tree, at, placeOf, faults: broken } = parseJsonc(path, text);
  const wrong = (faults: readonly string[]): KeysFile => ({
    path,
    keymap: new Map(),
    faults,
    notes: [],
    placeOf: (name) => placeOf([name]),
  });
  if (broken.length > 0) return wrong(broken);
  if (tree !== undefined && tree.type !== "object") {
    return wrong([`${at(tree.offset)}: wanted an object, such as { "pane.zoom": "Z" }; found ${tree.type}`]);
  }
  const read = (tree?.children ?? []).map(wantedBy);
  const nameAt = (name: string) => {
    const key = tree?.children?.map(({ children }) => children?.[0]).find((key) => key?.value === name);
    return key === undefined ? placeOf([name]) : at(key.offset);
  };
  const of = ({ name, text, isOfName }: Said) =>
    isOfName ? `${nameAt(name)}: ${text}` : `${placeOf([name])}: ${name}: ${text}`;
  const forms = read.flatMap((one) => "fault" in one ? [of({ name: one.name, text: one.fault })] : []);
  const { keymap, faults, notes } = bind(read.flatMap((one) => "fault" in one ? [] : [one]));
  const all = [...duplicatesIn(tree, at), ...forms, ...faults.map(of)];
  return all.length > 0 ? wrong(all) : { ...wrong([]), keymap, notes: notes.map(of) };
}

/** Reads `"action": "key"`, a list of keys, or null for none. */
function wantedBy({ children = [] }: Node): Wanted | { readonly name: string; readonly fault: string } {
  const [key, value] = children;
  const name = String(key?.value);
  const found: unknown = value === undefined ? undefined : getNodeValue(value);
  const keys = found === null ? [] : Array.isArray(found) ? found : [found];
  if (keys.every((one) => typeof one === "string" && one !== "")) return { name, keys };
  return { name, fault: "wanted a key, a list of keys, or null for none" };
}
