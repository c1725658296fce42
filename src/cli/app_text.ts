import {
  type ApplicationText,
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
  text_en,
} from "@stricli/core";
import { sayError } from "./command_error.ts";

/**
 * Gives what the command line says of errors: one sentence each, and no stack unless it is wanted.
 *
 * @param debug whether stacks are wanted
 * @returns texts for the application
 */
export function appText(debug: boolean): ApplicationText {
  const said = (error: unknown) => `autonomy: ${sayError(error, debug)}`;
  return {
    ...text_en,
    exceptionWhileParsingArguments: (error) => {
      const text = error instanceof ArgumentScannerError ? scannerText(error) : sayError(error, debug);
      return `autonomy: ${text}\nAdd --help to see what there is.`;
    },
    exceptionWhileLoadingCommandFunction: said,
    exceptionWhileLoadingCommandContext: said,
    exceptionWhileRunningCommand: said,
    commandErrorResult: said,
    noCommandRegisteredForInput: ({ input, corrections }) =>
      `autonomy: There is no command \`${input}\`${meant(corrections)}\nautonomy --help lists the commands.`,
  };
}

function scannerText(error: ArgumentScannerError): string {
  return formatMessageForArgumentScannerError(error, {
    FlagNotFoundError: ({ input, corrections }) =>
      `There is no flag --${input}${meant(corrections.map((name) => `--${kebab(name)}`))}`,
    AliasNotFoundError: ({ input }) => `There is no flag -${input}.`,
  });
}

function meant(corrections: readonly string[]): string {
  return corrections.length === 0 ? "." : `. Did you mean ${corrections.join(" or ")}?`;
}

/** The names of flags as they are typed; the library knows them as they are written in code. */
function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
