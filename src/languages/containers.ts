import { type CodeLines, codeLines, LONGEST_FIRST_LINE, writingOf } from "./code_lines.ts";
import { endOf, headOf } from "./definition_end.ts";
import type { Language } from "./language.ts";
import { implementationAt } from "./rust_impl.ts";

const CLASS = /^(\s*)(?:(?:export|default|abstract|final|public)\s+)*(class|interface|struct)\s+([\w$]+)/;
const TRAIT = /^(\s*)(?:pub(?:\([^)]*\))?\s+)?(?:unsafe\s+)?trait\s+(\w+)/;
/** The beginning of an implementation, up to what it takes or is of. */
export const IMPLEMENTATION = /^(\s*)(?:(?:default|unsafe)\s+)*impl(?=[\s<])/;

/** What holds methods: a class, an implementation or the like, lines counted from 1 and included. */
export interface Container {
  /** Its name: of an implementation that of its type. */
  readonly name: string;
  /** First line of it. */
  readonly from: number;
  /** Last line of it. */
  readonly to: number;
  /** First of the comments and decorators right above it; `from` where there are none. */
  readonly head: number;
  /** What it is: of an implementation whether it is that of a trait. */
  readonly kind: "class" | "struct" | "implementation" | "trait";
  /** Whether a new method may stand in it: not in the implementation of a trait, nor in a type that has an implementation. */
  readonly isOpen: boolean;
}

/** What a container begins with. */
interface ContainerHead {
  readonly indent: number;
  readonly name: string;
  readonly kind: Container["kind"];
}

/**
 * Finds the classes of a text and what else holds methods, by the form of their first line.
 *
 * @param text code
 * @param by the languages whose forms count
 * @returns them in order, those inside others too
 */
export function containersIn(text: string, by: readonly Language[] = []): Container[] {
  const read = codeLines(text, writingOf(by));
  const heads = read.lines.flatMap((_, index) => {
    const head = containerAt(read, index);
    return head === null ? [] : [{ ...head, index }];
  });
  const implemented = new Set(heads.flatMap(({ kind, name }) => kind === "implementation" ? [name] : []));
  return heads.map(({ indent, name, kind, index }) => ({
    name,
    from: index + 1,
    to: endOf(read, index, indent),
    head: headOf(read, index, indent) + 1,
    kind,
    isOpen: kind !== "trait" && !(kind === "struct" && implemented.has(name)),
  }));
}

/** Reads a line as the first one of what holds methods; null where it is none. */
export function containerAt({ lines, code, text, starts, inside }: CodeLines, index: number): ContainerHead | null {
  const line = code[index]!;
  if (inside[index] !== null || lines[index]!.length > LONGEST_FIRST_LINE) return null;
  const [, before = "", word, name] = CLASS.exec(line) ?? [];
  if (name !== undefined) return { indent: before.length, name, kind: word === "struct" ? "struct" : "class" };
  const trait = TRAIT.exec(line);
  if (trait !== null) return { indent: trait[1]!.length, name: trait[2]!, kind: "class" };
  const open = IMPLEMENTATION.exec(line);
  if (open === null) return null;
  const { type, isOfTrait } = implementationAt(text, starts[index]! + open[0].length);
  return type === null ? null : { indent: open[1]!.length, name: type, kind: isOfTrait ? "trait" : "implementation" };
}
