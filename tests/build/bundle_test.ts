import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { bundle } from "../../build/bundle.ts";
import { LAUNCH_FLAGS, launching } from "../../build/launching.ts";
import { taskFlags } from "../servers/task_flags.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

interface Said {
  readonly code: number;
  readonly out: string;
}

async function say(words: readonly string[], folder: string): Promise<Said> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...words],
    cwd: folder,
    env: { NO_COLOR: "1", AUTONOMY_STATE_HOME: `${folder}/state`, AUTONOMY_CONFIG_HOME: `${folder}/config` },
  }).output();
  return { code, out: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

Deno.test("the bundled program says and does what its sources do, with nothing else of the clone", () =>
  inTemporaryFolder(async (folder) => {
    const program = `${folder}/program`;
    await bundle(ROOT, program);
    await Deno.mkdir(`${folder}/config/plugins`, { recursive: true });
    await Deno.copyFile(`${ROOT}/plugins/examples/speeds.ts`, `${folder}/config/plugins/speeds.ts`);
    const sources = [...LAUNCH_FLAGS, "--config", `${ROOT}/deno.json`, `${ROOT}/main.ts`];
    for (const words of [["--help"], ["plugins"], ["prompt", "coding"], ["no_such_word"]]) {
      const [built, ours] = await Promise.all([
        say([...launching(program), ...words], folder),
        say([...sources, ...words], folder),
      ]);
      assert.deepEqual(built, ours, words.join(" "));
    }
    const { out: plugins } = await say([...launching(program), "plugins"], folder);
    assert.match(plugins, /speeds +\S+ +\S+ +ready/, "a plugin of a person, in its own process");
    const run = await say([...launching(program), "rehearse", "--headless", "--pace", "0"], folder);
    assert.equal(run.code, 0, run.out);
    assert.match(run.out, /accepted: /);
    const texts = Array.from(Deno.readDirSync(program), ({ name }) => name).filter((name) => name.endsWith(".js"))
      .map((name) => Deno.readTextFileSync(`${program}/${name}`));
    assert.ok(texts.every((text) => !text.includes(ROOT)), "it does not name the clone");
  }));

Deno.test("a bundle takes the place of the one before it, and what cannot be bundled leaves that as it was", () =>
  inTemporaryFolder(async (folder) => {
    const target = `${folder}/program`;
    await Deno.mkdir(target);
    await Deno.writeTextFile(`${target}/main.js`, "the one before");
    await Deno.mkdir(`${folder}/broken/src`, { recursive: true });
    for (const name of ["plugins", "prompts"]) await Deno.mkdir(`${folder}/broken/${name}`);
    for (const name of ["deno.json", "deno.lock"]) await Deno.copyFile(`${ROOT}/${name}`, `${folder}/broken/${name}`);
    await Deno.writeTextFile(`${folder}/broken/main.ts`, 'import "./src/missing.ts";');
    await assert.rejects(bundle(`${folder}/broken`, target), /deno bundle failed:[\s\S]*missing\.ts/);
    assert.equal(await Deno.readTextFile(`${target}/main.js`), "the one before");
    assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name).sort(), ["broken", "program"]);
  }));

Deno.test("the installed command is run with the words that the tasks have", async () => {
  for (const task of ["start", "rehearse"]) {
    assert.deepEqual((await taskFlags(task, ROOT)).toSorted(), LAUNCH_FLAGS.toSorted(), task);
  }
});
