import { z } from "zod";
import { defineTool, ToolError } from "../../src/plugin/mod.ts";
import { addDefinition } from "./add_definition.ts";
import { inStepOfFile, stepOf } from "./indentation.ts";
import { openFile } from "./open_file.ts";
import { meant, path, refuseElided, refuseLong, replaceText } from "./write_text.ts";

/** Adds what a file does not define yet. */
export const addFunction = defineTool({
  name: "add_function",
  describes:
    "Adds a new function, method or class to a file, in its place among the others; the rest of the file stays as it is.",
  input: z.object({
    path,
    function: z.string().min(1).describe("Its name; Class.method for a method."),
    description: z.string().describe("What it does, in one sentence."),
    signature: z.string().describe("Its first line, with its parameters."),
    content: z.string().describe("Its whole text."),
  }),
  access: "writes",
  traits: { edits: "addition", byWorkspace: true },
  asText: "content",
  async run({ path, function: name, content }, { workspace, languages }) {
    if (!await workspace.exists(path)) throw new ToolError(`There is no file ${path}. Use create_file to create it.`);
    const before = await openFile(path, workspace);
    refuseLong(content);
    const wording = meant(path, content, before.text).replace(/\n$/, "");
    refuseElided(wording, before.text);
    const step = stepOf(before.text.split("\n"));
    const fresh = step === null ? wording : inStepOfFile(wording.split("\n"), step).join("\n");
    const added = addDefinition(path, before.text, name, fresh, languages);
    if ("fault" in added) throw new ToolError(`${path}: ${added.fault}`);
    const { text, from, to } = added;
    return await replaceText(path, before, text, from, text.split("\n").slice(from - 1, to).join("\n"), workspace);
  },
});
