import { isMap, isScalar, LineCounter, parseDocument } from "yaml";

/** Something wrong at a place of a text. */
export interface Found {
  readonly offset: number;
  readonly text: string;
}

/** Front matter between two lines of dashes at the beginning of a file. */
const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m;

/** The front matter of a Markdown file. */
export interface Matter {
  /** What stands between the lines of dashes. */
  readonly text: string;
  /** Where that begins in the file. */
  readonly start: number;
  /** Where the rest of the file begins. */
  readonly bodyStart: number;
}

/**
 * Finds the front matter of a Markdown file.
 *
 * @param content the whole file
 * @returns where it stands; null where the file does not begin with one
 */
export function frontMatterOf(content: string): Matter | null {
  const matter = FRONT_MATTER.exec(content);
  if (matter === null || matter.index !== 0) return null;
  return { text: matter[1] ?? "", start: matter[0].indexOf("\n") + 1, bodyStart: matter[0].length };
}

/** What the front matter of a prompt file says: tools whose call is shown as an example, and what is wrong with it. */
export interface FrontMatter {
  readonly examples: readonly string[];
  readonly faults: readonly Found[];
}

/**
 * Reads the front matter of a prompt file.
 *
 * @param content the whole file
 * @param name the file's name without `.md`
 * @param tools names of all tools and decisions
 * @returns what it says, and where the text begins after it
 */
export function readFrontMatter(
  content: string,
  name: string,
  tools: readonly string[],
): FrontMatter & { readonly bodyStart: number } {
  const matter = frontMatterOf(content);
  if (matter === null) {
    const text = `A prompt begins with front matter: a line "---", "name: ${name}", "for: …", and again "---".`;
    return { examples: [], faults: [{ offset: 0, text }], bodyStart: 0 };
  }
  const { examples, faults } = fieldsOf(matter.text, name, tools);
  return {
    examples,
    faults: faults.map(({ offset, text }) => ({ offset: matter.start + offset, text })),
    bodyStart: matter.bodyStart,
  };
}

function fieldsOf(matter: string, name: string, tools: readonly string[]): FrontMatter {
  const lines = new LineCounter();
  const document = parseDocument(matter, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ pos, message }) => ({
      offset: pos[0],
      text: `The front matter is no YAML: ${message}`,
    }));
    return { examples: [], faults };
  }
  if (!isMap(document.contents)) {
    return { examples: [], faults: [{ offset: 0, text: 'The front matter must hold "name: …" and "for: …".' }] };
  }
  const faults: Found[] = [];
  let examples: readonly string[] = [];
  const values = new Map<string, unknown>();
  for (const { key } of document.contents.items) {
    const word = isScalar(key) ? String(key.value) : "";
    const offset = isScalar(key) ? key.range?.[0] ?? 0 : 0;
    const plain: unknown = document.get(word);
    values.set(word, plain);
    if (word === "name") {
      if (plain !== name) {
        faults.push({ offset, text: `"name" must be the file's own name "${name}", but is ${JSON.stringify(plain)}.` });
      }
    } else if (word === "for") {
      if (typeof plain !== "string" || plain.trim() === "") {
        faults.push({ offset, text: '"for" must say what it is for.' });
      }
    } else if (word === "tools" || word === "examples") {
      const named: unknown = document.toJS()[word];
      if (!Array.isArray(named)) faults.push({ offset, text: `"${word}" must be a list of names of tools.` });
      else {
        if (word === "examples") examples = named.map(String);
        for (const tool of named.filter((item) => !tools.includes(item))) {
          faults.push({
            offset: Math.max(offset, matter.indexOf(String(tool), offset)),
            text: noTool(String(tool), tools),
          });
        }
      }
    } else {
      const text = `The front matter has no "${word}"; it has "name", "for", "tools" and "examples".`;
      faults.push({ offset, text });
    }
  }
  for (const word of ["name", "for"]) {
    if (!values.has(word)) faults.push({ offset: 0, text: `The front matter lacks "${word}".` });
  }
  return { examples, faults };
}

/** Says that there is no such tool. */
export function noTool(name: string, tools: readonly string[]): string {
  return `There is no tool "${name}"; the tools are ${listed(tools)}.`;
}

/** Names for a sentence. */
export function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
