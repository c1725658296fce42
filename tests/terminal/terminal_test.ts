import assert from "node:assert/strict";
import { HANGING_MS } from "../fakes/hanging.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";

/** Modes that were left on at the end of a byte stream, in the order they were set. */
function modesLeft(bytes: string): string[] {
  const left = new Set<string>();
  // deno-lint-ignore no-control-regex
  for (const [, modes, to] of bytes.matchAll(/\x1b\[\?([\d;]+)([hl])/g)) {
    for (const mode of modes!.split(";")) {
      // The cursor is visible and lines wrap when nothing was done.
      const normal = mode === "25" || mode === "7" ? "h" : "l";
      if (to === normal) left.delete(mode);
      else left.add(mode);
    }
  }
  return [...left];
}

/** What a test does once the frame of the fixture stands. */
type Act = (
  type: (keys: string) => Promise<void>,
  signal: (name: Deno.Signal) => void,
  shows: (text: string, times?: number) => Promise<void>,
) => Promise<void>;

/** Has the fixture do what it was started for. */
const begin: Act = (_type, signal) => Promise.resolve(signal("SIGUSR1"));

interface Ended {
  readonly bytes: string;
  readonly settingsBefore: string;
  readonly settingsAfter: string;
}

/**
 * Runs the fixture in a pseudo-terminal made by `script`, with the terminal's settings taken before and after.
 *
 * @param what what the fixture does
 * @param act is called once the frame stands, with a way to type and to signal the fixture
 * @param environment variables beside those of a plain terminal
 */
async function inTerminal(what: string, act: Act, environment: Record<string, string> = {}): Promise<Ended> {
  const pidFile = await Deno.makeTempFile();
  const run = `${Deno.execPath()} run --no-prompt -A --no-check tests/terminal/fixture.tsx ${what}`;
  const program =
    `stty rows 24 cols 80; stty -a | tr '\\n' ' '; echo; sh -c 'echo $$ > ${pidFile}; exec ${run}' 2>&1; echo; stty -a | tr '\\n' ' '`;
  const child = new Deno.Command("script", {
    args: ["-qfec", program, "/dev/null"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: { TERM: "xterm-256color", SHELL: "/bin/sh", ...environment },
  }).spawn();
  // Its end tells who waits, and so the test says what it showed.
  const hanging = setTimeout(() => child.kill("SIGKILL"), HANGING_MS);
  const writer = child.stdin.getWriter();
  let bytes = "";
  let over = false;
  let arrived = Promise.withResolvers<void>();
  const tell = () => {
    arrived.resolve();
    arrived = Promise.withResolvers();
  };
  const reading = (async () => {
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      bytes += chunk;
      tell();
    }
    over = true;
    tell();
  })();
  const errors = new Response(child.stderr).text();
  const shows = async (text: string, times = 1): Promise<void> => {
    while (bytes.split(text).length <= times) {
      if (over) assert.fail(`the terminal was closed without ${text}: ${JSON.stringify(bytes.slice(-600))}`);
      await arrived.promise;
    }
  };
  try {
    // Raw mode and bracketed paste come right after the first frame: keys before them would be the terminal's own.
    await shows("1 arbiter");
    await shows("\x1b[?2004h");
    const pid = Number(await Deno.readTextFile(pidFile));
    await act((keys) => writer.write(new TextEncoder().encode(keys)), (name) => Deno.kill(pid, name), shows);
    await child.status;
    await reading;
  } finally {
    clearTimeout(hanging);
    try {
      child.kill("SIGKILL");
    } catch { /* it has ended */ }
    await writer.close().catch(() => {});
    await errors;
    await Deno.remove(pidFile);
  }
  const settings = bytes.split("\n").filter((line) => line.includes("speed") && line.includes("icanon"));
  return { bytes, settingsBefore: settings[0]?.trim() ?? "", settingsAfter: settings.at(-1)?.trim() ?? "" };
}

function assertRestored({ bytes, settingsBefore, settingsAfter }: Ended): void {
  assert.ok(bytes.includes("\x1b[?1049h"), "the alternate screen was entered");
  assert.ok(bytes.includes("\x1b[?2004h"), "bracketed paste was on");
  assert.deepEqual(modesLeft(bytes), [], "every mode that was set is reset");
  assert.equal(bytes.split("\x1b[22;2t").length, bytes.split("\x1b[23;2t").length, "the title is given back");
  assert.ok(bytes.lastIndexOf("\x1b[23;2t") > bytes.lastIndexOf("\x1b]2;"), "and is the terminal's own at the end");
  assert.ok(settingsBefore !== "", "the settings were taken");
  assert.equal(settingsAfter, settingsBefore, "the terminal's settings are as before");
}

Deno.test("quitting by Ctrl-C twice leaves the terminal as it was", async () => {
  const ended = await inTerminal("run", async (type, _signal, shows) => {
    await type("\x03");
    await shows("Press Ctrl-C again");
    await type("\x03");
  });
  assertRestored(ended);
  assert.match(ended.bytes, /closed/);
});

Deno.test("an error in rendering ends the screen, is told to the caller, and leaves the terminal as it was", async () => {
  const ended = await inTerminal("throw", begin);
  assertRestored(ended);
  const after = ended.bytes.slice(ended.bytes.lastIndexOf("\x1b[?1049l"));
  assert.match(after, /failed: the state is broken/);
});

Deno.test("an error inside React ends the screen the same way", async () => {
  const ended = await inTerminal("render", begin);
  assertRestored(ended);
  assert.match(ended.bytes.slice(ended.bytes.lastIndexOf("\x1b[?1049l")), /failed: the frame is broken/);
});

Deno.test("an unhandled rejection leaves the terminal as it was, and its text can be read", async () => {
  const ended = await inTerminal("reject", begin);
  assertRestored(ended);
  assert.match(ended.bytes.slice(ended.bytes.lastIndexOf("\x1b[?1049l")), /nobody listens/);
});

Deno.test("an exit from anywhere leaves the terminal as it was", async () => {
  assertRestored(await inTerminal("exit", begin));
});

for (const name of ["SIGTERM", "SIGHUP", "SIGINT"] as const) {
  Deno.test(`${name} leaves the terminal as it was`, async () => {
    const ended = await inTerminal("run", (_type, signal) => {
      signal(name);
      return Promise.resolve();
    });
    assertRestored(ended);
  });
}

Deno.test("Ctrl-Z gives the terminal back until the program goes on", async () => {
  // Under script nothing can stop the program: its process group has no shell that could continue it.
  const ended = await inTerminal("run", async (type, _signal, shows) => {
    await type("\x1a");
    await shows("\x1b[?1049h", 2);
    await shows("1 arbiter", 2);
    await type("\x03");
    await shows("Press Ctrl-C again");
    await type("\x03");
  });
  const between = ended.bytes.slice(0, ended.bytes.indexOf("\x1b[?2004l") + 8);
  assert.ok(between.includes("\x1b[?1049l"), "the alternate screen was left");
  assert.deepEqual(modesLeft(between), [], "every mode was reset while it was away");
  assertRestored(ended);
});

/** An editor for tests: it says what reaches it, and takes one line, also past a Ctrl-C that is meant for it. */
const EDITOR = `trap 'echo INTERRUPTED' INT
echo "THE EDITOR HAS $(cat "$1")"
read -r words || read -r words
printf '%s\\n' "$words" > "$1"
echo THE EDITOR ENDS
`;

Deno.test("the editor has the terminal whole, every key and Ctrl-C among it, while text streams in, and the screen comes back", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/editor.sh`, EDITOR);
    const ended = await inTerminal("run", async (type, _signal, shows) => {
      await type("2imango");
      await shows("mango");
      await type("\x07");
      await shows("THE EDITOR HAS mango");
      await type("\x03");
      await shows("INTERRUPTED");
      await type("papaya and more\n");
      await shows("THE EDITOR ENDS");
      // Once as it is typed, once in the input line.
      await shows("papaya and more", 2);
      await type("\x03\x03\x03");
    }, { VISUAL: `sh ${folder}/editor.sh` });
    const { bytes } = ended;
    const between = bytes.slice(bytes.indexOf("THE EDITOR HAS"), bytes.indexOf("THE EDITOR ENDS"));
    assert.ok(!between.includes("\x1b"), `the screen writes nothing meanwhile: ${JSON.stringify(between)}`);
    assert.deepEqual(modesLeft(bytes.slice(0, bytes.indexOf("THE EDITOR HAS"))), [], "every mode was reset for it");
    assertRestored(ended);
  }));
