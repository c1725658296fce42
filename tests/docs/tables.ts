import { configJsonSchema } from "../../src/cli/config_schema.ts";
import { ACTIONS, keyWord } from "../../src/tui/actions.ts";
import { keyGroups } from "../../src/tui/key_groups.ts";
import { PANELS } from "../../src/tui/panels.ts";
import { STYLES, THEMES } from "../../src/tui/theme.ts";
import commands from "../../plugins/commands.ts";

/** Tables that are written from the program, by their page and the mark that they stand behind. */
export const TABLES: readonly { readonly path: string; readonly mark: string; readonly write: () => string }[] = [
  { path: "docs/keys.md", mark: "keys", write: keyTables },
  { path: "docs/keys.md", mark: "actions", write: actionsTable },
  { path: "docs/keys.md", mark: "colours", write: coloursTable },
  { path: "docs/settings.md", mark: "settings", write: settingsTable },
];

function inCell(text: string): string {
  return text.replaceAll("|", "\\|");
}

/** Every key, in the groups of the help on the screen. */
function keyTables(): string {
  return keyGroups(Object.values(PANELS), commands.commands ?? []).map(({ title, entries }) =>
    [
      `### ${title}`,
      "",
      "| keys | do |",
      "|---|---|",
      ...entries.map(([keys, does]) => `| \`${inCell(keys)}\` | ${inCell(does)} |`),
    ]
      .join("\n")
  ).join("\n\n");
}

/** Every action by the name that a person binds it by, those with the same words in one row. */
function actionsTable(): string {
  const rows = new Map<string, string[]>();
  for (const { name, keys, says } of ACTIONS) {
    const one = `\`${name}\` (${keys.map((key) => inCell(keyWord(key))).join(" ")})`;
    rows.set(says, [...rows.get(says) ?? [], one]);
  }
  return ["| actions | do |", "|---|---|", ...[...rows].map(([says, all]) => `| ${all.join(", ")} | ${inCell(says)} |`)]
    .join("\n");
}

/** Every role of text, with how it looks in each theme that comes with the program. */
function coloursTable(): string {
  const themes = Object.entries(THEMES);
  return [
    `| role of text | what it says | ${themes.map(([name]) => `\`${name}\``).join(" | ")} |`,
    `|---|---|${themes.map(() => "---|").join("")}`,
    ...STYLES.map(([style, says]) =>
      `| \`${style}\` | ${says} | ${themes.map(([, theme]) => theme[style]).join(" | ")} |`
    ),
  ].join("\n");
}

/** What is used of a JSON Schema. */
interface Shape {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

/** Settings of a form and of those inside it, each with its place. */
function settingsOf(shape: Shape, place: string): string[] {
  const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [] } = shape;
  const inside = [...anyOf, ...oneOf].flatMap((one) => settingsOf(one, place));
  const named = typeof additionalProperties === "object" ? settingsOf(additionalProperties, `${place}.NAME`) : [];
  const listed = items === undefined ? [] : settingsOf(items, `${place}[]`);
  const own = Object.entries(properties).flatMap(([name, one]) => {
    const path = place === "" ? name : `${place}.${name}`;
    const fallback = one.default === undefined ? "" : ` Default: \`${JSON.stringify(one.default)}\`.`;
    return [`| \`${path}\` | ${inCell(one.description ?? "")}${fallback} |`, ...settingsOf(one, path)];
  });
  return [...new Set([...own, ...inside, ...named, ...listed])];
}

function settingsTable(): string {
  const rows = settingsOf(configJsonSchema() as Shape, "");
  return ["`NAME` is a name of your choice, `[]` an entry of a list.", "", "| setting | says |", "|---|---|", ...rows]
    .join("\n");
}

/**
 * Puts a table where its marks stand.
 *
 * @param text the page
 * @param mark name of the marks
 * @param table the table
 * @returns the page with it
 * @throws where a mark is missing
 */
export function withTable(text: string, mark: string, table: string): string {
  const place = new RegExp(`(<!-- ${mark}: [^\\n]*-->\\n)[^]*?(<!-- /${mark} -->)`);
  if (!place.test(text)) throw new Error(`The page has no marks <!-- ${mark}: … --> and <!-- /${mark} -->.`);
  return text.replace(place, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`);
}
