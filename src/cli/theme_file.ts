import { join } from "node:path";
import { getNodeValue } from "jsonc-parser";
import { reasonOf } from "../kernel/reason_of.ts";
import { styleFault, type Theme, THEMES } from "../tui/theme.ts";
import { duplicatesIn, parseJsonc } from "./jsonc_text.ts";
import { configFolder } from "./places.ts";

/** The colours of a name. */
export interface NamedTheme {
  /** null where there are faults. */
  readonly theme: Theme | null;
  /** Everything that is wrong, each with its place. */
  readonly faults: readonly string[];
}

/** Key of a theme's file that names the theme whose looks hold where it says nothing. */
const FROM = "from";

/** Longest file that is read, in bytes: it holds some dozens of words. */
const MOST_BYTES = 100_000;

/** What a theme of one's own may be called: a name of a file, and no path. */
const THEME_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

const known = (name: string): Theme | undefined => Object.entries(THEMES).find(([one]) => one === name)?.[1];

/** The folder of a person's own themes, beside their configuration. */
export function themesFolder(environment: (name: string) => string | undefined): string {
  return join(configFolder(environment), "themes");
}

/**
 * Finds the colours of a name: those that come with Autonomy, else a file of the person's own themes.
 *
 * @param environment reads a variable
 * @param name such as `dark`, or `mine` for `themes/mine.jsonc`
 * @throws {CommandError} when `AUTONOMY_CONFIG_HOME` is no absolute path
 */
export function readTheme(environment: (name: string) => string | undefined, name: string): NamedTheme {
  const theme = known(name);
  if (theme !== undefined) return { theme, faults: [] };
  const folder = themesFolder(environment);
  const names = Object.keys(THEMES).join(", ");
  if (!THEME_NAME.test(name)) {
    return wrong(`${JSON.stringify(name)} is no name of a theme; wanted ${names}, or the name of a file in ${folder}`);
  }
  const path = join(folder, `${name}.jsonc`);
  try {
    if (Deno.statSync(path).size > MOST_BYTES) return wrong(`${path} is longer than ${MOST_BYTES} bytes`);
    return parseTheme(path, Deno.readTextFileSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return wrong(`there is no theme ${name}: wanted ${names}, or a file ${path}`);
    }
    return wrong(`${path} cannot be read: ${reasonOf(error)}`);
  }
}

/**
 * Takes the text of a theme's file together.
 *
 * @param path absolute path, for places
 * @param text JSON with comments: looks by roles of text, and the theme whose looks hold elsewhere
 */
export function parseTheme(path: string, text: string): NamedTheme {
  const { tree, at, placeOf, faults: broken } = parseJsonc(path, text);
  if (broken.length > 0) return { theme: null, faults: broken };
  if (tree !== undefined && tree.type !== "object") {
    return wrong(`${at(tree.offset)}: wanted an object, such as { "focus": "bold blue" }; found ${tree.type}`);
  }
  const looks: Readonly<Record<string, unknown>> = tree === undefined ? {} : getNodeValue(tree);
  const { [FROM]: from = "terminal", ...own } = looks;
  const ground = known(String(from));
  const faults = [
    ...duplicatesIn(tree, at),
    ...(ground === undefined
      ? [
        `${placeOf([FROM])}: there is no theme ${JSON.stringify(from)} to begin with; wanted one of ${
          Object.keys(THEMES).join(", ")
        }`,
      ]
      : []),
    ...Object.entries(own).flatMap(([style, look]) => {
      const fault = styleFault(style, look);
      return fault === null ? [] : [`${placeOf([style])}: ${style}: ${fault}`];
    }),
  ];
  return faults.length > 0 || ground === undefined
    ? { theme: null, faults }
    : { theme: { ...ground, ...own as Partial<Theme> }, faults: [] };
}

function wrong(fault: string): NamedTheme {
  return { theme: null, faults: [fault] };
}
