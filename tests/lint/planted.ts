import { type FileMeasure } from "../../lint/measure.ts";
import plugin, { measurePlugin } from "../../lint/plugin.ts";
import { fileFindings, treeFindings } from "../../lint/rules.ts";

/** Measures sources as if they stood at their paths, relative to the project. */
export function measured(sources: Readonly<Record<string, string>>): readonly FileMeasure[] {
  return Object.entries(sources).map(([path, source]) => {
    const [told] = Deno.lint.runPlugin(measurePlugin, path, source);
    return JSON.parse(told!.message) as FileMeasure;
  });
}

/** What is wrong with sources, as `RULE PLACE` and, where it is of one line, `:LINE`, in order. */
export function faultsOf(sources: Readonly<Record<string, string>>): readonly string[] {
  const files = measured(sources);
  return [...files.flatMap(fileFindings), ...treeFindings(files)]
    .map(({ rule, place, line }) => `${rule} ${place}${line === 0 ? "" : `:${line}`}`);
}

/** What `deno lint` says of a source by one of the project's own rules. */
export function lintSays(rule: string, path: string, source: string): readonly string[] {
  return Deno.lint.runPlugin(plugin, path, source).filter(({ id }) => id === `autonomy/${rule}`)
    .map(({ message }) => message);
}

/** Code of so many lines, of which none is a comment. */
export function linesOf(count: number): string {
  return "f();\n".repeat(count);
}
