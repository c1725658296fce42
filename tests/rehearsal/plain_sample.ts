import { execFileSync } from "node:child_process";
import { copySample } from "../../src/rehearsal/sample_project.ts";

/**
 * Copies the sample without its test script: npm takes longer to start Node than Node takes for the tests. For tests of what any run does.
 *
 * @returns path of the copy, a repository with nothing uncommitted
 */
export async function copyPlainSample(): Promise<string> {
  const root = await copySample();
  const manifest = `${root}/package.json`;
  const { scripts: _scripts, ...rest } = JSON.parse(await Deno.readTextFile(manifest));
  await Deno.writeTextFile(manifest, `${JSON.stringify(rest, null, 2)}\n`);
  amend(root, "Add the sample project without a script");
  return root;
}

/**
 * Makes what stands in a copy of the sample its one commit.
 *
 * @param root the copy
 * @param message of the commit
 */
export function amend(root: string, message: string): void {
  const of = ["-c", "user.name=Test", "-c", "user.email=test@localhost"];
  execFileSync("git", [...of, "commit", "--quiet", "--all", "--amend", "--message", message], { cwd: root });
}
