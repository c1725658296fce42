import type { CaseResult, Found, ProjectView, Reading, Report, Runner } from "../runner.ts";
import { above } from "../parts.ts";
import { readJunit } from "./junit_report.ts";

/** Name of its report. */
const NAME = "ctest.xml";

/** CTest, which configures, builds and tests a project of CMake's, by its report in JUnit's XML (seen with CMake 3.25). */
export const ctest: Runner = {
  name: "ctest",
  runs: /\bctest\b/,
  reporting: { words: ["--output-junit", `{reports}/${NAME}`] },
  manifest: /^CMakeLists\.txt$/,
  async checks(project, found) {
    if (!project.has("CMakeLists.txt")) return [];
    const isPart = above(project.folder).some((folder) =>
      project.whole.has(folder === "" ? "CMakeLists.txt" : `${folder}/CMakeLists.txt`)
    );
    // A folder below another of CMake's belongs to it.
    if (isPart) return [];
    const texts = await Promise.all(
      project.files.filter((path) => /(^|\/)CMakeLists\.txt$/.test(path)).slice(0, 50).map(project.text),
    );
    if (!/^[ \t]*(?:enable_testing|include[ \t]*\([ \t]*CTest\b)/im.test(texts.join("\n"))) {
      return [{ passedOver: "CMakeLists.txt", why: "it enables no tests" }];
    }
    if (found.some(({ folder }) => folder === project.folder)) {
      return [{ passedOver: "CMakeLists.txt", why: "what was found beside it is taken to build what it needs" }];
    }
    return [await checkOf(project)];
  },
  read: (_output, beside) => read(beside?.reports ?? []),
};

async function checkOf(project: ProjectView): Promise<Found> {
  // A build that is there is gone on with, by its own generator; else one is made outside of the project.
  const names = await project.names("build");
  const built = names.includes("CMakeCache.txt");
  const place = [".", built ? "build" : "{reports}/build", "--build-noclean"];
  const how = ["--build-generator", built && names.includes("build.ninja") ? "Ninja" : "Unix Makefiles"];
  const tests = ["--test-command", "ctest", "--output-on-failure"];
  return { name: "ctest", command: ["ctest", "--build-and-test", ...place, ...how, ...tests] };
}

function read(reports: readonly Report[]): Reading {
  const cases: CaseResult[] = [];
  for (const { name, verdict, evidence } of readJunit(reports.filter(({ path }) => path === NAME))) {
    if (verdict === "skipped") continue;
    const passed = verdict === "passed";
    cases.push({ name, passed, evidence: passed ? "" : evidence });
  }
  return { cases, broken: [] };
}
