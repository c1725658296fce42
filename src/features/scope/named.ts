import { isAskedError, isErrorName, isFailure, isNewError } from "./asked_error.ts";

/** Characters of a goal or a task in which names are looked for. */
const MOST_CHARS = 12_000;
/** Names of one text that count. */
const MOST_NAMES = 60;
/** Words of a sentence that are looked at. */
const MOST_WORDS = 600;
/** Characters before a name that say what it is named for. */
const BEFORE = 48;
/** Characters behind a name that say whether it is one. */
const BEHIND = 60;

/** Words for what is defined, in the plural too. */
const KIND = /\b(?:functions?|methods?|class(?:es)?|type|struct|interface|trait|enum)$/i;
const CALLED_KIND = /\b(?:functions?|methods?|class(?:es)?)$/i;
/** What something is added to, and not what is added. */
const PLACE = /\b(?:to|in|of|for|from|on|into)\s+(?:the|an?|its|this)\s+\w+$/i;
const MEMBER = /\b(?:attribute|field|property|constant|variable)$/i;
const OPTION = /\b(?:options?|flags?|switch(?:es)?|argument|parameter)\b/i;
/** Words that ask for something that is not there yet. */
const ADDS = /(?<![.`'"-])\b(?:add|create|implement|write|introduce|provide|define|build)\b(?![(`'"-])/i;
const NOT = /\b(?:not|n't|never|without|instead of)\s+(?:\w+\s+)?$/i;
const NEEDS = /\b(?:needs?|wants?|gets?|should|shall|must|has|have|takes?|accepts?|supports?)\b/i;
/** Words after which a name only says what something is like, or made of. */
const LIKE =
  /\b(?:besides?|like|as|as in|than|from|by|using|uses?|used|calls?|called by|via|unlike|near|next to|similar to|close to|equal to|behind|under|above|below|raises?|throws?|returns?|gives?|through|of which)(?:\s+(?:the|an?|function|method|class|exception|error))*$/i;
/** Words after which a name is what is asked for. */
const ITEM = /(?:^\s*(?:[-*•]|\d+[.)])?|[:;,]|\b(?:and|or|called|named|exports?|exported|new|also))$/i;
const ADDED = /(?<!\.)\b(?:add|create|implement|write|introduce|provide|define|build|export)(?:\s+an?)?$/i;
/** Words after which a call, or a name with its kind behind it, is one more thing that is asked for. */
const ONE_MORE = /(?:[:;,]|\b(?:and|or|with|also))\s+an?$/i;
const KIND_BEHIND = /^[`"']?\s+(?:functions?|methods?|class(?:es)?|helpers?|utilit(?:y|ies)|hooks?|components?)\b/i;
/** Words after which a name in backticks is one more, too. */
const AND_ONE = /\band\s+an?$/i;
/** Words after which names say what something works on. */
const WORKS_ON =
  /\b(?:tak(?:es?|ing)|accept(?:s|ing)?|expect(?:s|ing)?|gets?|given|return(?:s|ing)?|gives?|between|from|works? with|of|for|into|to|in|on)\s+(?:an?|the)\s+[`"']?[\w$.()]{1,60}[`"']?,?\s+and\s+an?$/i;
const RENAMES = /\brenam(?:e|ed|ing)\b/i;
/** Words by which something that is there may go. */
const REMOVES =
  /\b(?:remov\w*|delet\w*|drop\w*|replac\w*|mov(?:e|es|ed|ing)|inlin\w*|merg\w*|gone|no longer|get rid|turn\w*|convert\w*|deprecat\w*|obsolete|split\w*|extract\w*|instead of|becomes?|rewrit\w*|refactor\w*)\b/i;
/** Words by which what is there shall make use of what is new. */
const APPLIES = /\b(?:us(?:e|es|ing)|call(?:s|ed|ing)?|appl(?:y|ies)|let|so that|everywhere|wherever|instead)\b/i;
/** Words that stand behind "function" or "method" and name none. */
const WORDS = new Set(
  ("a an and are as at be before behind below beside body by call called calls can do does for from get gets has have here if in into is it its " +
    "like must name named names needs no not of on only or parameter parameters returns returning shall should signature so take takes taking " +
    "than that the their then there these they this those to under use uses using was were when where which while who whose will with without would")
    .split(" "),
);
/** Functions of languages themselves: no project defines what they do. */
const KNOWN = new Set(
  ("abs all any append bool cap ceil dict float floor format int isinstance len list make map max min new open panic pow print printf println " +
    "range require round set sorted sprintf sqrt str sum super tuple type zip parseint parsefloat string number array")
    .split(" "),
);

/** A name that a goal or a task holds. */
export interface Named {
  /** As it is written: `median`, `Stats.median`, `--limit`. */
  readonly name: string;
  readonly kind: "definition" | "option";
  /** Whether it is written as code is, and not only as a sentence writes names, too: `CSV`, `Run`. */
  readonly isCode: boolean;
  /** Whether it shall be there once the work is done. */
  readonly isAsked: boolean;
  /** Whether the text is about it, and does not only compare something with it. */
  readonly isSubject: boolean;
}

/** What a goal or a task names. */
export interface Wants {
  readonly named: readonly Named[];
  /** Whether it asks that something gets another name. */
  readonly renames: boolean;
  /** Whether it asks that something goes, or becomes something else. */
  readonly removes: boolean;
  /** Whether it asks that what is there makes use of something. */
  readonly applies: boolean;
  /** All of its words. */
  readonly words: ReadonlySet<string>;
}

/** What is known of a name while its text is read. */
type Mutable = { -readonly [Key in keyof Named]: Named[Key] };

/**
 * Finds what a goal or a task names in code: identifiers with brackets behind them, between backticks, behind words such as function,
 * written as only code is, and options. A word that any sentence may hold is no name.
 *
 * @param text what somebody wishes
 * @param isFile tells files from names such as `console.log`
 */
export function wantsOf(text: string, isFile: (word: string) => boolean): Wants {
  const read = text.slice(0, MOST_CHARS);
  const found = new Map<string, Mutable>();
  let adds = false;
  for (const sentence of read.split(/(?<=[.!?])\s+|\n/)) {
    // A list goes on with what the line above it asks for.
    const isItem = /^\s*(?:[-*•]|\d+[.)])\s/.test(sentence);
    const verb = ADDS.exec(sentence);
    const isAdding = verb !== null && !NOT.test(sentence.slice(0, verb.index));
    adds = isAdding || adds && isItem;
    for (const one of namesOf(sentence, { from: isAdding ? verb.index : adds ? 0 : null, isFile })) {
      if (found.size >= MOST_NAMES && !found.has(one.name)) break;
      const before = found.get(one.name);
      found.set(one.name, {
        ...one,
        isCode: one.isCode || before?.isCode === true,
        isAsked: one.isAsked || before?.isAsked === true,
        isSubject: one.isSubject || before?.isSubject === true,
      });
    }
  }
  return {
    named: [...found.values()],
    renames: RENAMES.test(read),
    removes: REMOVES.test(read),
    applies: APPLIES.test(read),
    words: new Set(read.match(/[A-Za-z_$][\w$]*/g) ?? []),
  };
}

/** How a sentence is read. */
interface Reading {
  /** Where what is to be added begins; null where nothing is. */
  readonly from: number | null;
  readonly isFile: (word: string) => boolean;
}

function namesOf(sentence: string, reading: Reading): readonly Named[] {
  const words =
    /`([^`]{1,80})`|(?<![\w$./-])(--?[A-Za-z][\w-]*)|(?<![\w$./-])((?:[A-Za-z_$][\w$]{0,60}\.){0,3}[A-Za-z_$][\w$]{0,60})(?!\w)/g;
  const isRename = RENAMES.test(sentence);
  return sentence.matchAll(words).take(MOST_WORDS).toArray().flatMap((match): Named[] => {
    const [whole, ticked, option] = match;
    const behind = sentence.slice(match.index + whole.length, match.index + whole.length + BEHIND);
    const before = sentence.slice(Math.max(0, match.index - BEFORE), match.index).replace(/[`"'\s]{1,8}$/, "");
    const flag = option ?? /^--?[A-Za-z][\w-]*(?=$|[ =])/.exec(ticked ?? "")?.[0];
    if (flag !== undefined) {
      const beside = OPTION.test(before.slice(-12)) || /^[`"']?\s+(?:[A-Z]+\s+)?(?:option|flag|switch)\b/.test(behind);
      if (!beside && !flag.startsWith("--")) return [];
      const isAsked = beside && !REMOVES.test(sentence) && (reading.from !== null || NEEDS.test(sentence));
      return [{ name: flag, kind: "option", isCode: true, isAsked, isSubject: true }];
    }
    const name = /^([A-Za-z_$][\w$.]*)(?:\(.*\))?$/.exec(ticked ?? match[3] ?? "")?.[1];
    if (name === undefined || name.endsWith(".")) return [];
    const isCall = behind.startsWith("(") || ticked?.includes("(") === true;
    const isInside = depthAt(sentence, match.index) > 0;
    const isTicked = ticked !== undefined;
    return oneOf({ name, before, behind, isCall, isTicked, at: match.index, isRename, isInside }, reading);
  });
}

/** A word that may be a name, with what stands around it. */
interface Word {
  readonly name: string;
  readonly before: string;
  readonly behind: string;
  readonly isCall: boolean;
  readonly isTicked: boolean;
  readonly at: number;
  readonly isRename: boolean;
  /** Whether it stands between brackets. */
  readonly isInside: boolean;
}

/** How many brackets are open at a place. */
function depthAt(sentence: string, at: number): number {
  const before = sentence.slice(0, at);
  return before.split("(").length - before.split(")").length;
}

function oneOf(word: Word, { from, isFile }: Reading): Named[] {
  const { name, before, behind, isCall, isTicked, at, isRename, isInside } = word;
  if (!isCall && (isFile(name) || /^[^\w\s]?\w*\//.test(behind))) return [];
  if (KNOWN.has(name.toLowerCase()) && !KIND.test(before)) return [];
  const isPlain = /^[a-z]+$|^[A-Z][a-z]*$/.test(name);
  const isKind = KIND.test(before);
  const isMember = isRename && MEMBER.test(before);
  const isSplit = /_[A-Za-z]|[a-z\d][A-Z]/.test(name);
  // A capital inside a sentence is a name, too, as "Run" in "let Run carry them out".
  const isCapital = /^[A-Z]/.test(name) && /[\w,)]$/.test(before.trimEnd()) && name.length > 1;
  const isNew = isNewError(before);
  const isKinded = (isKind || isMember || isNew) &&
    (isRename ||
      !WORDS.has(name.toLowerCase()) && !/ing$/.test(name) && (/[A-Z_]/.test(name) || CALLED_KIND.test(before)));
  const renamed = isRename && /\bto(?:\s+(?:the|an?))?$/i.test(before);
  const isName = isCall || isTicked || isSplit || isKinded || isCapital ||
    renamed && /^\s*(?:,|\.|$|in\b|and\b|every|where)/.test(behind) && !WORDS.has(name.toLowerCase());
  if (!isName || name.includes(".") && !isCall && !isTicked) return [];
  const isLike = LIKE.test(before);
  const isNamedSo = isCall || isTicked || isSplit ||
    isKinded && (!isPlain || /^[A-Z]/.test(name) || CALLED_KIND.test(before) && isNamedBy(behind, isFile));
  const isMore = (isCall || KIND_BEHIND.test(behind)) && ONE_MORE.test(before) ||
    isTicked && AND_ONE.test(before) && !WORKS_ON.test(before);
  const isItem = isErrorName(name)
    ? isAskedError(name, before, behind)
    : ITEM.test(before) && (isCall || !isFailure(before)) || ADDED.test(before) || isNew ||
      isKind && !PLACE.test(before) || isMore && (isCall || !isFailure(before));
  // What is counted, as in `max(values) - min(values)`, is nothing that is asked for.
  const isCounted = isCall && /^\([^()]*\)\s*[-+*/<>=]/.test(behind);
  const isAdded = from !== null && at > from && isNamedSo && isItem && !isLike && !isCounted && !isInside &&
    !NOT.test(`${before} `);
  const isRenamed = renamed &&
    (!isPlain || isTicked || /\b(?:function|method|class|type|attribute|field)\b/i.test(before));
  const isCode = isCall || isTicked || isSplit || isKinded;
  return [{ name, kind: "definition", isCode, isAsked: isAdded || isRenamed, isSubject: !isLike }];
}

/** Whether what stands behind a plain word says that it is a name: `function median to stats.py`, `function median that …`. */
function isNamedBy(behind: string, isFile: (word: string) => boolean): boolean {
  const place = /^\s+(?:to|in)\s+(?:the\s+)?([\w./-]+?)\.?(?:[\s,:;]|$)/.exec(behind)?.[1];
  // What is added to a document is no function.
  if (place !== undefined && (/^[A-Z]{3}/.test(place) || /\.\w+$/.test(place) && !isFile(place))) return false;
  return /^\s*(?:[(,;:]|\.?$|\.\s|(?:to|in|that|which|taking|returning|beside|next|with|and)\b)/.test(behind);
}
