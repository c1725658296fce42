import { join } from "node:path";
import { ask, type Asked, type Repair } from "./bare_loop.ts";
import type { Wish } from "./read_cases.ts";
import { runCheck } from "./run_check.ts";

/** Asks of the loop before it gives up. */
const TRIES = 5;
/** Characters of the checks' output that the model is shown, its end. */
const SHOWN = 1_500;

/**
 * Works on a wish as a script of thirty lines does: the model is given all files of the project and the wish, and gives back each file that
 * changes, whole, until the visible tests pass; what they say is shown to it.
 *
 * @param folder a copy of the project, written to
 * @returns what it took; whether the hidden tests pass is for the caller
 */
export async function bareWish(wish: Wish, folder: string, asked: Asked): Promise<Omit<Repair, "repaired">> {
  const began = Date.now();
  let [tokens, asks, complaint] = [0, 0, ""];
  for (;;) {
    const files = [...filesOf(folder)];
    const shown = files.map((path) => `${path}\n\`\`\`\n${Deno.readTextFileSync(join(folder, path))}\`\`\``).join(
      "\n\n",
    );
    const answer = await ask(
      asked,
      `These are the files of a project:\n\n${shown}\n\n${wish.wish}\n${complaint}\nGive each file that changes or is new, whole: its name on a line of its own, then one code block.`,
      0.2 * asks,
    );
    asks += 1;
    tokens += answer.tokens;
    for (const { path, text } of filesIn(answer.text, files)) {
      await Deno.mkdir(join(folder, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, path), text);
    }
    const { passed, output } = await runCheck(wish.language, wish.check, [folder]);
    if (passed || asks === TRIES) return { tokens, asks, seconds: Math.round((Date.now() - began) / 1000) };
    complaint = `The tests say:\n${output.slice(-SHOWN)}\n`;
  }
}

/** The files of a project, relative, in order. */
function* filesOf(root: string, folder = ""): Generator<string> {
  const entries = [...Deno.readDirSync(join(root, folder))].sort((one, other) => one.name < other.name ? -1 : 1);
  for (const { name, isDirectory } of entries) {
    if (isDirectory && name !== "__pycache__") yield* filesOf(root, join(folder, name));
    else if (!isDirectory) yield join(folder, name);
  }
}

/** The files that a reply gives: a block belongs to the name in the line above it, or to the one file that is no test. */
function filesIn(reply: string, known: readonly string[]): readonly { readonly path: string; readonly text: string }[] {
  const only = known.filter((path) => /\.(?:py|js|go)$/.test(path) && !/test/i.test(path));
  return [...reply.matchAll(/(?:^|\n)([^\n]*)\n+```[^\n]*\n([^]*?)```/g)].flatMap(([, line = "", text = ""]) => {
    const named = /[\w./-]+\.(?:py|js|go)\b/.exec(line)?.[0];
    const path = named ?? (only.length === 1 ? only[0] : undefined);
    // A name that leads out of the project is none.
    return path === undefined || path.includes("..") || path.startsWith("/") ? [] : [{ path, text }];
  });
}
