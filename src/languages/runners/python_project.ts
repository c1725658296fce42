import type { ProjectView } from "../runner.ts";

/**
 * Finds the files that Python's test runners take as tests by themselves.
 *
 * @param project files of the project
 * @returns such files
 */
export function testsIn(project: ProjectView): string[] {
  return project.files.filter((file) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(file));
}

/**
 * Chooses the Python that a project is run by: its own where it has one.
 *
 * @param project files of the project
 * @returns the program, and the folder of the project's own environment, null where it has none
 */
export async function interpreterOf(project: ProjectView): Promise<{ python: string; folder: string | null }> {
  for (const folder of [".venv", "venv"]) {
    if ((await project.names(`${folder}/bin`)).includes("python")) return { python: `${folder}/bin/python`, folder };
  }
  return { python: "python3", folder: null };
}
