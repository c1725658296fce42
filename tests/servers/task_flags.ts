import { join } from "node:path";

/**
 * Takes the flags, permissions among them, from a task of `deno.json`: there is one list of them.
 *
 * @param name task whose command is `deno run …` or `deno test …`, perhaps after variables that it sets (`DENO_JOBS=4`)
 * @param root folder of `deno.json`
 * @returns the words of the command that begin with `--`
 * @throws when the task is another command
 */
export async function taskFlags(name: string, root: string): Promise<readonly string[]> {
  const { tasks } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const command = String(tasks[name]?.command).split(" ");
  const words = command.slice(command.findIndex((word) => !/^\w+=/.test(word)));
  if (words[0] !== "deno" || !["run", "test"].includes(words[1] ?? "")) {
    throw new Error(`The task ${name} of deno.json is no \`deno run …\` or \`deno test …\`: ${command.join(" ")}`);
  }
  return words.filter((word) => word.startsWith("--"));
}
