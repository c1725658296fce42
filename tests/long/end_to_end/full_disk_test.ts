import assert from "node:assert/strict";
import { startRehearsalFleet } from "../../../src/rehearsal/fleet.ts";
import { copySample } from "../../../src/rehearsal/sample_project.ts";
import { understudies } from "../../../src/rehearsal/understudies.ts";
import { call, type Ended, hostFlags, jsonLines, type Place, withPlace } from "../../cli/fixtures/command_line.ts";

/** Runs a program of the system; says whether it ended well. */
function does(program: string, ...args: readonly string[]): boolean {
  try {
    return new Deno.Command(program, { args: [...args], stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

/** Puts a small disk of its own at a folder. */
const mount = (folder: string, size: string) =>
  does("mount", "-t", "tmpfs", "-o", `size=${size},mode=700`, "tmpfs", folder);

/** Whether this machine lets us have small disks: most do for root alone. */
function canMount(): boolean {
  const folder = Deno.makeTempDirSync({ prefix: "autonomy_mount_" });
  const mounted = mount(folder, "64k");
  if (mounted) does("umount", folder);
  Deno.removeSync(folder);
  return mounted;
}

const ignore = !canMount();

/** Writes to a disk until it takes nothing any more. */
function fill(folder: string): void {
  const file = Deno.openSync(`${folder}/.filling`, { write: true, create: true });
  try {
    for (const size of [65536, 4096, 1]) {
      try {
        for (;;) file.writeSync(new Uint8Array(size));
      } catch {
        // Full for pieces of this size.
      }
    }
  } finally {
    file.close();
  }
}

/** Runs the crew on the sample, with small disks at some folders of the place. */
function withDisks(
  disks: readonly (readonly [at: (place: Place) => string, size: string])[],
  test: (place: Place, run: (...words: string[]) => Promise<Ended>) => Promise<void>,
): Promise<void> {
  return withPlace(async (place) => {
    const mounted: string[] = [];
    await Deno.mkdir(place.state);
    const fleet = await startRehearsalFleet({ players: understudies(), pace: 0 });
    try {
      for (const [at, size] of disks) {
        assert.ok(mount(at(place), size));
        mounted.push(at(place));
      }
      const sample = await copySample();
      assert.ok(does("cp", "-a", `${sample}/.`, place.project));
      await Deno.remove(sample, { recursive: true });
      const words = ["--trust", "--json", ...hostFlags(fleet.hosts)];
      await test(place, (...more) => call(place, ["run", ...more, ...words]));
    } finally {
      await fleet.close();
      for (const folder of mounted) assert.ok(does("umount", folder));
    }
  });
}

/** Requests that were placed before the end, as the lines of JSON tell them. */
const placed = (out: string) => jsonLines(out).filter(({ type }) => type === "ask.placed");

Deno.test({
  name: "a full or read-only disk of the project ends the run with that cause at the first write that it refuses",
  ignore,
  fn: () =>
    withDisks([[({ project }) => project, "400k"]], async ({ project }, run) => {
      const causes = [
        [
          "full",
          /^The disk of the project is full\. Free some space, then go on with the run\. src\/\S+ could not be written/,
        ],
        ["read-only", /^The disk of the project is read-only\. Make it writable/],
      ] as const;
      for (const [state, cause] of causes) {
        if (state === "full") fill(project);
        else assert.ok(does("mount", "-o", "remount,ro", project));
        const { code, out, err } = await run("Make the failing tests pass");
        const result = jsonLines(out).at(-1)!;
        assert.deepEqual([code, result.kind], [1, "failed"], `${out.slice(-2000)}${err}`);
        assert.match(String(result.cause), cause);
        assert.ok(placed(out).length <= 16, String(placed(out).length));
        if (state === "full") await Deno.remove(`${project}/.filling`);
      }
      assert.ok(does("mount", "-o", "remount,rw", project));
      const { code, out } = await run("--continue");
      assert.equal(code, 0, out.slice(-2000));
    }),
});

Deno.test({
  name: "a full disk of the runs ends the run with 8 and that cause, and the run goes on once there is space",
  ignore,
  fn: () =>
    withDisks([[({ state }) => state, "600k"]], async ({ state, project }, run) => {
      const { code, out, err } = await run("Make the failing tests pass");
      assert.equal(code, 8, `${out.slice(-2000)}${err}`);
      const [{ run: id } = {}, result] = [jsonLines(out)[0], jsonLines(out).at(-1)!];
      assert.match(String(id), /^\d{8}-/);
      assert.deepEqual([result.run, result.project], [id, project]);
      assert.match(err, new RegExp(`^Go on: autonomy run --resume ${id} --host `, "m"));
      assert.match(
        String(result.cause),
        /journal .*run\.db: .*; the disk is full; free some space and continue the run/,
      );
      assert.ok(does("mount", "-o", "remount,size=64m", state));
      const after = await run("--continue");
      assert.equal(after.code, 0, after.out.slice(-2000) + after.err);
    }),
});
