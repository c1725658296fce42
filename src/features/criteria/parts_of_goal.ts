/** Where a clause of a sentence may end: at its end, or before a word that joins another one. */
const JOINT =
  /((?<=[.!?;])(?<!\b(?:e\.g|i\.e|cf|etc)\.)\s{1,9}|\n{1,9}|,?[ \t]{1,3}(?:and(?: also| then)?|but|then|so(?: that)?|while|until)[ \t]{1,3}|,[ \t]{1,3})/;
/** Ends a sentence, unlike what joins two clauses. */
const SENTENCE_END = /^\s+$/;
/** Goes on with the sentence before it. */
const GOES_ON =
  /^(?:it|its|they|their|this|that|these|those|there|each|every|both|such|for example|e\.g|in it|with it|here|otherwise|if|when|where|with|as|like)\b/i;
/** Tells somebody to do something, or speaks of a document. */
const STANDS_ALONE =
  /^(?:please |also |then )*(?:add|adjust|allow|bring|change|check|convert|create|delete|describe|document|drop|explain|extend|fix|format|give|handle|implement|improve|keep|leave|let|make|mention|move|note|print|put|refresh|remove|rename|replace|reject|return|say|set|show|sort|split|support|update|use|validate|write)\b|^(?:the |its |our )?(?:readme|docs|documentation|changelog)\b/i;
/** Says how to go about it, or only that something be repaired, and nothing that would be true in the end. */
const SAYS_NOTHING =
  /^(?:please |also |then )*(?:(?:make|fix|repair|debug|get|turn|keep|do|find|solve|finish|work)\b(?: (?:it|them|they|this|that|all|everything|of|on|in|the|any|every|your|way|up|right|out|why|sure|bugs?|faults?|errors?|failures?|problems?|issues?|code|project|works?|working|passe?s?|green|happen|[\w./-]{1,80}\.\w{1,6}))*|(?:do not|don't|never|only|without|no)\b.*|be\b.*|(?:the )?(?:lint|types?|format)|thanks?(?: you)?)[.!]?$/i;
/** Speaks of what judges already. */
const OF_CHECKS =
  /\b(?:tests?|checks?|suite|build|lint|ci)\b[^.\n]{0,60}\b(?:pass(?:es|ing)?|fail(?:s|ing|ed)?|green|red|succeeds?|broken|works?|runs?)\b|\b(?:pass|fix|repair|keep|look at|run|break(?:s|ing)?)\b[^.\n]{0,40}\b(?:tests?|checks?|suite|build)\b/i;
/** Asks for more of what judges. */
const WRITES_CHECKS =
  /^(?:please |also |then )*(?:add|write|create|extend|rename|move|cover|implement)\b[^.\n]{0,60}\b(?:tests?|checks?|suite)\b/i;

/** Begins what is to be done with what was made before. */
const GOES_BEYOND = /^(?:then|after that|afterwards|finally)\b,?\s/i;

/** What shows whether a clause is so. */
type Nature = "check" | "eye" | "other";

/** How a clause reads by itself. */
export interface ClauseLook {
  /** Whether only a person could see that it is so. */
  readonly isForTheEye: boolean;
  /** Whether it names what is to be there. */
  readonly isNamed: boolean;
}

/**
 * Parts a goal into what different things show: `Greet with "Hi", update the README and keep the tests passing` is one wish for a test, one for
 * the eye, and what the checks show already. Words of one nature stay together, and where all are of one the goal stays whole; but what is
 * to be done with something new by a sentence of its own (`Add f. Then let g use it.`) has its own test.
 *
 * @param look says how a clause reads
 * @returns the parts, each word for word as it stands there, or the goal itself
 */
export function partsOfGoal(goal: string, look: (clause: string) => ClauseLook): readonly string[] {
  const parts: { text: string; nature: Nature | null; isBeyond?: boolean }[] = [];
  for (const { clause, joint } of clausesOf(goal)) {
    const last = parts.at(-1);
    const nature = natureOf(clause, joint, last?.nature ?? null, look(clause));
    const isAnother = last === undefined || nature !== null && last.nature !== null && nature !== last.nature;
    const isBeyond = nature === "other" && last?.nature === "other" && SENTENCE_END.test(joint) &&
      goesBeyond(clause) && look(last.text).isNamed;
    if (isAnother || isBeyond) parts.push({ text: clause, nature, isBeyond });
    else parts[parts.length - 1] = { ...last, text: `${last.text}${joint}${clause}`, nature: last.nature ?? nature };
  }
  const isMixed = parts.some(({ nature }) => nature === "other") && parts.some(({ nature }) => nature !== "other");
  return isMixed || parts.some(({ isBeyond }) => isBeyond)
    ? parts.map(({ text }) => text.replace(/[;,]$/, ""))
    : [goal];
}

/** Whether a sentence says what is to be done with what the one before it asks for. */
export function goesBeyond(sentence: string): boolean {
  return GOES_BEYOND.test(sentence);
}

/** Whether a text speaks of nothing but what judges already: `Fix the failing tests`, `npm test is red, repair it`. */
export function isOfChecks(text: string): boolean {
  const clauses = clausesOf(text).map(({ clause }) => clause);
  return clauses.some(speaksOfChecks) &&
    clauses.every((clause, at) =>
      speaksOfChecks(clause) || SAYS_NOTHING.test(clause) || at > 0 && GOES_ON.test(clause)
    );
}

/** Whether a text asks for tests alone: they would not fail before the work. */
export function asksForTests(text: string): boolean {
  const clauses = clausesOf(text).map(({ clause }) => clause);
  return clauses.some((clause) => WRITES_CHECKS.test(clause)) &&
    clauses.every((clause) => WRITES_CHECKS.test(clause) || speaksOfChecks(clause) || SAYS_NOTHING.test(clause));
}

/** The clauses of a text, each with what joins it to the one before. */
function clausesOf(text: string): readonly { readonly clause: string; readonly joint: string }[] {
  // Every second piece is a joint.
  const pieces = text.split(JOINT);
  return pieces.flatMap((piece, at) => {
    const clause = piece.trim();
    return at % 2 === 1 || clause === "" ? [] : [{ clause, joint: pieces[at - 1] ?? "" }];
  });
}

function speaksOfChecks(clause: string): boolean {
  return OF_CHECKS.test(clause) && !WRITES_CHECKS.test(clause);
}

/** What shows a clause; null where it says nothing of its own, or goes on with the one before it. */
function natureOf(
  clause: string,
  joint: string,
  before: Nature | null,
  { isForTheEye, isNamed }: ClauseLook,
): Nature | null {
  if (before !== null && GOES_ON.test(clause)) return null;
  if (speaksOfChecks(clause)) return "check";
  // A wish gets its test anyway.
  if (SAYS_NOTHING.test(clause) || before === "other" && WRITES_CHECKS.test(clause)) return null;
  const isSentence = before === null || SENTENCE_END.test(joint);
  if (!isSentence && !STANDS_ALONE.test(clause)) return before === "check" ? "other" : null;
  if (isForTheEye) return "eye";
  // What is to stand in a document is often told in a row of such words.
  return before === "eye" && !isSentence && !isNamed ? null : "other";
}
