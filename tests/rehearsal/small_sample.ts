import { repaired, repairFor } from "../../src/rehearsal/understudy_repairs.ts";
import { amend, copyPlainSample } from "./plain_sample.ts";

/** What of the sample stays faulty and tested. */
const KEPT = "slug";

/**
 * Copies the sample with one of its three faults and that one's tests: a run on it has one task, and its checks cost a third of
 * what they cost on the whole sample. For tests of what any run does.
 *
 * @returns path of the copy, a repository with nothing uncommitted
 */
export async function copySmallSample(): Promise<string> {
  const root = await copyPlainSample();
  for (const name of ["duration", "table"]) {
    const path = `${root}/src/${name}.js`;
    const text = await Deno.readTextFile(path);
    const repair = repairFor(text);
    if (repair === null) throw new Error(`${path} has no fault that an understudy knows: copy the whole sample`);
    await Deno.writeTextFile(path, repaired(text, repair));
    await Deno.remove(`${root}/test/${name}.test.js`);
  }
  amend(root, `Add the sample project: ${KEPT} is faulty`);
  return root;
}
