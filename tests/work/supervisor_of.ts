import assert from "node:assert/strict";

/**
 * Finds the process that looks after the commands of a program.
 *
 * @param program the program's process id, which has started one command at least and nothing else
 * @returns the id of its supervisor, which may be killed: never 0, which would be the group of the tests themselves
 */
export async function supervisorOf(program: number): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["axo", "pid=,ppid="] }).output();
  const children = new TextDecoder().decode(stdout).trim().split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === program).map(([pid]) => pid!);
  assert.equal(children.length, 1, `one process of ${program} is looked for, found are: ${children.join(", ")}`);
  assert.ok(children[0]! > 1);
  return children[0]!;
}
