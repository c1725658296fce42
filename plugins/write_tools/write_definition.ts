import { languagesOf, type ToolContext, ToolError } from "../../src/plugin/mod.ts";
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
  { workspace, languages }: Pick<ToolContext, "workspace" | "languages">,
  change: typeof addDefinition,
): Promise<string> {
  const before = await openFile(path, workspace);
  refuseLong(content);
  const wording = meant(path, content, before.text).replace(/\n$/, "");
  refuseElided(wording, before.text);
  const marks = languagesOf(path, languages)[0]?.comments;
  const step = stepOf(before.text.split("\n"), marks);
  const fresh = step === null ? wording : inStepOfFile(wording.split("\n"), step, marks).join("\n");
  const changed = change(path, before.text, name, fresh, languages);
  if ("fault" in changed) throw new ToolError(`${path}: ${changed.fault}`);
  const { text, from, to } = changed;
  return await replaceText(path, before, text, from, text.split("\n").slice(from - 1, to).join("\n"), workspace);
}
