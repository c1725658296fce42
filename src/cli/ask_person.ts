import type { CliContext } from "./context.ts";

/**
 * Asks whoever is at the terminal, on standard error, since standard output is for results.
 *
 * @param context terminal
 * @param question what is asked, without a closing line break
 * @returns what was typed, without blanks around it and in small letters; null where nobody is there to answer
 */
export function askPerson(context: CliContext, question: string): string | null {
  if (!context.terminal.stdin || !context.terminal.stderr) return null;
  context.stderr.write(`${question} `);
  return context.readLine().trim().toLowerCase();
}

/** Whether an answer of {@link askPerson} means yes; nothing else does. */
export function isYes(answer: string | null): boolean {
  return answer === "y" || answer === "yes";
}
