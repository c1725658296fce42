import { nearName } from "../mediate/near_name.ts";
import { type Line, span } from "./line.ts";
import type { Stage } from "./panel.ts";
import type { CommandWord } from "./store.ts";
import { cells, oneLine } from "./text.ts";
import type { Ui } from "./ui.ts";

/** A command as it stands in the input line. */
export interface TypedCommand {
  /** What stands after the stroke; empty where nothing does yet. */
  readonly name: string;
  /** What stands behind the name; null while the name itself is being written. */
  readonly args: string | null;
}

/** Most rows of the list above the input line. */
const MOST_ROWS = 6;

/** Reads the input line as a command; null where it is words: a path is, and so is what begins with a blank. */
export function typedCommand({ aim, editor }: Ui): TypedCommand | null {
  if (aim?.kind !== "say") return null;
  const found = /^\/([\w-]*)(?:\s([\s\S]*))?$/.exec(editor.text);
  return found === null ? null : { name: found[1] ?? "", args: found[2] ?? null };
}

/** Commands that there are; none before a run. */
export function commandsOf(stage: Stage): readonly CommandWord[] {
  return stage.state === null ? [] : stage.store.commands();
}

/** Commands that fit what was typed: those that begin so, then those that hold it. */
export function fitting(commands: readonly CommandWord[], { name, args }: TypedCommand): readonly CommandWord[] {
  if (args !== null) return commands.filter((command) => command.name === name);
  const begins = commands.filter((command) => command.name.startsWith(name));
  return [...begins, ...commands.filter((command) => !begins.includes(command) && command.name.includes(name))];
}

/** Says that there is no such command, which one may be meant, and which there are. */
export function noCommand(name: string, commands: readonly CommandWord[]): string {
  const names = commands.map((command) => command.name);
  const [begun] = fitting(commands, { name, args: null });
  const near = name === "" ? null : begun?.name ?? nearName(name, names);
  const meant = near === null ? "" : ` Did you mean /${near}?`;
  const all = names.length === 0 ? " No plugin offers one." : ` There are ${names.map((one) => `/${one}`).join(", ")}.`;
  return `There is no command /${name}.${meant}${all} With a space before it, it is sent as words.`;
}

/** Rows of the list above the input line: as many as there are commands while a name is typed, so that nothing moves with each letter. */
export function commandRows(stage: Stage, rows: number): number {
  const typed = typedCommand(stage.ui);
  if (typed === null) return 0;
  if (typed.args !== null) return 1;
  return Math.max(1, Math.min(commandsOf(stage).length, MOST_ROWS, Math.floor(rows / 4)));
}

/**
 * Lays out the commands that fit what was typed; the one that Tab takes is marked.
 *
 * @param stage what stands on the screen
 * @param height rows
 */
export function commandLines(stage: Stage, height: number): Line[] {
  const typed = typedCommand(stage.ui);
  if (typed === null) return [];
  const commands = commandsOf(stage);
  const fits = fitting(commands, typed);
  if (fits.length === 0) {
    const text = commands.length === 0 ? "No plugin offers a command." : `There is no command /${typed.name}.`;
    return [[span(`  ${text}`, "warn")]];
  }
  const shown = fits.length > height ? fits.slice(0, Math.max(1, height - 1)) : fits;
  const width = Math.max(...commands.map(({ name }) => cells(name))) + 3;
  const lines = shown.map(({ name, help }, index): Line => {
    const isNext = index === 0 && typed.args === null;
    return [
      span(`${isNext ? ">" : " "} ${`/${name}`.padEnd(width)}`, isNext ? "accent" : "plain"),
      span(oneLine(help), isNext ? "plain" : "dim"),
    ];
  });
  const more = fits.length - shown.length;
  return more === 0 || height < 2 ? lines : [...lines, [span(`  … ${more} more; go on typing`, "dim")]];
}
