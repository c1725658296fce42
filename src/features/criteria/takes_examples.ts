import { endOfBrackets, isSignature, relationAt } from "./sayings_of.ts";

/** What a call gives, where it is named as figures, texts or lists of these. */
const VALUE =
  / {0,3}(`?(?:-?\d[\d_]{0,30}(?:\.\d{1,30})?(?![\w/%:]|[.,]\d)|"[^"\n]{0,200}"|'[^'\n]{0,200}'|\[[^\]\n]{0,200}\]|\{[^}\n]{0,200}\}))/y;
const TEXT = /"([^"\n]{1,200})"|'([^'\n]{1,200})'/g;
const FIGURE = /(?<![\w.])\d[\d_]{0,30}(?:\.\d{1,30})?/g;

/** An example as it would stand in code. */
interface Example {
  readonly args: string;
  /** Texts and figures of what the call gives; empty where that is not named as such. */
  readonly texts: readonly string[];
  readonly figures: readonly number[];
  /** How it is said in a sentence: a test's title says it so, and calls nothing. */
  readonly said: string | null;
}

/**
 * Says what of examples a code takes.
 *
 * @param code without comments
 * @param examples sentences with calls and what they give
 * @returns `none` where it makes none of the calls with their arguments, `calls` where it makes one and expects of none what it is to give; `all` else
 */
export function takesExamples(code: string, examples: readonly string[]): "none" | "calls" | "all" {
  const known = examples.flatMap(examplesIn).filter(({ args }) => args !== "" && !isSignature(args));
  const plain = known.reduce((rest, { said }) => said === null ? rest : rest.replaceAll(said, ""), tight(code));
  const taken = known.filter(({ args }) => plain.includes(args));
  if (known.length === 0 || taken.some((example) => isExpected(plain, example))) return "all";
  return taken.length === 0 ? "none" : "calls";
}

function isExpected(plain: string, { args, texts, figures }: Example): boolean {
  const rest = plain.replaceAll(args, "");
  const found = new Set(figuresIn(rest));
  return texts.every((text) => rest.includes(text)) && figures.every((figure) => found.has(figure));
}

function examplesIn(text: string): readonly Example[] {
  const found: Example[] = [];
  for (let open = text.indexOf("("); open !== -1; open = text.indexOf("(", open + 1)) {
    const end = endOfBrackets(text, open);
    // Brackets of the sentence itself may hold calls.
    if (end === null || !/[\w$)\]]/.test(text.charAt(open - 1))) continue;
    const [words = "", relation = ""] = relationAt(text, end) ?? [];
    VALUE.lastIndex = end + words.length;
    const [value = "", gives = ""] = (words === "" ? null : VALUE.exec(text)) ?? [];
    const isSaid = value !== "" && /[a-z]/.test(relation);
    found.push({
      args: tight(text.slice(open + 1, end - 1)),
      texts: [...gives.matchAll(TEXT)].map(([, one, other]) => tight(one ?? other ?? "")),
      figures: figuresIn(gives.replace(TEXT, "")),
      said: isSaid ? tight(text.slice(open, end) + words + value) : null,
    });
    open = end - 1;
  }
  return found;
}

/** Figures of a text, without their sign. */
function figuresIn(text: string): readonly number[] {
  return [...text.matchAll(FIGURE)].map(([figure]) => Number(figure.replaceAll("_", "")));
}

/** A text without quotes and without blanks that tell no words apart, all lists in the same brackets. */
function tight(text: string): string {
  return text.replace(/['"`]/g, "").replaceAll("{", "[").replaceAll("}", "]").replace(/\s+/g, " ")
    .replace(/ ?([^\w ]) ?/g, "$1").trim();
}
