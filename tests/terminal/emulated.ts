import { fileURLToPath } from "node:url";
import { VirtualTerminal } from "../tui/virtual_terminal.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where a program runs that is watched. */
export interface Emulated {
  readonly columns: number;
  readonly rows: number;
  /** Variables beside those of a plain terminal. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends it, at the latest. */
  readonly signal: AbortSignal;
}

/**
 * Runs the program in a pseudo terminal made by `script`, and an emulator on what it writes.
 *
 * @param words arguments of the program
 * @param where the terminal
 * @param watch looks at the emulator, types keys, and changes the size of the terminal; the program is ended by a signal where it returns
 *   before it
 */
export async function emulated(
  words: readonly string[],
  { columns, rows, environment, signal }: Emulated,
  watch: (
    terminal: VirtualTerminal,
    type: (keys: string) => Promise<void>,
    resize: (columns: number, rows: number) => Promise<void>,
  ) => Promise<void>,
): Promise<void> {
  const place = await Deno.makeTempFile();
  const program = `tty > ${place}; stty rows ${rows} cols ${columns}; exec ${Deno.execPath()} task -q ${
    words.join(" ")
  }`;
  const child = new Deno.Command("script", {
    args: ["-qfec", program, "/dev/null"],
    cwd: ROOT,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
    env: { TERM: "xterm-256color", SHELL: "/bin/sh", NO_COLOR: "", TZ: "UTC", ...environment },
    signal,
  }).spawn();
  const terminal = new VirtualTerminal(columns, rows);
  const keyboard = child.stdin.getWriter();
  const reading = (async () => {
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) terminal.write(chunk);
    // Who still waits is told that nothing more comes.
    terminal.look(true);
  })();
  const type = (keys: string) => keyboard.write(new TextEncoder().encode(keys));
  const resize = async (columns: number, rows: number) => {
    const device = (await Deno.readTextFile(place)).trim();
    terminal.resize(columns, rows);
    await new Deno.Command("stty", { args: ["-F", device, "rows", `${rows}`, "cols", `${columns}`] }).output();
  };
  let isSeen = false;
  try {
    await watch(terminal, type, resize);
    await type("\x03\x03");
    isSeen = true;
  } finally {
    // Its terminal goes with it, which ends the program.
    if (!isSeen) child.kill("SIGTERM");
    await keyboard.close().catch(() => {});
    await child.status;
    await reading;
    await Deno.remove(place);
  }
}
