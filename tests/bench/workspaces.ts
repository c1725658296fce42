import { LANGUAGES } from "../../src/languages/languages.ts";
import { ProjectCopy } from "../../src/work/workspaces/project_copy.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";
import { type Figure, median } from "./figure.ts";

const FILES_OF_A_FOLDER = 50;
const BYTES = 2_000;
const RESETS = 7;
/** After which a change of a file shows in its times. */
const SETTLED_MS = 1_500;
/** A disk that is shared takes nothing for seconds at a time: that is not of the program. */
const MAKES = 3;
/** A reset on a slow machine may take so often the time of the looks alone, which it cannot do without. */
const MOST_LOOKS = 2;
/** To make one may there take so often the time of a plain copy by another program, as it looks at each file before and after. */
const MOST_COPIES = 4;
/** And it may hold the program so often as long as one that does nothing is held beside that copy. */
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
      const least = (goes: readonly Held[]) => Math.min(...goes.map(({ ms }) => ms));
      const holdOf = (goes: readonly Held[]) => median(goes.map(({ held }) => held));
      // What was copied within a second is looked at by its content; no attempt is over so soon.
      await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
      const resets: Held[] = [];
      for (let go = 0; go < RESETS; go++) {
        for (let file = 0; file < CHANGED; file++) Deno.writeTextFileSync(`${copy.folder}/d0/f${file}.ts`, `${go}`);
        resets.push(await holdingOf(bring));
      }
      const looks = median(Array.from({ length: RESETS }, () => lookBarely([project, copy.folder], files)));
      // A disk that is busy is slow for a plain copy too, and holds also a program that does nothing, and a machine that is slow looks slowly:
      // `orElse` is what may be there for that.
      const row = (what: string, ms: number, bound: number, baseline: string, orElse: number): Figure => ({
        what: `${what}, ${files.toLocaleString("en")} files`,
        value: `${ms.toFixed(0)} ms`,
        baseline,
        ratio: ms,
        bound: `≤ ${bound} ms, or ${orElse.toFixed(0)}`,
        met: ms <= Math.max(bound, orElse),
      });
      figures.push(
        row(
          `a workspace made (best of ${MAKES})`,
          least(makes),
          most.make,
          `${least(plains).toFixed(0)} ms for a plain copy`,
          MOST_COPIES * least(plains),
        ),
        row(
          `a workspace reset (median of ${RESETS})`,
          median(resets.map(({ ms }) => ms)),
          most.reset,
          `${looks.toFixed(0)} ms for bare looks at each file and its copy`,
          MOST_LOOKS * looks,
        ),
        row(
          "the program held by either at most (medians)",
          Math.max(holdOf(makes), holdOf(resets)),
          MOST_HELD_MS,
          `${holdOf(plains).toFixed(0)} ms for an idle one beside the plain copies`,
          MOST_HOLDS * holdOf(plains),
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

/** What some work took. */
interface Held {
  readonly ms: number;
  /** How long nothing else of the program came to its turn meanwhile, at most, ms. */
  readonly held: number;
}

/** Measures some work. */
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
