import * as z from "zod";
import { defineTool, ToolError } from "../../src/plugin/mod.ts";
import { addDefinition } from "./add_definition.ts";
import { writeDefinition } from "./write_definition.ts";
import { path } from "./write_text.ts";

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
  async run(given, context) {
    const there = await context.workspace.exists(given.path);
    if (!there) throw new ToolError(`There is no file ${given.path}. Use create_file to create it.`);
    return await writeDefinition(given, context, addDefinition);
  },
});
