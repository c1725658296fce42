import { fenceOf } from "./fence.ts";
import { say, type SentenceKey, type Wording } from "../sentences/say.ts";

/** Values of the places of a line, by name. */
type Values = Readonly<Record<string, string | number>>;

/** Lines by name: each is read back by its text, in which `{{place}}` stands for a value. */
export type Lines = Readonly<Record<string, string>>;

/**
 * Gives the lines by which the parts of a prompt are told apart, and those whose values are read back. A line that holds another as its
 * beginning stands before it.
 *
 * @param from whose sentences the prompts are written in
 */
export function marksOf(from: Wording) {
  // What a sentence holds below its first line is told apart by nothing.
  const line = (key: SentenceKey, values?: Values) => say(from, key, values).split("\n", 1)[0]!;
  return {
    turn: turnMarks(line),
    /** Lines within such a part. */
    within: {
      afterSummary: line("exchange.after_that"),
      where: ` ${line("text.of")}`,
      target: line("tasks.where"),
      moreChecks: `- ${line("turn.and_more")}`,
      check: "- {{check}}",
      moreFiles: line("turn.and_more"),
    },
    /** First lines of what came of a call. */
    result: {
      gave: line("exchange.result"),
      failed: `${line("exchange.failed")} {{text}}`,
      refused: `${line("exchange.failed_call")} {{text}}`,
    },
    /** Sentences that ask for a text. */
    text: {
      piece: line("text.wanted", { what: line("text.piece") }),
      function: line("text.wanted", { what: line("text.function") }),
      wrong: line("text.wrong"),
      anew: line("text.anew"),
      test: line("text.new_test"),
      wished: line("text.wanted", { what: line("text.addition_alone") }),
      addition: line("text.wanted", { what: line("text.addition") }),
      lines: line("text.wanted", { what: line("text.lines") }),
      whole: line("text.wanted", { what: line("text.whole") }),
    },
    /** Sentences that name the tools that may be called now. */
    legal: { step: line("arbiter.decide"), call: line("turn.go_on_with") },
    brief: briefMarks(line),
    /** First lines of the parts that whoever summarises is told. */
    summary: {
      goal: line("summary.goal"),
      task: line("summary.task"),
      soFar: line("summary.so_far"),
      part: line("summary.part"),
      leftOut: line("turn.left_out"),
      wanted: line("summary.wanted"),
    },
    /** Lines of the part that is to be summarised. */
    entry: {
      called: line("summary.called_with"),
      talked: line("summary.called"),
      gave: line("summary.gave"),
      failed: line("summary.failed"),
    },
    /** What the interpreter is told. */
    interpret: { message: `${line("interpreter.instruction")} {{message}}` },
  } satisfies Readonly<Record<string, Lines>>;
}

/** First lines of the parts that a specialist is told. */
function turnMarks(line: (key: SentenceKey) => string) {
  return {
    goal: line("turn.goal"),
    before: line("turn.before"),
    question: line("turn.question"),
    task: line("turn.task"),
    failNow: line("turn.checks_now"),
    mustPass: line("turn.checks_wanted"),
    standards: line("turn.standards"),
    file: line("turn.file"),
    piece: line("turn.part_of_file"),
    stub: line("turn.file_head"),
    unread: line("turn.no_room"),
    others: line("turn.other_files"),
    tried: line("turn.tried"),
    takenBack: line("turn.written_before"),
    changes: line("turn.changes"),
    look: line("turn.look_at"),
    again: line("turn.differently"),
    earlier: line("turn.earlier_turns"),
    told: line("turn.told_meanwhile"),
    summary: line("exchange.so_far_summary"),
    shortened: line("exchange.so_far_rules"),
    leftOut: line("turn.left_out"),
    leftOutInstead: line("turn.left_out_instead"),
  };
}

