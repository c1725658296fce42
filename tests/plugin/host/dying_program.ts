/** Opens two plugins, has both of them work without end, says so, and waits to be killed. */
import { hostedPlugins } from "../../../src/plugin/host/hosted_plugins.ts";

const [folder = ""] = Deno.args;
const plugins = hostedPlugins({
  state: `${folder}/state`,
  home: folder,
  project: folder,
  protects: [],
  program: "test",
  kinds: [],
});
for (const name of ["spins", "starts"]) {
  const offer = await plugins.open({ path: `${folder}/plugins/${name}.ts`, origin: "user", version: "" }, {});
  void offer.tools[0]!.run({ text: "" }, {
    workspace: { root: folder } as never,
    languages: {},
    settings: {},
    signal: new AbortController().signal,
    report: () => void Deno.stdout.writeSync(new TextEncoder().encode(".")),
  });
}
await new Promise((done) => setTimeout(done, 600_000));
