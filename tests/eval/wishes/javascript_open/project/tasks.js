/**
 * Reads tasks: one a line, `[x]` or `[ ]` in front.
 *
 * @param {string} text
 * @returns {{ done: boolean, title: string }[]}
 */
export function parse(text) {
  return text.split("\n").filter((line) => line.trim() !== "").map((line) => ({
    done: line.startsWith("[x]"),
    title: line.slice(3).trim(),
  }));
}

/** Writes tasks so that `parse` reads them. */
export function format(tasks) {
  return tasks.map(({ done, title }) => `[${done ? "x" : " "}] ${title}\n`).join("");
}
