import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, parse } from "./tasks.js";

const USAGE = "usage: node cli.js list FILE | done FILE NUMBER";

/**
 * Runs a command.
 *
 * @param {string[]} args
 * @param {(line: string) => void} print
 * @returns {number} the exit code
 */
export function main(args, print) {
  const [command, file, number] = args;
  if (command === "list" && file !== undefined) {
    parse(readFileSync(file, "utf8")).forEach(({ done, title }, index) => {
      print(`${index + 1}. ${done ? "✓" : "·"} ${title}`);
    });
    return 0;
  }
  if (command === "done" && file !== undefined) {
    const tasks = parse(readFileSync(file, "utf8"));
    const task = tasks[Number(number) - 1];
    if (task === undefined) {
      print(`no task ${number}`);
      return 1;
    }
    task.done = true;
    writeFileSync(file, format(tasks));
    return 0;
  }
  print(USAGE);
  return 2;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2), console.log);
}
