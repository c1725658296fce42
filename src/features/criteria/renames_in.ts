import type { Rename } from "../../languages/renamed.ts";
import type { State } from "../state.ts";

/** What a name belongs to, in front of it. */
const KIND =
  "(?:(?:the|its|their|a|an)[ \\t]+)?(?:(?:function|method|class|type|struct|interface|attribute|property|field|variable|constant|parameter|argument|helper|member)s?[ \\t]+)?";
const NAME = "[`\"']?([A-Za-z_$][\\w$]{0,79})(?:\\(\\))?[`\"']?";
/** Where it stands: `in src/a.js`. */
const PLACE = "(?:[ \\t]+(?:in|of|from)[ \\t]+(?!to\\b)[^\\s,;]{1,120}){0,2}";
const PAIR = new RegExp(`^[ \\t]*${KIND}${NAME}${PLACE}[ \\t]+(?:to|into|as)[ \\t]+${KIND}${NAME}(?![\\w$])`);
const NEXT = /^[ \t]*(?:[,;][ \t]*(?:and\b)?|and\b)[ \t]*(?:rename[ \t]+)?/;
/** What asks for it: at the beginning of a sentence or an item, and not where something is told of one. */
const BEGINS =
  /(?:^|[.;:!?)\n]|\b(?:please|then|and|also|(?:can|could|would)[ \t]+you))[ \t]*(?:[-*\u2022][ \t]+|\d+[.)][ \t]+|\[[ x]?\][ \t]+)*rename[ \t]+/i;
/** What stands behind both names: anything else begins what is told of the second. */
const ENDS =
  /^[`"']?(?:\(\))?[`"']?[ \t]*(?:$|[.,;:!?)\n]|(?:and|in|of|from|everywhere|wherever|throughout|across|for|so|but|without|with|there|too|please|then|all|while|since|because|as[ \t]+well)\b)/i;
/** Names that one sentence gives. */
const MOST = 5;

/**
 * Reads which names become which, where a text says no more than that of them.
 *
 * @param text words of a wish, such as `Rename the class Rec to Reading and its attribute val to celsius`
 * @returns pairs in their order; none where it does not say both names plainly
 */
export function renamesIn(text: string): readonly Rename[] {
  const begin = BEGINS.exec(text);
  const found: Rename[] = [];
  let rest = begin === null ? "" : text.slice(begin.index + begin[0].length);
  while (found.length < MOST) {
    const pair = PAIR.exec(rest);
    const [all = "", from = "", to = ""] = pair ?? [];
    if (from === "" || from === to || !ENDS.test(rest.slice(all.length))) break;
    found.push({ from, to });
    rest = rest.slice(all.length);
    const next = NEXT.exec(rest);
    if (next === null) break;
    rest = rest.slice(next[0].length);
  }
  return found;
}

/** The names that a person's own words give to what is there: what a model proposes renames nothing that judges it. */
export function wishedRenames({ run, criteria }: Pick<State, "run" | "criteria">): readonly Rename[] {
  const given = criteria.by === "given" ? (criteria.list ?? []).map(({ text }) => text) : [];
  return [run.info?.goal ?? "", ...given].flatMap(renamesIn);
}
