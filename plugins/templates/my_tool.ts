// A plugin: a plain value that says what it adds. This one adds a tool, which a specialist may call.
// Saving this file swaps the new version in, once it loads and passes its self-test.
import { z } from "zod";
import { definePlugin, defineTool } from "autonomy";

/** Lines of a text that hold a word, each with its number. */
export function linesWith(word: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => line.includes(word) ? [`${index + 1}: ${line}`] : []);
}

const tool = defineTool({
  // Letters, digits and _. Specialists call it by this name.
  name: "my_tool",
  // What it does, in the third person: models read this and decide by it.
  describes: "Lists the lines of a text file that hold a word.",
  // The arguments. Models read the descriptions, too; at least one argument is required.
  input: z.object({
    path: z.string().describe("File, relative to the project."),
    word: z.string().min(1).describe("The word that is looked for."),
  }),
  // What it may do: "reads", "writes", "runs" (commands) or "concludes" (a turn).
  access: "reads",
  // The workspace reads and writes the project's files; every write can be undone. What lies outside of it needs
  // permissions: { net: ["api.example.com"] }, for which you are asked once.
  async run({ path, word }, { workspace }) {
    const { text } = await workspace.read(path);
    const lines = linesWith(word, text);
    return lines.length === 0 ? `${path} does not hold "${word}".` : lines.join("\n");
  },
});

export default definePlugin({
  name: "my_tool",
  tools: [tool],
  // Tried before each version is used; one that throws is not.
  selfTest() {
    if (linesWith("b", "a\nb")[0] !== "2: b") throw new Error("linesWith does not find a line.");
  },
});
