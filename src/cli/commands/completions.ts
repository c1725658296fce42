import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";

/** Each script asks the program itself, which proposes what fits the words so far. */
const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `# Completion of autonomy for bash. Use: eval "$(autonomy completions bash)"
_autonomy() {
  local IFS=$'\\n'
  COMPREPLY=($(autonomy complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _autonomy autonomy
`,
  zsh: `#compdef autonomy
# Completion of autonomy for zsh. Use: eval "$(autonomy completions zsh)"
_autonomy() {
  local -a found
  found=("\${(@f)$(autonomy complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if (( \${#found[1]} )); then compadd -- $found; else _files; fi
}
compdef _autonomy autonomy
`,
  fish: `# Completion of autonomy for fish. Use: autonomy completions fish | source
complete -c autonomy -a '(autonomy complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
`,
};

/**
 * Prints the completion script of a shell.
 *
 * @param _flags none
 * @param shell bash, zsh or fish
 * @throws {CommandError} exit code 2 for any other
 */
export default function completions(this: CliContext, _flags: Record<never, never>, shell: string): void {
  const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (script === undefined) {
    throw new CommandError(
      EXIT.usage,
      `There is no completion script for ${shell}. Wanted: ${Object.keys(SCRIPTS).join(", ")}.`,
    );
  }
  this.stdout.write(script);
}
