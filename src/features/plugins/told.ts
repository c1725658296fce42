import { oneLine } from "../../kernel/say.ts";
import { type Members, pick, type Row } from "../../kernel/told.ts";
import type { TellOf } from "../known.ts";
import type { pluginFacts } from "./facts.ts";

/** Longest reason in a line, in characters. */
const REASON_CHARS = 200;

/** How what becomes of plugins is told. */
export const pluginsTold: TellOf<keyof typeof pluginFacts> = {
  plugin_ready: {
    json: named("plugin", "path", "origin", "number", "before", "roles", "tools", "why"),
    lines: ({ plugin, version, number, before, why }) => [
      `${plugin} ${before === null ? "" : `v${before} → `}v${number} (${version}) ready${
        why === "left" ? ": its file changed while the run was left" : ""
      }`,
    ],
    row: ({ plugin, version, number }) => inSection(plugin, `v${number}`, version, "in use", ""),
  },
  plugin_refused: {
    json: named("plugin", "path", "place", "text", "number"),
    lines: ({ path, place, text, number }) => [
      `${shortPlace(path, place)}${number === null ? "" : `, still on v${number}`}: ${oneLine(text, REASON_CHARS)}`,
    ],
    row: ({ path, place, text }) => ({
      section: "Failures",
      cells: [`${shortPlace(path, place)}: ${oneLine(text, REASON_CHARS)}`],
    }),
  },
  plugin_doubted: {
    json: named("path", "faults"),
    lines: ({ path, faults }) =>
      faults.map(({ place, text }) => `types, ${shortPlace(path, place)}: ${oneLine(text, REASON_CHARS)}`),
  },
  plugin_waits: {
    json: named("plugin", "path", "for", "text"),
    lines: ({ text }) => [oneLine(text, REASON_CHARS)],
  },
  plugin_retired: {
    json: named("plugin", "path", "number", "why"),
    lines: ({ plugin, number, why }) => [
      `${plugin} v${number} retired: its file is gone${why === "left" ? " since the run was left" : ""}`,
    ],
    row: ({ plugin }) => inSection(plugin, "", "", "retired", ""),
  },
  plugin_rolled_back: {
    json: named("plugin", "path", "number", "from", "reason"),
    lines: ({ plugin, version, number, from, reason }) => [
      `${plugin} v${from} → v${number} (${version}) rolled back: ${oneLine(reason, REASON_CHARS)}`,
    ],
    row: ({ plugin, version, number, reason }) =>
      inSection(plugin, `v${number}`, version, "rolled back", oneLine(reason, REASON_CHARS)),
  },
  rollback_wished: { json: ["plugin"] },
};

/** Members of a line of JSON, whose own `version` is that of its form. */
function named<T extends { readonly version: string | null }>(...names: readonly (keyof T & string)[]) {
  return (fact: T): Members => ({ ...pick(fact, ...names), plugin_version: fact.version });
}

function inSection(plugin: string, ...cells: readonly string[]): Row {
  return { section: "Plugins", id: plugin, cells: [plugin, ...cells] };
}

/** A place in a plugin's files as short as it can be told apart: from the folder on that it lies in as a file, or as a folder of its own. */
function shortPlace(path: string, place: string): string {
  const own = path.endsWith("/mod.ts") ? path.slice(0, -"/mod.ts".length) : path;
  const folder = own.slice(0, own.lastIndexOf("/") + 1);
  return place.startsWith(folder) ? place.slice(folder.length) : place;
}