/** Lines of what the arbiter reads. */
function briefMarks(line: (key: SentenceKey) => string) {
  return {
    goal: line("arbiter.goal"),
    phase: line("arbiter.phase"),
    fails: `- ${line("arbiter.fails")}`,
    noTasks: line("arbiter.no_tasks"),
    tasks: line("arbiter.tasks"),
    task: `- ${line("arbiter.task")}`,
    work: line("arbiter.work"),
    decision: `- ${line("arbiter.decision")}`,
    says: line("arbiter.says"),
    fault: line("arbiter.no_decision"),
  };
}

/** The form of {@link marksOf}. */
export type Marks = ReturnType<typeof marksOf>;

/** The lines in the words that come with Autonomy. */
export const MARKS: Marks = marksOf({});

/** What stands in some places; in all others as little of the line as fits. */
const PLACES: Lines = {
  ...Object.fromEntries(["lines", "from", "to", "count", "tokens"].map((place) => [place, "\\d+"])),
  ...Object.fromEntries(["argument", "name", "phase", "status", "task", "tool"].map((place) => [place, "\\w+"])),
  arguments: "\\{.*?",
  function: "\\S+",
  role: "\\S+",
};

/** A part of a prompt that was found by its first line. */
export interface MarkedSection<Name extends string> {
  readonly name: Name;
  /** What stands in the places of its first line. */
  readonly values: Readonly<Record<string, string>>;
  /** What follows the first line, up to the next part. */
  readonly text: string;
}

/**
 * Reads a line that was written with values in its places.
 *
 * @param line its text with places
 * @param said one line of a prompt
 * @returns what stands in the places; null where it is another line
 */
export function readLine(line: string, said: string): Readonly<Record<string, string>> | null {
  const found = patternOf(line).exec(said);
  return found === null ? null : { ...found.groups };
}

/**
 * Reads all lines of one kind.
 *
 * @param line its text with places
 * @param text lines of a prompt
 * @returns what stands in the places, for each in its order
 */
export function linesOf(line: string, text: string): Readonly<Record<string, string>>[] {
  return text.split("\n").map((said) => readLine(line, said)).filter((values) => values !== null);
}

/**
 * Takes a message apart at the first lines of its parts. Such a line begins the message or follows a blank line; after a part that is
 * fenced it counts only behind the fence, so that a file that is shown may hold it.
 *
 * @param text a message of a prompt
 * @param lines first lines of the parts, by name
 * @returns the parts in their order; what stands before the first one is left out
 */
export function sectionsIn<Name extends string>(
  text: string,
  lines: Readonly<Record<Name, string>>,
): MarkedSection<Name>[] {
  const names = Object.keys(lines) as Name[];
  const found: { name: Name; values: Readonly<Record<string, string>>; said: string[] }[] = [];
  let open: string[] = [];
  let before = "";
  for (const said of text.split("\n")) {
    const fence = fenceOf(open[0]);
    const begins = before === "" && (fence === null || open.at(-2) === fence);
    const name = begins ? names.find((one) => readLine(lines[one], said) !== null) : undefined;
    if (name === undefined) open.push(said);
    else {
      open = [];
      found.push({ name, values: readLine(lines[name], said)!, said: open });
    }
    before = said;
  }
  return found.map(({ name, values, said }, index) => ({
    name,
    values,
    text: (index < found.length - 1 ? said.slice(0, -1) : said).join("\n"),
  }));
}

/**
 * Takes the text out of its fence.
 *
 * @param text a fenced text, maybe with words behind it
 * @returns the text; "" where there is none
 */
export function unfenced(text: string): string {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => fenceOf(line) !== null);
  return from < 0 ? "" : lines.slice(from + 1, lines.lastIndexOf(fenceOf(lines[from])!)).join("\n");
}

const patterns = new Map<string, RegExp>();

function patternOf(line: string): RegExp {
  const known = patterns.get(line);
  if (known !== undefined) return known;
  const source = line.split(/\{\{(\w+)\}\}/).map((part, index) =>
    index % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : `(?<${part}>${PLACES[part] ?? ".*?"})`
  );
  const pattern = new RegExp(`^${source.join("")}$`);
  patterns.set(line, pattern);
  return pattern;
}
