import { type AST, RegExpParser } from "@eslint-community/regexpp";

/** A text that a pattern may be slow on: `head`, then `pump` over and over, then `tail`. */
export interface Attack {
  readonly head: string;
  readonly pump: string;
  readonly tail: string;
}

/** Characters of which some fit into any class that is written in the program. */
const ALPHABET = [..." \t\na_A0-+./\\:;,'\"`=<>()[]{}|*#@~$^%!?é…\x1b"];
/** What follows the repetition: nothing, what almost nothing fits, the same on a line of its own. */
const TAILS = ["", "\u0001", "\n\u0001"];
/** Most ways through a pattern that are followed. */
const MOST_HEADS = 3;
/** Most characters of one class that are tried. */
const MOST_PUMPS = 8;

/**
 * Makes texts that a pattern may be slow on: for each repetition in it, what leads to it, then what fits into it many times, then what
 * fits nowhere; and for each beginning of the pattern, that beginning many times.
 */
export function attacksOn(source: string, flags: string): readonly Attack[] {
  const unicode = flags.includes("u");
  const pattern = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, {
    unicode,
    unicodeSets: flags.includes("v"),
  });
  const found = new Map<string, Attack>();
  const add = (head: string, pump: string) => {
    if (pump === "") return;
    for (const tail of TAILS) found.set(JSON.stringify([head, pump, tail]), { head, pump, tail });
  };
  for (const { head, quantifier } of repetitions(pattern.alternatives, [""])) {
    for (const pump of likeliest(pumpsOf(quantifier.element, flags), source)) {
      add(head, pump);
      add("", head + pump);
      add("\n", head + pump);
    }
  }
  return [...found.values()];
}

/** Of what a repetition may be those that other parts of the pattern fit as well, then blanks and a letter. */
function likeliest(pumps: readonly string[], source: string): readonly string[] {
  const rank = (pump: string) =>
    pump.length > 1 ? 0 : [" ", "\n", "a"].includes(pump) ? 1 : source.includes(pump) ? 2 : 3;
  return [...new Set(pumps)].toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_PUMPS);
}

interface Repetition {
  readonly head: string;
  readonly quantifier: AST.Quantifier;
}

/** All repetitions without a small bound, each with texts that lead to it. */
function* repetitions(alternatives: readonly AST.Alternative[], heads: readonly string[]): Generator<Repetition> {
  for (const { elements } of alternatives) {
    let before = heads;
    for (const element of elements) {
      if (element.type === "Quantifier") {
        if (element.max > 20) { for (const head of before) yield { head, quantifier: element }; }
        yield* inside(element.element, before);
      } else yield* inside(element, before);
      const samples = samplesOf(element);
      before = before.flatMap((head) => samples.map((sample) => head + sample)).slice(0, MOST_HEADS);
    }
  }
}

function* inside(element: AST.Element, heads: readonly string[]): Generator<Repetition> {
  if (element.type === "Group" || element.type === "CapturingGroup") yield* repetitions(element.alternatives, heads);
  if (element.type === "Assertion" && (element.kind === "lookahead" || element.kind === "lookbehind")) {
    yield* repetitions(element.alternatives, heads);
  }
}

/** Texts that fit an element. */
function samplesOf(element: AST.Element): readonly string[] {
  switch (element.type) {
    case "Character":
      return [String.fromCodePoint(element.value)];
    case "Quantifier": {
      const [one = ""] = samplesOf(element.element);
      return element.min === 0 ? ["", one] : [one.repeat(element.min)];
    }
    case "Group":
    case "CapturingGroup":
      return element.alternatives.slice(0, MOST_HEADS).map(({ elements }) =>
        elements.map((one) => samplesOf(one).at(-1) ?? "").join("")
      );
    case "Assertion":
      return [""];
    case "Backreference":
      return [""];
    default:
      return [fitting(element.raw, "u").at(0) ?? fitting(element.raw, "").at(0) ?? ""];
  }
}

/** What a repeated element can be, a few of each kind. */
function pumpsOf(element: AST.Element, flags: string): readonly string[] {
  if (element.type === "Group" || element.type === "CapturingGroup") {
    return [
      ...samplesOf(element),
      ...element.alternatives.flatMap(({ elements: [first] }) =>
        first?.type === "Quantifier" ? pumpsOf(first.element, flags) : []
      ),
    ];
  }
  if (element.type === "Character") return samplesOf(element);
  return fitting(element.raw, flags.replace(/[gy]/g, ""));
}

/** Characters that fit a class. */
function fitting(raw: string, flags: string): readonly string[] {
  try {
    const one = new RegExp(`^(?:${raw})$`, flags);
    return ALPHABET.filter((char) => one.test(char));
  } catch {
    return [];
  }
}
