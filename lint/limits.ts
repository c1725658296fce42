/** What the house is held to: figures, words and places, as data. */

/** Most lines of a file in `src/` and `plugins/`. */
export const FILE_LINES = 300;
/** Most lines of a function's body in `src/` and `plugins/`, from its first to its last line. */
export const FUNCTION_LINES = 60;
/** Most lines of `src/kernel` in all, with comments and blank lines. */
export const KERNEL_LINES = 1000;
/** Most lines of code per line of comment in `src/` and `plugins/`: 0.2 lines of comment per line of code. */
export const CODE_PER_COMMENT = 5;

/** Words in a file's path that say nothing of what it is for. */
export const EMPTY_WORDS = /(?:^|[/_-])(?:manager|service|helper|util|common)s?(?=[/_.-])/;

/** Folders that know no tool, model or measured figure by name. */
const NAMELESS = ["src/kernel/", "src/features/"];

/** Names of models, wherever they stand in code; `ollama` is a server. */
export const MODEL_NAME =
  /qwen|(?<!o)llama|gemma|mistral|mixtral|codestral|devstral|deepseek|\bphi(?=[-\d])|smollm|granite|\bkimi|\bglm\b/i;

/**
 * What a comment says where a figure beside it comes from a measurement: `measured` with a number, a size such as `1.5b`, a model. A figure
 * whose comment says none of that cannot be told from any other number.
 */
export const MEASURED = new RegExp(
  `\\bmeasured\\b.*\\d|\\d.*\\bmeasured\\b|\\b\\d+(?:\\.\\d+)?b\\b|${MODEL_NAME.source}`,
  "i",
);

/** A line of documentation that repeats what the type says. */
export const RITUAL = /@param state what is so\b/;

/**
 * Folders of `src/` that may hold no sentence that a model reads, such a sentence standing in `prompts/`: true where that is held, false
 * where sentences are only counted.
 */
export const SENTENCES_HELD: Readonly<Record<string, boolean>> = {
  kernel: true,
  features: true,
  asks: true,
  phases: true,
  decisions: true,
  strategies: true,
  effects: true,
  prompt: true,
  mediate: true,
};

/** A place whose sentences are for people, not for models. */
interface ForPeople {
  /** Beginning of the paths that it is true of. */
  readonly at: string;
  /** What a sentence stands in, at any depth: `new NAME`, `call NAME`, `key NAME`, `const NAME` or `function NAME`. */
  readonly within: RegExp;
}

/** All of a file is for people. */
const ANYWHERE = /^/;

/**
 * Where sentences are for people: errors, refused wishes, what the screen says of work that goes on and of what gave way in a prompt, and
 * how facts are told.
 */
const FOR_PEOPLE: readonly ForPeople[] = [
  { at: "src/", within: /^new \w*(?:Error|Failure|Refused)$/ },
  { at: "src/", within: /^call refused$/ },
  { at: "src/effects/", within: /^call (?:show|tell|doubt)$/ },
  { at: "src/prompt/", within: /^function summarisedWords$/ },
  { at: "src/features/", within: /^(?:const \w+Told|function auditText)$/ },
  // Why the run ended or stands still, and what it asks: the person reads that, no model.
  { at: "src/kernel/budget.ts", within: ANYWHERE },
  { at: "src/features/run/clock.ts", within: ANYWHERE },
  { at: "src/features/people/people.ts", within: ANYWHERE },
  { at: "src/features/criteria/due_understanding.ts", within: ANYWHERE },
  { at: "src/features/criteria/at_end.ts", within: ANYWHERE },
  { at: "src/features/checks/judge_run.ts", within: ANYWHERE },
  { at: "src/features/arbiter/due_arbiter.ts", within: ANYWHERE },
  { at: "src/features/evidence/due_evidence.ts", within: ANYWHERE },
  { at: "src/features/protection/protection_rule.ts", within: /^key question$/ },
  { at: "src/effects/", within: /^key (?:says|lines)$/ },
  { at: "src/features/rules.ts", within: /^key question$/ },
  { at: "src/features/command_rule.ts", within: ANYWHERE },
  { at: "src/features/harmless_options.ts", within: ANYWHERE },
  { at: "src/features/words_that_ask.ts", within: ANYWHERE },
  { at: "src/features/workspaces/sandbox_words.ts", within: ANYWHERE },
  { at: "src/features/attempts/conflict.ts", within: ANYWHERE },
  { at: "src/features/later/due_later.ts", within: ANYWHERE },
  { at: "src/features/setup/due_setup.ts", within: ANYWHERE },
  { at: "src/features/setup/setup_note.ts", within: ANYWHERE },
  { at: "src/features/secret_rule.ts", within: /^key question$/ },
  // What became of an ask, noted beside it: the model's reply is read on, or asked for anew, without these words.
  { at: "src/asks/interpret/due_interpretation.ts", within: ANYWHERE },
  { at: "src/asks/interpret/held_arguments.ts", within: ANYWHERE },
  { at: "src/asks/interpret/read_interpretation.ts", within: ANYWHERE },
  { at: "src/asks/summarise/read_summary.ts", within: ANYWHERE },
  { at: "src/effects/ask/ask_heard.ts", within: ANYWHERE },
  { at: "src/effects/ask/smaller_prompt.ts", within: ANYWHERE },
  { at: "src/effects/ask/told.ts", within: ANYWHERE },
  { at: "src/effects/ask/way_of_ask.ts", within: ANYWHERE },
  { at: "src/effects/perform.ts", within: ANYWHERE },
  { at: "src/effects/preview/", within: ANYWHERE },
  { at: "src/effects/take_back/take_back.ts", within: ANYWHERE },
  { at: "src/effects/apply/apply.ts", within: ANYWHERE },
  { at: "src/effects/prove/prove.ts", within: ANYWHERE },
  { at: "src/effects/later/later.ts", within: ANYWHERE },
  // What was mended in a call.
  { at: "src/mediate/fit_call.ts", within: ANYWHERE },
  { at: "src/mediate/meant_tools.ts", within: ANYWHERE },
  { at: "src/mediate/read_reply.ts", within: ANYWHERE },
  { at: "src/mediate/tagged_arguments.ts", within: ANYWHERE },
];

/** What holds many words and no sentence: a pattern, a list of words. */
const WORDS_ALONE = /^(?:new RegExp|call split)$/;

/** Whether a file, named relative to the project, may know no tool, model or measured figure by name. */
export function isNameless(path: string): boolean {
  return NAMELESS.some((folder) => path.startsWith(folder));
}

/**
 * Says whether somebody is meant to read a text: a heading, a sentence from its capital to its stop, or many words.
 *
 * @param text with `…` for what is filled in
 */
export function isSentence(text: string): boolean {
  if (text.includes("(?:")) return false; // a piece of a pattern
  const words = text.match(/\p{L}{2,}/gu)?.length ?? 0;
  const whole = text.trim();
  if (/^#+ /.test(whole)) return words >= 2;
  return words >= 8 || (words >= 4 && /^[\p{Lu}…"(]/u.test(whole) && /[.?!:][)"]?$/u.test(whole));
}

/**
 * Says whether a sentence is none that a model reads.
 *
 * @param path of its file, relative to the project
 * @param places what it stands in
 */
export function isForPeople(path: string, places: readonly string[]): boolean {
  return places.some((place) =>
    WORDS_ALONE.test(place) || FOR_PEOPLE.some(({ at, within }) => path.startsWith(at) && within.test(place))
  );
}
