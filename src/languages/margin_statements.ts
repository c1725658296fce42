import { type CodeLines, codeLines, LONGEST_FIRST_LINE, writingOf } from "./code_lines.ts";
import { IMPLEMENTATION } from "./containers.ts";
import { definitionsIn } from "./definitions.ts";
import type { Language } from "./language.ts";
import { implementationAt } from "./rust_impl.ts";

/** A statement that stands at the margin, lines counted from 1 and included. */
export interface MarginStatement {
  /** First line of it. */
  readonly from: number;
  /** Last line of it. */
  readonly to: number;
  /** First of the decorators and descriptions right above it; `from` where there are none. */
  readonly head: number;
  /** What it is; `other` for what declares nothing. */
  readonly kind: "function" | "type" | "value" | "other";
  /** The names that it declares. */
  readonly names: readonly string[];
  /** The type that it adds something to; null for what stands by itself. */
  readonly of: string | null;
  /** Whether a word says that it declares what it names. */
  readonly isSaid: boolean;
}

/** What may stand before a word that declares. */
const REACH = "(?:export[ \\t]+)?(?:default[ \\t]+)?(?:declare[ \\t]+)?(?:pub(?:\\([^)]*\\))?[ \\t]+)?";
const TYPE = new RegExp(
  `^${REACH}(?:(?:abstract|final|public|sealed|const|unsafe|static)[ \\t]+){0,3}(?:class|interface|trait|struct|enum|union|type|record|protocol|macro_rules!)[ \\t]+([A-Za-z_$][\\w$]*)`,
);
/** A method whose first line says whose it is. */
const RECEIVER = /^func[ \t]*\(([^()]*)\)/;
const SAID = new RegExp(
  `^${REACH}(?:(?:const|let|var|static|val|final)[ \\t]+){1,2}(?:mut[ \\t]+)?(?:([A-Za-z_$][\\w$]*)(?![\\w$])|[{[]([^=]*)[}\\]][ \\t]*=)`,
);
const BARE = /^([A-Za-z_]\w*(?:[ \t]*,[ \t]*[A-Za-z_]\w*)*)[ \t]*(?::[^=]+)?=(?!=)/;
/** Values one below the other in brackets. */
const BLOCK = /^(?:const|var|type)[ \t]*\($/;
/** A line that begins something of its own, whatever is open before it. */
const BEGINS =
  /^(?:export|import|from|def|class|async|function|func|fn|pub|impl|type|interface|struct|enum|const|let|var|static|package|use|namespace|module|if|for|while|@|#\[)(?![\w$])/;

/**
 * Finds the statements at the margin of a text, each whole, over however many lines it goes.
 *
 * @param text code
 * @param by the languages whose forms count
 * @returns them in their order
 */
export function marginStatements(text: string, by: readonly Language[]): readonly MarginStatement[] {
  const read = codeLines(text, writingOf(by));
  const functions = new Map(definitionsIn(text, by).map((one) => [one.from, one]));
  const found: MarginStatement[] = [];
  let decorated: number | null = null;
  for (let index = 0; index < read.lines.length;) {
    const code = read.code[index]!;
    if (read.inside[index] !== null || !/^[^\s)\]}{]/.test(code)) {
      index += 1;
      continue;
    }
    const definition = functions.get(index + 1);
    const end = definition?.to ?? endOf(read, index, (line) => functions.has(line));
    const isDecorator = /^(?:@|#!?\[)/.test(code);
    if (!isDecorator) {
      const head = definition?.head ?? headOf(read.lines, index) + 1;
      found.push({
        from: index + 1,
        to: end,
        head: decorated ?? head,
        ...declared(read, index, end, definition?.name),
      });
    }
    decorated = isDecorator ? decorated ?? headOf(read.lines, index) + 1 : null;
    index = Math.max(end, index + 1);
  }
  return found;
}

/**
 * Finds where that begins which stands at the margin and holds a line.
 *
 * @param text code
 * @param line number of a line in it, from 1
 * @param by the languages whose forms count
 * @returns number of the first line of it, or of what is said right above it; the line itself where nothing holds it
 */
export function headAtMargin(text: string, line: number, by: readonly Language[]): number {
  return marginStatements(text, by).find(({ from, to }) => from <= line && line <= to)?.head ?? line;
}

/** What a statement declares, by its first line. */
function declared(
  { code: lines, text, starts }: CodeLines,
  start: number,
  end: number,
  name: string | undefined,
): Pick<MarginStatement, "kind" | "names" | "of" | "isSaid"> {
  const code = lines[start]!.slice(0, LONGEST_FIRST_LINE);
  if (name !== undefined) {
    const names = [name.slice(name.lastIndexOf(".") + 1)];
    const receiver = RECEIVER.exec(code)?.[1];
    return {
      kind: "function",
      names,
      of: receiver === undefined ? null : wordsOf(receiver.split("[")[0]!).at(-1) ?? null,
      isSaid: true,
    };
  }
  const added = IMPLEMENTATION.exec(code)?.[0].length;
  if (added !== undefined) {
    return { kind: "type", names: [], of: implementationAt(text, starts[start]! + added).type, isSaid: true };
  }
  const type = TYPE.exec(code)?.[1];
  if (type !== undefined) return { kind: "type", names: [type], of: null, isSaid: true };
  if (BLOCK.test(code.trim())) {
    const names = lines.slice(start + 1, end).flatMap((line) => /^[ \t]+(\w+)/.exec(line)?.[1] ?? []);
    return { kind: "value", names, of: null, isSaid: true };
  }
  const [said, alone, several = ""] = SAID.exec(code) ?? [];
  if (said !== undefined) {
    return { kind: "value", names: alone !== undefined ? [alone] : wordsOf(several), of: null, isSaid: true };
  }
  const bare = BARE.exec(code)?.[1];
  return bare === undefined
    ? { kind: "other", names: [], of: null, isSaid: false }
    : { kind: "value", names: wordsOf(bare), of: null, isSaid: false };
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\w$]+/g) ?? [];
}

/** The number of a statement's last line: what is deeper belongs to it, what its brackets and quotes hold, and what closes them. */
function endOf(read: CodeLines, start: number, isFunction: (line: number) => boolean): number {
  let depth = balanceOf(read.code[start]!);
  let last = start;
  for (let index = start + 1; index < read.code.length; index++) {
    const [code, inside] = [read.code[index]!, read.inside[index]];
    if (inside !== "quoted" && code.trim() === "") continue;
    const isOpen = depth > 0 && !BEGINS.test(code) && !isFunction(index + 1);
    if (inside !== "quoted" && !isOpen && !/^(?:[\s)\]}{]|->|where\b)/.test(code)) break;
    depth += balanceOf(code);
    last = index;
  }
  return last + 1;
}

/** Index of the first line of what is said and decorated right above a line. */
function headOf(lines: readonly string[], index: number): number {
  let head = index;
  while (head > 0 && /^(?:\/\/\/|\/\*\*| \*|#\[|@)/.test(lines[head - 1]!)) head--;
  return head;
}

function balanceOf(code: string): number {
  return code.split(/[([{]/).length - code.split(/[)\]}]/).length;
}
