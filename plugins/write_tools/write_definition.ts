import { definitionsIn, type Language, languagesOf, type ToolContext, ToolError } from "../../src/plugin/mod.ts";
import { withImportsOfProject } from "./imports_of_project.ts";
import { inStepOfFile, stepOf } from "./indentation.ts";
import { openFile } from "./open_file.ts";
import type { addDefinition } from "./add_definition.ts";
import { meant, refuseElided, refuseLong, replaceText } from "./write_text.ts";

/**
 * Writes a file in which one definition is new or another: its text as the model meant it, in the file's own indentation.
 *
 * @param named path of the file, name of the definition, its text as it was written
 * @param context what the tool works with
 * @param change puts the definition into the text of the file, or says what is wrong with that
 * @returns what the model is told
 * @throws {ToolError} when the text is too long, leaves something out, or has no place in the file
 */
export async function writeDefinition(
  { path, function: name, content }: { readonly path: string; readonly function: string; readonly content: string },
  context: Pick<ToolContext, "workspace" | "languages" | "signal">,
  change: typeof addDefinition,
): Promise<string> {
  const { workspace, languages } = context;
  const before = await openFile(path, workspace);
  refuseLong(content);
  const by = languagesOf(path, languages);
  const wording = outOfFences(meant(path, content, before.text).replace(/\n$/, ""), by);
  refuseElided(wording, before.text);
  const writing = by[0];
  const step = stepOf(before.text.split("\n"), writing);
  const fresh = step === null ? wording : inStepOfFile(wording.split("\n"), step, writing).join("\n");
  const changed = change(path, before.text, name, fresh, languages);
  if ("fault" in changed) throw new ToolError(`${path}: ${changed.fault}`);
  const { text, lines } = await withImportsOfProject(path, changed.text, before.text, context);
  const from = changed.from + lines;
  const piece = text.split("\n").slice(from - 1, changed.to + lines).join("\n");
  return await replaceText(path, before, text, from, piece, workspace);
}

/** What stands in fences, where words stand around those: neither the words nor the marks are code. */
function outOfFences(text: string, by: readonly Language[]): string {
  const lines = text.split("\n");
  const isMark = (line: string) => /^(?:`{3,}|~{3,})[^`]*$/.test(line);
  const first = lines.findIndex(isMark);
  // One that stands behind the beginning of a definition may be of that.
  if (first < 0 || definitionsIn(text, by).some(({ from }) => from <= first)) return text;
  let isOpen = false;
  const inside = lines.filter((line) => {
    if (isMark(line)) isOpen = !isOpen;
    return isOpen && !isMark(line);
  });
  return inside.join("\n");
}
