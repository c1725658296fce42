import { dirname, join } from "node:path/posix";

/** A folder of `src/` and what it may use. */
interface Layer {
  /** Folders of `src/` that it may import from. */
  readonly imports: readonly string[];
  /** A pure layer names the packages that it may use, of which none does I/O; the others may do I/O and use any. */
  readonly pure?: readonly string[];
}

const PURE = ["kernel", "features", "phases", "decisions", "asks", "strategies", "prompt", "sentences"];

/** The layers: the one table, checked on every lint. A folder of `src/` that has no row may import nothing. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  sentences: { imports: ["sentences"], pure: ["yaml"] },
  kernel: { imports: ["kernel"], pure: ["zod"] },
  features: { imports: [...PURE, "effects", "languages"], pure: ["zod"] },
  phases: { imports: ["kernel", "features", "decisions", "prompt", "phases", "sentences"], pure: [] },
  decisions: { imports: ["kernel", "features", "decisions", "sentences"], pure: [] },
  asks: { imports: [...PURE, "effects", "mediate", "ports"], pure: ["zod"] },
  strategies: { imports: ["kernel", "features", "prompt", "strategies", "sentences"], pure: [] },
  prompt: { imports: [...PURE, "effects", "languages"], pure: [] },
  mediate: { imports: ["kernel", "effects", "ports", "mediate", "sentences"], pure: [] },
  effects: { imports: [...PURE, "effects", "mediate", "fleet", "languages", "ports", "work", "run"] },
  languages: { imports: ["kernel", "languages", "ports", "work", "sentences"] },
  ports: { imports: ["kernel", "features", "languages", "ports", "sentences"] },
  work: { imports: ["kernel", "effects", "languages", "ports", "work"] },
  fleet: { imports: ["kernel", "features", "ports", "fleet"] },
  run: { imports: [...PURE, "effects", "fleet", "ports", "work", "run"] },
  tell: { imports: [...PURE, "effects", "tell"], pure: ["string-width"] },
  plugin: { imports: [...PURE, "effects", "languages", "mediate", "ports", "plugin"] },
  mcp: { imports: ["kernel", "ports", "mediate", "sentences", "fleet", "work", "plugin", "mcp"] },
  tui: { imports: [...PURE, "effects", "ports", "tell", "plugin", "mediate", "tui"] },
  rehearsal: { imports: ["kernel", "languages", "mediate", "ports", "prompt", "rehearsal"] },
  cli: {
    imports: [
      ...PURE,
      "effects",
      "languages",
      "mediate",
      "ports",
      "fleet",
      "run",
      "work",
      "plugin",
      "mcp",
      "tell",
      "tui",
      "rehearsal",
      "cli",
    ],
  },
};

/** Layers that may read files of the program outside `src/`, such as the built-in plugins and `deno.json`. */
const OPEN_LAYERS = ["cli", "rehearsal"];

/** Files that the command line may use of the interface; the rest is tui's inside. */
const TUI_DOORS = [
  "screen.tsx",
  "opening.ts",
  "store.ts",
  "guard.ts",
  "session.ts",
  "actions.ts",
  "theme.ts",
  "colourist.ts",
];

/** The door that plugins use. */
const PLUGIN_DOOR = "src/plugin/mod.ts";

/** The layer of a file, such as `kernel` of `src/kernel/due.ts`; null outside `src/`. */
export function layerOf(path: string): string | null {
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** Whether a file is of a layer that takes data and returns data. */
export function isPure(path: string): boolean {
  return LAYERS[layerOf(path) ?? ""]?.pure !== undefined;
}

/**
 * Says which file an import means.
 *
 * @param path the importing file, relative to the project
 * @param specifier as it is written
 * @returns a path relative to the project, null for a package
 */
export function importedFile(path: string, specifier: string): string | null {
  return specifier.startsWith(".") ? join(dirname(path), decodeURIComponent(specifier)) : null;
}

/** Says why an import of a file, named relative to the project, breaks the layers; null when it does not. */
export function importFault(path: string, specifier: string): string | null {
  const there = importedFile(path, specifier);
  if (path.startsWith("plugins/")) return there === null ? null : pluginFault(path, there, specifier);
  const layer = layerOf(path);
  if (layer === null) return null;
  const { imports, pure } = LAYERS[layer] ?? { imports: [] };
  if (there === null) {
    return pure === undefined || pure.includes(specifier)
      ? null
      : `${layer} is pure: it may import ${pure.length === 0 ? "no package" : pure.join(", ")}, not "${specifier}".`;
  }
  const other = layerOf(there);
  if (other === null) {
    // The sentences that come with the program are part of it.
    if (layer === "sentences" && there.startsWith("prompts/sentences/")) return null;
    return OPEN_LAYERS.includes(layer) ? null : `${layer} may not import from outside src/: "${specifier}".`;
  }
  if (!imports.includes(other)) return `${layer} may not import ${other}: "${specifier}".`;
  return layer === "cli" && other === "tui" && !TUI_DOORS.some((door) => there === `src/tui/${door}`)
    ? `The command line uses the doors of tui (${TUI_DOORS.join(", ")}), not its insides: "${specifier}".`
    : null;
}

function pluginFault(path: string, there: string, specifier: string): string | null {
  const home = /^plugins\/[^/]+\//.exec(path)?.[0];
  return there === PLUGIN_DOOR || (home !== undefined && there.startsWith(home))
    ? null
    : `A plugin imports the door (${PLUGIN_DOOR}), itself and packages only: "${specifier}".`;
}
