import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";

/** Keys from the top of a file, such as `["hosts", "fast"]`. */
export type Keys = readonly (string | number)[];

/** JSON with comments and trailing commas, with the places in it. */
export interface JsoncText {
  /** What it holds; undefined where it is empty. */
  readonly tree: Node | undefined;
  /** Says where an offset is: `file:line:column`. */
  readonly at: (offset: number) => string;
  /** Says where a value stands, or the nearest one around it that is there. */
  readonly placeOf: (keys: Keys) => string;
  /** Where it is no JSON, each with its place. */
  readonly faults: readonly string[];
}

/**
 * Parses JSON with comments and trailing commas.
 *
 * @param path absolute path, for places
 * @param text its text
 */
export function parseJsonc(path: string, text: string): JsoncText {
  const at = (offset: number) => {
    const lines = text.slice(0, offset).split("\n");
    return `${path}:${lines.length}:${(lines.at(-1) ?? "").length + 1}`;
  };
  const errors: ParseError[] = [];
  const tree = parseTree(text.replace(/^\uFEFF/, " "), errors, { allowTrailingComma: true, allowEmptyContent: true });
  return {
    tree,
    at,
    placeOf: (keys) => at(nodeAt(tree, keys)?.offset ?? 0),
    faults: errors.map(({ error, offset }) => `${at(offset)}: this is no JSON: ${syntaxWords(error)}`),
  };
}

/** The value at some keys, or its nearest ancestor that exists. */
export function nodeAt(tree: Node | undefined, keys: Keys): Node | undefined {
  return tree && (findNodeAtLocation(tree, [...keys]) ?? nodeAt(tree, keys.slice(0, -1)));
}

/** jsonc-parser's names of faults, such as `ValueExpected`, in words. */
function syntaxWords(code: ParseError["error"]): string {
  return printParseErrorCode(code).replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

/** Says of each key that stands twice in one object where it does; JSON would silently take the last. */
export function duplicatesIn(tree: Node | undefined, at: JsoncText["at"]): readonly string[] {
  return duplicates(tree).map((key) =>
    `${at(key.offset)}: "${key.value}" stands here a second time; leave one of them`
  );
}

function duplicates(node: Node | undefined): Node[] {
  const seen = new Set<unknown>();
  return (node?.children ?? []).flatMap((child) => {
    const key = child.type === "property" ? child.children?.[0] : undefined;
    const again = key !== undefined && seen.has(key.value);
    seen.add(key?.value);
    return [...(again ? [key] : []), ...duplicates(child)];
  });
}
