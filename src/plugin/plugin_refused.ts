import { reasonOf } from "../kernel/reason_of.ts";
import { oneLine } from "../kernel/say.ts";

/** Longest reason in one line, in characters. */
const REASON_CHARS = 400;

/** What a person is to do about it. */
const ADVICE = "Fix the file, or move it out of the folder.";

/** A plugin that is not taken into use; its message says all that is wrong, and what to do. */
export class PluginRefused extends Error {
  override readonly name = "PluginRefused";

  /**
   * Makes the error.
   *
   * @param path absolute path of the plugin's module
   * @param what such as `does not load`
   * @param details sentences: what is wrong, and where
   * @param options the cause
   */
  constructor(
    readonly path: string,
    readonly what: string,
    readonly details: readonly string[],
    options?: ErrorOptions,
  ) {
    super(
      [`Plugin ${path} ${what}.`, ...details, ADVICE].join("\n  "),
      options,
    );
  }

  /** Where it is wrong: `file:line:column` in one of its files, or its module where no line is known. */
  get place(): string {
    return /(?<=^|[\s("])\/[^\s:"()]+:\d+:\d+/.exec(this.details[0] ?? "")?.[0] ?? this.path;
  }

  /** What is wrong, in one line. */
  get reason(): string {
    const [first = "", ...more] = this.details;
    const [said = ""] = first.split("\n", 1);
    const plain = said.replace(/^(?:Syntax|Type)Error: /, "").replace(/ (?:at |\()\/[^\s:"()]+:\d+:\d+\)?$/, "");
    return oneLine([`it ${this.what}`, ...(plain === "" ? [] : [[plain, ...more].join(" ")])].join(": "), REASON_CHARS);
  }
}

/**
 * Reads what is wrong with a plugin out of what its opening threw, also where that ran elsewhere and its words alone came here.
 *
 * @param path absolute path of the plugin's module
 * @param cause what was thrown
 */
export function refusalIn(path: string, cause: unknown): PluginRefused {
  if (cause instanceof PluginRefused) return cause;
  // A syntax error shows the line of code, each line of that with a stroke.
  const lines = reasonOf(cause).split(/\n {2}(?=[^\s|])/).filter((line) => line.trim() !== ADVICE);
  const head = `Plugin ${path} `;
  const [first = ""] = lines;
  return first.startsWith(head)
    ? new PluginRefused(path, first.slice(head.length).replace(/\.$/, ""), lines.slice(1), { cause })
    : new PluginRefused(path, "does not load", lines, { cause });
}
