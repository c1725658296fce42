import type { Rename } from "../../languages/renamed.ts";
import type { State } from "../state.ts";

/** What a name belongs to, in front of it. */
const KIND =
  "(?:(?:the|its|their|a|an)[ \\t]+)?(?:(?:function|method|class|type|struct|interface|attribute|property|field|variable|constant|parameter|argument|helper|member)s?[ \\t]+)?";
const NAME = "[`\"']?([A-Za-z_$][\\w$]{0,79})(?:\\(\\))?[`\"']?";
/** Where it stands: `in src/a.js`. */
const PLACE =
  "(?:[ \\t]+(?:in|of|from)[ \\t]+(?:the[ \\t]+)?(?:(?:package|module|class|type|struct|file|folder)[ \\t]+)?(?!to\\b)[^\\s,;]{1,120}){0,2}";
const PAIR = new RegExp(`^[ \\t]*${KIND}${NAME}${PLACE}[ \\t]+(?:to|into|as)[ \\t]+${KIND}${NAME}(?![\\w$])`);
const NEXT = /^[ \t]*(?:[,;][ \t]*(?:and\b)?|and\b)[ \t]*(?:rename[ \t]+)?/;
/** What stands behind both names: anything else begins what is told of the second. */
const ENDS =
  /^[`"']?(?:\(\))?[`"']?[ \t]*(?:$|[.,;:!?)\n]|(?:and|in|of|from|everywhere|wherever|throughout|across|for|so|but|without|with|there|too|please|then|all|while|since|because|as[ \t]+well)\b)/i;
/** Names of one wish, characters of it that are read, and sentences. */
const MOST = { names: 5, chars: 4_000, sentences: 60 };
/** What a sentence begins with that asks for something. */
const ITEM = /^[ \t]*(?:(?:[-*\u2022]|\d{1,3}[.)])[ \t]+)?(?:\[[ xX]?\][ \t]+)?/;
const POLITE =
  /^(?:(?:and|also|please|then|now|next|first|finally|(?:can|could|would)[ \t]+you),?[ \t]+){0,3}rename[ \t]+/i;
/** A sentence that asks for something first, and for a rename behind that. */
const ALSO =
  /^(?:please[ \t]+)?(?:add|change|clean|correct|create|extract|fix|improve|inline|make|move|refactor|remove|repair|replace|simplify|tidy|update|write)\b[^.]{0,200}?\b(?:and|then)[ \t]+(?:please[ \t]+)?rename[ \t]+/i;
/** What is told, forbidden or quoted, and not asked for. */
const TOLD =
  /\b(?:not|never|no|nobody|nothing|steps?|reproduc\w*|bugs?|commands?|says?|said|when|if|avoid|without|forbidden|crash\w*)\b|n't\b/i;
/** Words that are no names. */
const NO_NAME =
  /^(?:all|anything|camel_?case|classes|constants|else|every\w*|files?|functions?|it|kebab_?case|lower_?case|members|methods?|names?|pascal_?case|snake_?case|something|that|them|these|this|those|upper_?case|variables?|whatever)$/i;

/**
 * Reads which names become which, where a text asks for that and says both plainly: what is told of a rename, or forbidden, is none.
 *
 * @param text words of a wish, such as `Rename the class Rec to Reading and its attribute val to celsius`
 * @returns pairs in their order, each once; none where it does not say both names plainly
 */
export function renamesIn(text: string): readonly Rename[] {
  const sentences = text.slice(0, MOST.chars).split(/(?<=[^\d\s][.!?;])[ \t]+|\n/).slice(0, MOST.sentences);
  const found = sentences.flatMap((sentence, index) => {
    const said = sentence.replace(ITEM, "");
    const begin = POLITE.exec(said) ?? (TOLD.test(said) ? null : ALSO.exec(said));
    if (begin === null || isTold(sentences.slice(0, index))) return [];
    return pairsIn(said.slice(begin[0].length));
  });
  return eachOnce(found).slice(0, MOST.names);
}

/** Whether a sentence goes on with what is told: behind one that has no end, or that opens a list of something else. */
function isTold(before: readonly string[]): boolean {
  const lead = before.findLast((line) => line.trim() !== "" && ITEM.exec(line)![0].trim() === "") ?? "";
  return /[^.!?;\s]\s*$/.test(lead) && TOLD.test(lead);
}

/** Pairs of names at the beginning of a text, one after the other. */
function pairsIn(text: string): readonly Rename[] {
  const found: Rename[] = [];
  let rest = text;
  while (found.length < MOST.names) {
    const [all = "", from = "", to = ""] = PAIR.exec(rest) ?? [];
    if (from === "" || from === to || NO_NAME.test(from) || NO_NAME.test(to)) break;
    if (!ENDS.test(rest.slice(all.length))) break;
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
  return eachOnce([run.info?.goal ?? "", ...given].flatMap(renamesIn));
}

function eachOnce(pairs: readonly Rename[]): readonly Rename[] {
  const isFirst = ({ from, to }: Rename, index: number) =>
    pairs.findIndex((one) => one.from === from && one.to === to) === index;
  return pairs.filter(isFirst);
}
