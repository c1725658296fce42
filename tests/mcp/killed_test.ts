import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { processMark } from "../end_to_end/fixtures/processes.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";

const PROGRAM = fileURLToPath(new URL("./fixtures/dying_program.ts", import.meta.url));

Deno.test({
  name: "a server that does not leave by itself ends with a program that is killed",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const mark = processMark();
      const program = new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-check", "--no-prompt", "-A", PROGRAM, folder, Object.keys(mark.environment)[0]!],
        env: mark.environment,
        stdin: "null",
        stdout: "piped",
      }).spawn();
      const reader = program.stdout.getReader();
      assert.equal(new TextDecoder().decode((await reader.read()).value), ".");
      assert.ok((await mark.alive()).length > 1, "the server is at work");
      program.kill("SIGKILL");
      await program.status;
      await reader.cancel();
      assert.deepEqual(await mark.left(), []);
    }),
});
