import { z } from "zod";
import { definePlugin, defineTool, ToolError } from "autonomy";

const gitLog = defineTool({
  name: "git_log",
  describes: "Lists the last commits that changed a file or folder: hash, date, author and subject.",
  input: z.object({
    path: z.string().describe("File or folder, relative to the project; . for all of it."),
    most: z.int().min(1).max(50).default(10).describe("Most commits."),
  }),
  access: "reads",
  async run({ path, most }, { workspace, signal }) {
    const format = "--format=%h %as %an: %s";
    // The command runs like any other of the project: enclosed, and what it writes is recorded.
    const { code, output } = await workspace.run(["git", "log", `-${most}`, format, "--", path], {
      timeoutMs: 20_000,
      signal,
    });
    if (code !== 0) throw new ToolError(`git log gave no history of ${path}: ${output.trim()}`);
    return output.trim() === "" ? `No commit changed ${path}.` : output.trim();
  },
});

/** A specialist whose answers to consults are fields: whoever asks is shown them one by one. */
export default definePlugin({
  name: "historian",
  tools: [gitLog],
  specialists: [{
    role: "historian",
    describes: "Says when, by whom and why code came to be as it is.",
    models: ["qwen2.5:14b", "qwen2.5:7b"],
    window: 8192,
    temperature: 0.2,
    prompt: "historian.md",
    tools: ["git_log", "read_file", "answer"],
    phases: [],
    answers: z.object({
      summary: z.string().describe("The answer, in one or two sentences."),
      commits: z.array(z.string()).describe("Hashes of the commits that show it."),
      certain: z.boolean().describe("Whether the history says so, and it is no guess."),
    }),
  }],
});
