import { LANGUAGES } from "../../src/languages/languages.ts";
import { ProjectCopy } from "../../src/work/workspaces/project_copy.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";
import { type Figure, median } from "./figure.ts";

const FILES_OF_A_FOLDER = 50;
const BYTES = 2_000;
const RESETS = 7;
/** A disk that is shared takes nothing for seconds at a time: that is not of the program. */
const MAKES = 3;
/** A reset on a slow machine may take so often the time of the looks alone, which it cannot do without. */
const MOST_LOOKS = 2;
/** To make one may there take so often the time of a plain copy by another program, as it looks at each file before and after. */
const MOST_COPIES = 5;
/** And it may hold the program so often as long as a program that does nothing is held by that copy. */
const MOST_HOLDS = 3;
/** Files of an attempt that is reset. */
const CHANGED = 20;
const MOST_HELD_MS = 10;

/** Projects by their number of files, with their bounds in ms. */
const SIZES = [
  { files: 1_000, most: { make: 300, reset: 60 } },
  { files: 50_000, most: { make: 6_000, reset: 600 } },
];

/**
 * Measures how long a workspace takes to make and to reset, and how long either holds the program, beside a plain copy of the same files.
 *
 * @returns a figure of each for each size
 */
export async function measureWorkspaces(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { files, most } of SIZES) {
    await inTemporaryFolder(async (folder) => {
      const project = `${folder}/project`;
      writeProject(project, files);
      await written();
      const plains: Held[] = [];
      const makes: Held[] = [];
      let copy = new ProjectCopy(project, `${folder}/copy`, LANGUAGES, "mounted");
      const bring = () => copy.bring(new AbortController().signal);
      for (let go = 0; go < MAKES; go++) {
        if (go > 0) {
          await copy.remove();
          copy = new ProjectCopy(project, `${folder}/copy`, LANGUAGES, "mounted");
        }
        plains.push(await holdingOf(() => copyPlainly(project, `${folder}/plain${go}`)));
        await written();
        makes.push(await holdingOf(bring));
        await written();
      }
      const [plain, make] = [bestOf(plains), bestOf(makes)];
      const idle = Math.max(...plains.map(({ held }) => held));
      const resets: number[] = [];
      const holds = [make.held];
      for (let go = 0; go < RESETS; go++) {
        for (let file = 0; file < CHANGED; file++) Deno.writeTextFileSync(`${copy.folder}/d0/f${file}.ts`, `${go}`);
        const { ms, held } = await holdingOf(bring);
        resets.push(ms);
        holds.push(held);
      }
      const held = Math.max(...holds);
      const looks = median(Array.from({ length: RESETS }, () => lookBarely([project, copy.folder], files)));
      // A disk that is busy is slow for a plain copy too, and holds also a program that does nothing, and a machine that is slow looks slowly:
      // `least` is what that came to here.
      const row = (what: string, ms: number, bound: number, baseline = "", least = 0): Figure => ({
        what: `${what}, ${files.toLocaleString("en")} files`,
        value: `${ms.toFixed(0)} ms`,
        baseline,
        ratio: ms,
        bound: `≤ ${bound} ms${least > 0 ? `, or ${least.toFixed(0)}` : ""}`,
        met: ms <= Math.max(bound, least),
      });
      figures.push(
        row(
          `a workspace made (best of ${MAKES})`,
          make.ms,
          most.make,
          `${plain.ms.toFixed(0)} ms for a plain copy`,
          MOST_COPIES * plain.ms,
        ),
        row(
          `a workspace reset (median of ${RESETS})`,
          median(resets),
          most.reset,
          `${looks.toFixed(0)} ms for bare looks at each file and its copy`,
          MOST_LOOKS * looks,
        ),
        row(
          "the program held by that at most",
          held,
          MOST_HELD_MS,
          `${idle.toFixed(0)} ms for an idle one beside the plain copies`,
          MOST_HOLDS * idle,
        ),
      );
    });
  }
  return figures;
}

function writeProject(project: string, files: number): void {
  for (let folder = 0; folder < files / FILES_OF_A_FOLDER; folder++) {
    Deno.mkdirSync(`${project}/d${folder}`, { recursive: true });
    for (let file = 0; file < FILES_OF_A_FOLDER; file++) {
      Deno.writeTextFileSync(`${project}/d${folder}/f${file}.ts`, `${folder} ${file} `.padEnd(BYTES, "x"));
    }
  }
}

/** How long it takes to look at each file in both folders, and to do nothing else, ms. */
function lookBarely(folders: readonly string[], files: number): number {
  const began = performance.now();
  for (let folder = 0; folder < files / FILES_OF_A_FOLDER; folder++) {
    for (let file = 0; file < FILES_OF_A_FOLDER; file++) {
      for (const root of folders) Deno.lstatSync(`${root}/d${folder}/f${file}.ts`);
    }
  }
  return performance.now() - began;
}

/** A copy by another program, so that this one has nothing to do meanwhile. */
async function copyPlainly(from: string, to: string): Promise<void> {
  await new Deno.Command("cp", { args: ["-r", from, to] }).output();
}

/** Waits until what was written is on the disk: else a figure is of the disk that still writes it. */
async function written(): Promise<void> {
  await new Deno.Command("sync").output();
}

/** How long something takes, and how long nothing else of the program comes to its turn meanwhile, ms. */
interface Held {
  readonly ms: number;
  readonly held: number;
}

/** The shortest time, and the shortest hold. */
function bestOf(goes: readonly Held[]): Held {
  return { ms: Math.min(...goes.map(({ ms }) => ms)), held: Math.min(...goes.map(({ held }) => held)) };
}

async function holdingOf(work: () => Promise<unknown>): Promise<Held> {
  const began = performance.now();
  let held = 0;
  let last = began;
  const look = () => {
    const now = performance.now();
    held = Math.max(held, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  look();
  return { ms: last - began, held };
}
