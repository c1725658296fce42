import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { findTier } from "../../src/work/sandbox/tier.ts";
import { call, withPlace } from "../cli/fixtures/command_line.ts";
import { lineOf, pipeIn } from "../work/pipe.ts";
import { supervisorOf } from "../work/supervisor_of.ts";
import { processMark } from "./fixtures/processes.ts";
import { withSample, withServers } from "./fixtures/separate_servers.ts";

const RUNNER = fileURLToPath(new URL("../run/fixtures/command_runner.ts", import.meta.url));

/** What a check finds around itself, each in a file of a folder. */
const LOOK = (folder: string) =>
  `env > ${folder}/env; pwd > ${folder}/pwd; cat > ${folder}/input; (exec 9<>/dev/tty) 2>/dev/null && echo yes > ${folder}/terminal; git --version > /dev/null; true`;

Deno.test("a check finds the project, no input, no terminal, no key of a host and none of our own settings", () =>
  withServers((hosts) =>
    withSample(async (place) => {
      await Deno.mkdir(place.config, { recursive: true });
      await Deno.writeTextFile(
        `${place.config}/config.jsonc`,
        JSON.stringify({
          // The flags put others in their place; their keys stand in the environment all the same.
          hosts: {
            first: { url: "http://127.0.0.1:1", key_variable: "FIRST_KEY" },
            second: { url: "http://127.0.0.1:1", key_variable: "SECOND_KEY" },
          },
          checks: [{ name: "look", command: ["sh", "-c", LOOK(place.folder)] }],
        }),
      );
      const { err } = await call(place, ["run", "Look", "--trust", "--headless", "--max-turns", "1", ...hosts], {
        env: { FIRST_KEY: "s3cret-1", SECOND_KEY: "s3cret-2", AUTONOMY_DEBUG: "1", OTHER: "stays" },
      });
      const found = (name: string) => Deno.readTextFileSync(`${place.folder}/${name}`);
      const environment = found("env");
      assert.match(environment, /^OTHER=stays$/m, err);
      assert.doesNotMatch(environment, /s3cret|_KEY=/);
      const own = environment.split("\n").filter((line) => /^AUTONOMY_/.test(line)).map((line) => line.split("=")[0]);
      assert.deepEqual(own, ["AUTONOMY_COMMAND"]);
      const folder = (await findTier("auto")).tier === "bubblewrap" ? place.project : `${place.state}/workspaces`;
      assert.ok(found("pwd").startsWith(await Deno.realPath(place.folder) + folder.slice(place.folder.length)), err);
      assert.equal(found("input"), "");
      assert.throws(() => found("terminal"), Deno.errors.NotFound);
    })
  ));

Deno.test("a run that starts ends first what commands of a killed program left behind", () =>
  withServers((hosts) =>
    withSample(async (place) => {
      const path = pipeIn(place.folder);
      const mark = processMark();
      const program = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          RUNNER,
          `exec 3>${path}; setsid sh -c 'echo ready >&3; exec 3>&-; exec sleep 300' & sleep 300`,
        ],
        env: mark.environment,
        stderr: "null",
      }).spawn();
      using pipe = await Deno.open(path);
      assert.equal(await lineOf(pipe), "ready");
      // The supervisor first, stopped, so that it does not act on the program's end.
      const supervisor = await supervisorOf(program.pid);
      Deno.kill(supervisor, "SIGSTOP");
      program.kill("SIGKILL");
      await program.status;
      Deno.kill(supervisor, "SIGKILL");
      assert.notEqual((await mark.alive()).length, 0, "nothing was left to be ended");
      const { err } = await call(place, ["run", "Look", "--trust", "--headless", "--max-turns", "1", ...hosts]);
      assert.deepEqual(await mark.left(), [], err);
    })
  ));

Deno.test("what the program keeps is no part of a project that it lies in, also where a link leads there", async (t) => {
  for (const [what, leads] of [["right in it", "project"], ["through a link", "link"]] as const) {
    await t.step(what, () =>
      withServers((hosts) =>
        withSample(async (place) => {
          await Deno.symlink(place.project, `${place.folder}/link`);
          const inside = { ...place, state: `${place.folder}/${leads}/.local/state/autonomy` };
          const told = await call(inside, ["run", "Make the tests pass", "--trust", "--headless", "--json", ...hosts]);
          assert.equal(told.code, 0, told.err);
          assert.doesNotMatch(told.out, /run\.db/);
          const [run] = /\d{8}-\d{6}-\w{4}/.exec(told.out) ?? [];
          const undone = await call(inside, ["undo", run ?? ""]);
          assert.equal(undone.code, 0, undone.err);
          assert.match(undone.out, /1 file of .* put back as before/);
        })
      ));
  }
});

Deno.test("no project may lie where the runs are kept", () =>
  withPlace(async (place) => {
    const inside = `${place.state}/runs/r1`;
    await Deno.mkdir(inside, { recursive: true });
    await Deno.symlink(inside, `${place.folder}/link`);
    for (const folder of [place.state, inside, `${place.folder}/link`]) {
      const { code, err } = await call(place, ["run", "Look", "--project", folder, "--trust", "--headless"]);
      assert.equal(code, 2, err);
      assert.match(err, /is where Autonomy keeps its runs/);
    }
    await Deno.symlink(place.state, `${place.folder}/moved`);
    const linked = { ...place, state: `${place.folder}/moved` };
    const { code, err } = await call(linked, ["run", "Look", "--project", inside, "--trust", "--headless"]);
    assert.equal(code, 2, err);
    assert.match(err, /is where Autonomy keeps its runs/);
  }));
