import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** Code of the program; the sample project of the rehearsal is text to it. */
const FOLDERS = ["src", "plugins"];
const LEFT_OUT = "src/rehearsal/sample/";

/** A regular expression as it stands in a source. */
export interface WrittenPattern {
  /** File, relative to the project. */
  readonly path: string;
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** A call of `new RegExp`, whose pattern is made at run time. */
export interface MadePattern {
  readonly path: string;
  readonly line: number;
  /** Its first argument as it is written. */
  readonly written: string;
}

/** Collects the regular expressions of all code of the program. */
export function collectPatterns(): {
  readonly written: readonly WrittenPattern[];
  readonly made: readonly MadePattern[];
} {
  const written: WrittenPattern[] = [];
  const made: MadePattern[] = [];
  for (const path of FOLDERS.flatMap((folder) => [...sourcesIn(folder)])) {
    const text = Deno.readTextFileSync(ROOT + path);
    const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
    const plugin: Deno.lint.Plugin = {
      name: "patterns",
      rules: {
        collect: {
          create: () => ({
            Literal(node) {
              const regex = "regex" in node ? node.regex : undefined;
              if (regex === undefined) return;
              const { pattern, flags } = regex;
              written.push({ path, line: lineAt(node.range[0]), source: pattern, flags });
            },
            NewExpression({ callee, range, arguments: [first] }) {
              if (callee.type !== "Identifier" || callee.name !== "RegExp" || first === undefined) return;
              made.push({ path, line: lineAt(range[0]), written: text.slice(...first.range) });
            },
          }),
        },
      },
    };
    Deno.lint.runPlugin(plugin, path, text);
  }
  return { written, made };
}

function* sourcesIn(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(ROOT + folder)) {
    const path = `${folder}/${name}`;
    if (path.startsWith(LEFT_OUT) || `${path}/` === LEFT_OUT) continue;
    if (isDirectory) yield* sourcesIn(path);
    else if (/\.tsx?$/.test(name)) yield path;
  }
}
