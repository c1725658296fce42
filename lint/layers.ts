/** Which layers a layer of `src/` may import, by design: the one table, checked on every lint. */
const PURE = ["kernel", "features", "phases", "decisions", "asks", "strategies", "prompt", "sentences"];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  sentences: ["sentences"],
  kernel: ["kernel"],
  features: [...PURE, "effects", "languages"],
  phases: ["kernel", "features", "decisions", "phases", "sentences"],
  decisions: ["kernel", "features", "decisions", "sentences"],
  asks: [...PURE, "effects", "mediate", "ports"],
  strategies: ["kernel", "features", "strategies", "sentences"],
  prompt: [...PURE, "effects", "languages"],
  effects: [...PURE, "effects", "mediate", "fleet", "languages", "ports", "work", "run"],
  languages: ["kernel", "languages", "ports", "work", "sentences"],
  mediate: ["kernel", "effects", "ports", "mediate", "sentences"],
  ports: ["kernel", "features", "ports", "sentences"],
  work: ["kernel", "effects", "languages", "ports", "work"],
  fleet: ["kernel", "features", "ports", "fleet"],
  run: [...PURE, "effects", "fleet", "ports", "work", "run"],
  plugin: [...PURE, "effects", "languages", "mediate", "ports", "plugin"],
  tui: [...PURE, "effects", "ports", "tell", "plugin", "mediate", "tui"],
  rehearsal: ["kernel", "languages", "mediate", "rehearsal"],
  cli: [
    ...PURE,
    "effects",
    "languages",
    "mediate",
    "ports",
    "fleet",
    "run",
    "work",
    "plugin",
    "tell",
    "tui",
    "rehearsal",
    "cli",
  ],
};

/** Packages that pure layers may use: none does I/O. */
const PURE_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  kernel: ["zod"],
  features: ["zod"],
  phases: [],
  decisions: [],
  asks: ["zod"],
  strategies: [],
  prompt: [],
  mediate: [],
  sentences: [],
};

/** Entries of the interface that the command line may use; the rest is tui's inside. */
const TUI_DOORS = ["screen.tsx", "store.ts", "guard.ts", "start_form.ts", "start_form.tsx"];

/** Globals that make a function impure. */
const IMPURE = new Set([
  "Deno",
  "fetch",
  "setTimeout",
  "setInterval",
  "crypto",
  "performance",
  "process",
  "console",
  "queueMicrotask",
]);

interface Place {
  readonly layer: string;
  readonly file: string;
}

function placeOf(path: string): Place | null {
  const source = /(?:^|\/)src\/([a-z]+)\/(.+)$/.exec(path);
  if (source !== null) return { layer: source[1]!, file: source[2]! };
  return /(?:^|\/)plugins\//.test(path) && !path.includes("/tests/") ? { layer: "plugins", file: path } : null;
}

function resolve(from: string, specifier: string): string {
  return decodeURIComponent(new URL(specifier, `file://${from.startsWith("/") ? "" : "/"}${from}`).pathname);
}

/** Says why an import breaks the layers; null when it does not. */
export function importFault(path: string, specifier: string): string | null {
  const here = placeOf(path);
  if (here === null) return null;
  const relative = specifier.startsWith(".");
  if (here.layer === "plugins") return pluginFault(path, specifier, relative);
  if (!relative) {
    const packages = PURE_PACKAGES[here.layer];
    return packages === undefined || packages.includes(specifier)
      ? null
      : `${here.layer} is pure: it may import ${
        packages.length === 0 ? "no package" : packages.join(", ")
      }, not "${specifier}".`;
  }
  const there = placeOf(resolve(path, specifier));
  if (there === null) {
    // The sentences that come with the program are part of it.
    if (here.layer === "sentences" && specifier.startsWith("../../prompts/sentences/")) return null;
    return here.layer === "cli" || here.layer === "rehearsal"
      ? null
      : `${here.layer} may not import from outside src/: "${specifier}".`;
  }
  if (MAY_IMPORT[here.layer]?.includes(there.layer) !== true) {
    return `${here.layer} may not import ${there.layer}: "${specifier}".`;
  }
  if (here.layer === "cli" && there.layer === "tui" && !TUI_DOORS.includes(there.file)) {
    return `The command line uses the doors of tui (${TUI_DOORS.join(", ")}), not its insides: "${specifier}".`;
  }
  return null;
}

function pluginFault(path: string, specifier: string, relative: boolean): string | null {
  if (!relative) return null;
  const there = resolve(path, specifier);
  if (there.endsWith("/src/plugin/mod.ts")) return null;
  const home = /^(.*\/plugins\/[^/]+)\//.exec(path.startsWith("/") ? path : `/${path}`)?.[1];
  const same = home !== undefined && there.startsWith(`${home}/`);
  return same ? null : `A plugin imports the door (src/plugin/mod.ts), itself and packages only: "${specifier}".`;
}

function isPure(path: string): boolean {
  const layer = placeOf(path)?.layer;
  return layer !== undefined && Object.hasOwn(PURE_PACKAGES, layer);
}

/** The layer rule and the purity of core, as a plugin of `deno lint`. */
const plugin: Deno.lint.Plugin = {
  name: "autonomy",
  rules: {
    layers: {
      create(context) {
        const check = (node: Deno.lint.Node, specifier: string) => {
          const fault = importFault(context.filename, specifier);
          if (fault !== null) context.report({ node, message: fault });
        };
        return {
          ImportDeclaration: (node) => check(node, node.source.value),
          ExportNamedDeclaration: (node) => node.source && check(node, node.source.value),
          ExportAllDeclaration: (node) => check(node, node.source.value),
        };
      },
    },
    pure: {
      create(context) {
        if (!isPure(context.filename)) return {};
        const refuse = (node: Deno.lint.Node, what: string) =>
          context.report({ node, message: `${what}: this layer takes data and returns data.` });
        return {
          AwaitExpression: (node) => refuse(node, "await"),
          ForOfStatement: (node) => node.await && refuse(node, "for await"),
          Identifier(node) {
            if (IMPURE.has(node.name) && isGlobalUse(node)) refuse(node, node.name);
          },
          MemberExpression(node) {
            if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
            const name = `${node.object.name}.${node.property.name}`;
            if (name === "Date.now" || name === "Math.random") refuse(node, name);
          },
          NewExpression(node) {
            if (node.callee.type === "Identifier" && node.callee.name === "Date" && node.arguments.length === 0) {
              refuse(node, "new Date()");
            }
          },
        };
      },
    },
  },
};

/** A name in place of a value, not a property or a key of the same name. */
function isGlobalUse(node: Deno.lint.Identifier): boolean {
  const parent = node.parent as Deno.lint.Node | undefined;
  if (parent === undefined) return true;
  if (parent.type === "MemberExpression") return parent.object === node || parent.computed;
  if (parent.type === "Property") return parent.value === node && parent.key !== node;
  return parent.type === "CallExpression" || parent.type === "NewExpression" || parent.type === "VariableDeclarator";
}

export default plugin;
