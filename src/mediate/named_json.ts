import { effortFor, readLiteral, readLoose } from "./loose_value.ts";
import type { FoundCall, TextFormat } from "./types.ts";

/** How a format writes a name before its arguments. */
export interface NamedJson {
  readonly name: string;
  readonly marks: readonly string[];
  /** Global expression for what stands before the arguments; its group `name` is the tool's name. */
  readonly head: RegExp;
  /** Sticky expression for what ends a call after its arguments. */
  readonly end: RegExp;
  /** Whether a call without arguments may leave them out. */
  readonly mayBeBare?: boolean;
}

const GAP = /(?:\s|```(?:json)?)*/y;

/**
 * Makes a format that writes the tool's name, a mark, and the arguments as a JSON object.
 * @param form name, marks and expressions of the format
 */
export function namedJsonFormat({ name, marks, head, end, mayBeBare = false }: NamedJson): TextFormat {
  return {
    name,
    marks,
    read: (text) => {
      const calls: FoundCall[] = [];
      const effort = effortFor(text);
      const heads = new RegExp(head.source, head.flags);
      const ends = new RegExp(end.source, end.flags);
      for (let found = heads.exec(text); found !== null; found = heads.exec(text)) {
        if (found[0] === "") break;
        GAP.lastIndex = heads.lastIndex;
        GAP.test(text);
        const at = text[heads.lastIndex] === "{" ? heads.lastIndex : GAP.lastIndex;
        const value = text[at] === "{"
          ? readLoose(text, at, effort)
          : text[at] === '"'
          ? readLiteral(text, at, effort)
          : null;
        if (value === null && !mayBeBare) {
          const rest = text.slice(heads.lastIndex);
          if (/^\s*$/.test(rest)) break;
          calls.push({
            name: found.groups?.name ?? "",
            arguments: rest.slice(0, 200),
            unreadable: true,
            span: [found.index, heads.lastIndex],
          });
          continue;
        }
        const after = value?.end ?? heads.lastIndex;
        ends.lastIndex = after;
        const close = ends.test(text) ? ends.lastIndex : after;
        heads.lastIndex = close;
        if (isQuoted(text, found.index, close)) continue;
        calls.push({
          name: found.groups?.name ?? "",
          arguments: value?.value ?? {},
          span: [found.index, close],
          mended: value?.mended ?? [],
          ...(value?.cut === true ? { cut: true } : {}),
        });
      }
      return calls;
    },
  };
}

/** Whether a quotation mark stands on both sides: a text in code that holds a call. */
function isQuoted(text: string, start: number, end: number): boolean {
  const mark = text[start - 1];
  return mark !== undefined && "\"'`".includes(mark) && text[end] === mark;
}
