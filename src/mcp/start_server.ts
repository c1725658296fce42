import { endsWithUs } from "../plugin/host/start_process.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import { McpFault } from "./mcp_fault.ts";
import type { ServerSetting } from "./server_setting.ts";

/** Variables that every server has beside those that are configured: what programs need to be found and to run. */
const VARIABLES = ["HOME", "PATH", "LANG", "LC_ALL", "LOGNAME", "SHELL", "TMPDIR", "USER"];

/**
 * Runs a command with its standard streams, ends its process group once it has ended, and at once where this shell is told that we are gone.
 * What a shell starts in the background has no standard input of its own accord.
 */
const GROUPED = 'exec 3<&0; trap "kill -9 0" TERM; "$@" <&3 3<&- & exec 3<&- </dev/null; wait $!; code=$?; ' +
  '(echo "(exit code $code)" >&2); kill -9 0';

/**
 * Starts the command of a server, in a process group of its own that ends with us.
 *
 * @param environment reads a variable
 * @throws {McpFault} where it cannot be started, or a variable that it is to have is not set
 */
export async function startServer(
  { name, command = [], folder, variables }: ServerSetting,
  environment: (name: string) => string | undefined,
): Promise<Deno.ChildProcess> {
  const missing = variables.filter((variable) => environment(variable) === undefined);
  if (missing.length > 0) {
    throw new McpFault(
      `The MCP server ${name} is to have the environment variables ${missing.join(", ")}, which are not set. ` +
        `Set them, or take them out of mcp.${name}.env_variables.`,
    );
  }
  const env = Object.fromEntries([...VARIABLES, ...variables].flatMap((variable) => {
    const value = environment(variable);
    return value === undefined ? [] : [[variable, value]];
  }));
  const dies = await endsWithUs();
  const words = ["sh", "-c", GROUPED, "sh", ...command];
  const [program = "", ...args] = dies ? ["setpriv", "--pdeathsig", "TERM", ...words] : words;
  try {
    return new Deno.Command(program, {
      args,
      cwd: folder,
      clearEnv: true,
      env,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      detached: true,
    }).spawn();
  } catch (cause) {
    throw new McpFault(`The MCP server ${name} cannot be started in ${folder}: ${reasonOf(cause)}`, { cause });
  }
}
