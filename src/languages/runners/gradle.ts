import { above } from "../parts.ts";
import type { Found, ProjectView, Runner } from "../runner.ts";
import { junitReporting, readClasses } from "./junit_classes.ts";

/** Files that make a folder a build of Gradle's. */
const BUILDS = ["settings.gradle", "settings.gradle.kts", "build.gradle", "build.gradle.kts"];

/** Gradle, by the reports that its tests leave (written by its documentation, for Gradle 7 to 9). */
export const gradle: Runner = {
  name: "gradle",
  runs: /\b(?:gradle|gradlew)\b/,
  reporting: junitReporting,
  manifest: /^(?:settings|build)\.gradle(?:\.kts)?$/,
  async checks(project, found) {
    const file = BUILDS.find(project.has);
    if (file === undefined) return [];
    const folders = above(project.folder);
    const higher = found.find(({ runner, folder }) => runner?.name === "gradle" && folders.includes(folder));
    if (higher !== undefined) return [{ passedOver: file, why: `${higher.name} tests its projects` }];
    return [await checkOf(project)];
  },
  read: (_output, beside) => readClasses(beside ?? { reports: [], files: [] }),
};

async function checkOf(project: ProjectView): Promise<Found> {
  const program = project.has("gradlew") ? "./gradlew" : "gradle";
  const builds = project.files.filter((path) => /(^|\/)build\.gradle(?:\.kts)?$/.test(path)).slice(0, 50);
  const texts = (await Promise.all(builds.map(project.text))).join("\n");
  // Tests that nothing changed are not run again, and leave no report: they are made to, which Android's plugin does otherwise.
  const again = /com\.android\./.test(texts) ? ["test", "--rerun-tasks"] : ["cleanTest", "test"];
  return { name: "gradle test", command: [program, ...again, "--continue", "--console=plain", "--no-daemon"] };
}
