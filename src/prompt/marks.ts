import { fill } from "./prompt.ts";

/** What encloses a text that is shown as it is, in lines of its own. */
export const FENCE = "```";

const LEFT_OUT = "(Left out here to make room: {{what}}, about {{tokens}} tokens.{{instead}})";
const FENCED = `Answer with one fenced block (${FENCE}) and nothing else.`;

/** Values of the places of a line, by name. */
export type Values = Readonly<Record<string, string | number>>;

/** Lines by name: each is written from its text, and read back by it; `{{place}}` in it stands for a value. */
export type Lines = Readonly<Record<string, string>>;

/**
 * The lines by which the parts of a prompt are told apart, and those whose values are read back. A line that holds another as its
 * beginning stands before it.
 */
export const MARKS = {
  /** First lines of the parts that a specialist is told. */
  turn: {
    goal: "Goal of the project's owner: {{goal}}",
    question: "# Question from {{role}}",
    task: "# Task from {{role}}",
    failNow: "# Checks that fail now",
    mustPass: "# Checks that must pass",
    standards: "# Standards of this project",
    file: "# File {{path}} ({{lines}} lines)",
    piece: "# File {{path}} (lines {{from}} to {{to}} of {{lines}})",
    stub: "# File {{path}}",
    unread: "Not shown, for lack of room: {{paths}}. read_file shows them.",
    others: "# Other files of the project",
    tried: "# What was tried before and did not work",
    takenBack: "# What earlier attempts wrote (it was taken back)",
    changes: "# Changes of this run",
    look: "# Look at these",
    again: "Do it differently this time.",
    earlier: "# Your earlier turns",
    told: "# Told meanwhile",
    summary: "# So far in this turn (summary by {{role}}, to make room)",
    shortened: "# So far in this turn (shortened by rules to make room)",
    leftOut: LEFT_OUT,
  },
  /** Lines within such a part. */
  within: {
    afterSummary: "# After that in this turn (shortened by rules to make room)",
    where: " of {{path}}",
    target: "The file to change is most likely {{path}}.",
    moreChecks: "- and {{count}} more",
    check: "- {{check}}",
    moreFiles: "and {{count}} more",
  },
  /** First lines of what came of a call. */
  result: { gave: "Result of {{name}}:", failed: "{{name}} failed: {{text}}", refused: "Failed: {{text}}" },
  /** Sentences that ask for a text. */
  text: {
    piece: `Now write the text that replaces the old text{{where}}. ${FENCED}`,
    function: `Now write the complete function {{function}}{{where}}, from its first line to its last. ${FENCED}`,
    anew:
      `Now write the complete function {{function}}{{where}} anew, so that all checks pass. Keep its name, its parameters and what its description says. ${FENCED}`,
    lines: `Now write the new lines {{from}} to {{to}}{{where}}. ${FENCED}`,
    whole:
      `Now write the complete {{argument}}{{where}}, from its first line to its last, with nothing left out. ${FENCED}`,
  },
  /** Sentences that name the tools that may be called now. */
  legal: {
    step: "Decide the next step with exactly one of: {{tools}}.",
    call: "Go on with exactly one of: {{tools}}.",
  },
  /** Lines of what the arbiter reads. */
  brief: {
    goal: "Goal: {{goal}}",
    phase: "Phase: {{phase}}",
    fails: "- fails: {{check}}",
    noTasks: "Tasks: none yet. Without tasks nothing can be done: planning makes them.",
    tasks: "Tasks:",
    task: "- {{task}} {{status}}: {{description}}",
    work: "Phases with work: {{phases}}.",
    decision: "- {{name}} {{arguments}} → {{outcome}}",
    says: "The person says: {{words}}",
    fault: "That was no legal decision: {{fault}}",
  },
  /** First lines of the parts that whoever summarises is told. */
  summary: {
    goal: "# Goal",
    task: "# Task of {{role}}",
    soFar: "# Summary so far",
    part: "# The part",
    leftOut: LEFT_OUT,
    wanted: "Write down now what must be known to go on: what was tried, what was found, what is still open.",
  },
  /** Lines of the part that is to be summarised. */
  entry: {
    called: "It called {{name}} {{arguments}}",
    talked: "It called {{name}}",
    gave: "{{name}} gave:",
    failed: "{{name}} failed:",
  },
  /** What the interpreter is told. */
  interpret: {
    message: "Call the one function that this message asks for, with the values that stand in the message: {{message}}",
  },
} satisfies Readonly<Record<string, Lines>>;

/** The form of {@link MARKS}, in these words or in others. */
export type Marks = typeof MARKS;

/** What stands in some places; in all others as little of the line as fits. */
const PLACES: Lines = {
  ...Object.fromEntries(["lines", "from", "to", "count", "tokens"].map((place) => [place, "\\d+"])),
  ...Object.fromEntries(["argument", "name", "phase", "status", "task"].map((place) => [place, "\\w+"])),
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
 * Writes a line.
 *
 * @param line its text with places
 * @param values what stands in them
 * @returns the line; {@link readLine} gives the values back
 */
export function writeLine(line: string, values: Values): string {
  return fill(line, values);
}

/**
 * Reads what {@link writeLine} wrote.
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
    const begins = before === "" && (!open[0]?.startsWith(FENCE) || open.at(-2) === FENCE);
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
  const from = lines.findIndex((line) => line.startsWith(FENCE));
  return from < 0 ? "" : lines.slice(from + 1, lines.lastIndexOf(FENCE)).join("\n");
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
