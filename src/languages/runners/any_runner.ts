import type { Beside, Reading, Reporting, Runner } from "../runner.ts";
import { cargo } from "./cargo.ts";
import { deno } from "./deno.ts";
import { goTool } from "./go_tool.ts";
import { mergeReadings } from "./merge_readings.ts";
import { node, nodeReporting } from "./node.ts";
import { pytest, pytestReporting } from "./pytest.ts";
import { unittest } from "./unittest.ts";

/** Runners whose output alone names cases without being asked, and cannot be taken for one another's. */
const BY_OUTPUT: readonly Runner[] = [cargo, goTool, unittest, deno];

/** For a program that runs others, such as make: what can be brought to report wherever it is started is. */
export const anyReporting: Reporting = {
  brings: nodeReporting.brings ?? [],
  variables: { ...nodeReporting.variables, ...pytestReporting().variables },
};

/**
 * Reads what a program that runs others says: what runners wrote, or the output of the first that it may be of.
 *
 * @param output the whole output
 * @param beside what runners wrote
 */
export function readAny(output: string, beside: Beside = { reports: [], files: [] }): Reading {
  const { reports } = beside;
  const written = [
    ...reports.some(({ path }) => /\.jsonl?$/.test(path)) || /^TAP version 1[34]$/m.test(output) ? [node] : [],
    ...reports.some(({ path }) => path === "pytest.xml") ? [pytest] : [],
  ];
  const said = BY_OUTPUT.filter(({ read }) => (read?.(output, beside).cases.length ?? 0) > 0).slice(0, 1);
  return mergeReadings(...[...written, ...said].map(({ read }) => read!(output, beside)));
}
