/** A named section of a file of sentences. */
export interface SentenceSection {
  readonly name: string;
  /** Its text, without line breaks at its ends. */
  readonly text: string;
  /** Places in the file: of its title, and of the beginning and the end of its text. */
  readonly title: number;
  readonly start: number;
  readonly end: number;
}

/** A mention of a tool; the mark makes it checked and is taken off. */
export const TOOL_MENTION = /\btool:([A-Za-z0-9_]+)/g;
/** Title of a section. */
const TITLE = /^## +([a-z][a-z0-9_]*)[ \t]*$/gm;

/**
 * Takes the sentences out of a file: what stands under `## name`, up to the next such title. What stands before the first is for who reads
 * the file.
 *
 * @param content text of the file, with or without its front matter
 * @returns its sections in order
 */
export function sectionsOf(content: string): readonly SentenceSection[] {
  const titles = [...content.matchAll(TITLE)];
  return titles.map((title, index) => {
    const start = title.index + title[0].length;
    const end = titles[index + 1]?.index ?? content.length;
    const text = content.slice(start, end).replace(/^\s*\n|(?<!\s)\s+$/g, "").replaceAll(TOOL_MENTION, "$1");
    return { name: title[1]!, text, title: title.index, start, end };
  });
}
