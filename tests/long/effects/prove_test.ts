import assert from "node:assert/strict";
import { ASKED_FOR_ALL } from "../../run/fixtures/asked_for_all.ts";
import { inTemporaryFolder, writeFiles } from "../../run/fixtures/temporary_folder.ts";
import { type AtProof, atProof, type AtProofOptions, lacking, TIERS } from "../../effects/at_proof.ts";
import { IMPORTS, type Kind, KINDS, NODE, tests } from "../../effects/kinds_of_projects.ts";

/** Of so many kinds one is looked at without a sandbox, too, where this machine has one. */
const EVERY = 2;

for (const tier of TIERS) {
  for (const [index, kind] of KINDS.entries()) {
    const isSkipped = tier.tier === "none" && TIERS[0]?.lacks === null && index % EVERY > 0 && !ASKED_FOR_ALL;
    const lacks = isSkipped ? "AUTONOMY_TIERS=all asks for it" : tier.lacks ?? kind.lacks ?? null;
    const name = `copies and ${kind.name}, with ${tier.tier}${lacks === null ? "" : ` (${lacks})`}`;
    Deno.test({ name, ignore: lacks !== null, fn: () => looksAt(kind, tier.tier) });
  }
}

function looksAt(kind: Kind, tier: AtProofOptions["tier"]): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const project = `${folder}/with blanks, äöü/project`;
    write(project, kind.files);
    await kind.prepare?.(project);
    await atProof(project, { tier, copies: `${folder}/the state`, checks: kind.checks }, async (proof) => {
      await proof.check();
      const { holds, why, uncertain } = await proof.prove();
      const fails = kind.fails?.[tier];
      if (fails === undefined) assert.equal(why, "");
      else assert.match(why, fails);
      assert.equal(holds, fails === undefined);
      await verdictOn(kind, proof, holds, uncertain);
    });
  });
}

/** The work is judged: in a copy where those will do, which leaves the project as it is, else in the project. */
async function verdictOn(
  { repair }: Kind,
  proof: AtProof,
  holds: boolean,
  uncertain: readonly string[],
): Promise<void> {
  if (repair === undefined) return;
  const [path, old, now] = repair;
  const before = Deno.readTextFileSync(`${proof.project}/${path}`);
  assert.ok(before.includes(old), path);
  const judged = await proof.verdict({ [path]: before.replace(old, now) }, holds ? "copy" : "project");
  const bad = judged.results.filter(({ name }) => name.includes("bad"));
  assert.deepEqual(bad.map(({ passed, evidence }) => ({ passed, evidence })), [{ passed: true, evidence: "" }]);
  const [first] = judged.results.filter(({ name, passed }) => !passed && !/chance/.test(name));
  assert.equal(first, undefined, `${JSON.stringify(first)} ${uncertain}`);
  assert.equal(judged.base !== undefined, holds);
  assert.doesNotMatch(JSON.stringify(judged), /the(?: |%20)state/, "where the copy lies is told nobody");
  if (!holds) return;
  assert.equal(Deno.readTextFileSync(`${proof.project}/${path}`), before);
  // The next verdict is about other work, in the same copy: nothing of the one before is left.
  const bare = await proof.verdict({}, "copy");
  assert.doesNotMatch(JSON.stringify(bare), /the(?: |%20)state/, "where the copy lies is told nobody");
  assert.deepEqual(bare.results.filter(({ name }) => name.includes("bad")).map(({ passed }) => passed), [false]);
}

function write(project: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const whole = text.replaceAll("$PROJECT", project);
    if (!whole.startsWith("-> ")) {
      writeFiles(project, { [path]: whole });
      continue;
    }
    Deno.mkdirSync(`${project}/${path}/..`, { recursive: true });
    Deno.symlinkSync(whole.slice(3), `${project}/${path}`);
  }
}

const [BUBBLEWRAP] = TIERS;
const SANDBOX = { ignore: BUBBLEWRAP!.lacks !== null };
const WHY_NOT = BUBBLEWRAP!.lacks === null ? "" : ` (${BUBBLEWRAP!.lacks})`;

Deno.test({
  name: `checks that need the network are tried once more with it, which is told and remembered${WHY_NOT}`,
  ...SANDBOX,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, () => new Response("here"));
      try {
        const test = `test("far", async () => { await fetch("http://127.0.0.1:${server.addr.port}"); });`;
        write(`${folder}/project`, { ...NODE, "a.test.js": tests(IMPORTS, test) });
        await atProof(`${folder}/project`, { tier: "bubblewrap", copies: `${folder}/state` }, async (proof) => {
          await proof.check();
          const found = await proof.prove();
          assert.deepEqual([found.holds, found.network, found.remembered], [true, true, false]);
          const again = await proof.prove();
          assert.deepEqual([again.holds, again.network, again.remembered], [true, true, true]);
          const judged = await proof.verdict({});
          assert.deepEqual(judged.results.filter(({ name }) => name.includes("far")).map(({ passed }) => passed), [
            true,
          ]);
        });
      } finally {
        await server.shutdown();
      }
    }),
});

Deno.test({
  name: `checks that talk to a service by a socket out of reach say so, and the work is done in the project${WHY_NOT}`,
  ...SANDBOX,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const server = Deno.listen({ transport: "unix", path: `${folder}/socket` });
      try {
        const test =
          `test("talks", (_, done) => void net.connect("${folder}/socket", done).on("error", done).unref());`;
        write(`${folder}/project`, { ...NODE, "a.test.js": tests(IMPORTS, 'import net from "node:net";', test) });
        await atProof(`${folder}/project`, { tier: "bubblewrap", copies: `${folder}/state` }, async (proof) => {
          await proof.check();
          const { holds, why } = await proof.prove();
          assert.match(why, /: npm test: talks \(.*ENOENT.*\); with and without the network$/);
          assert.equal(holds, false);
          assert.equal((await proof.check()).base, undefined);
        });
      } finally {
        server.close();
      }
    }),
});

Deno.test("of checks that say something else each time nothing is said of what they look at", () =>
  inTemporaryFolder(async (folder) => {
    let asked = 0;
    const answer = () => new Response([1, 2].includes(asked++) ? "no" : "yes");
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, answer);
    try {
      const asks = `const answer = await fetch("http://127.0.0.1:${server.addr.port}").then((one) => one.text());`;
      const test = `${asks}\nif (answer === "no") process.exit(9);\ntest("turns", () => {});`;
      write(`${folder}/project`, { ...NODE, "a.test.js": `import test from "node:test";\n${test}\n` });
      await atProof(`${folder}/project`, { tier: "none", copies: `${folder}/state` }, async (proof) => {
        await proof.check();
        const { holds, why } = await proof.prove();
        assert.match(why, /^no check says the same each time: npm test, npm test: turns$/);
        assert.equal(holds, false);
      });
    } finally {
      await server.shutdown();
    }
  }));

const NO_GIT = lacking("git", "--version");

for (const { tier, lacks } of TIERS) {
  const why = lacks ?? NO_GIT;
  Deno.test({
    name: `tests that ask git get the same answers in a copy, with ${tier}${why === null ? "" : ` (${why})`}`,
    ignore: why !== null,
    // Its own folder for temporary files hides what a work tree belongs to from a sandbox.
    fn: () => inFolderOf("/var/tmp", (folder) => asksGit(folder, tier)),
  });
}

async function asksGit(folder: string, tier: AtProofOptions["tier"]): Promise<void> {
  const git = (...args: readonly string[]) => {
    const own = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "protocol.file.allow=always"];
    const { success, stderr } = new Deno.Command("git", { args: [...own, ...args] }).outputSync();
    assert.ok(success, new TextDecoder().decode(stderr));
  };
  const main = `${folder}/main`;
  write(main, {
    ...NODE,
    "a.test.js": tests(
      IMPORTS,
      'import { execFileSync } from "node:child_process";',
      'const git = (...args) => execFileSync("git", args, { encoding: "utf8" });',
      'test("log", () => assert.match(git("log", "--oneline"), /the first/));',
      'test("describe", () => assert.equal(git("describe", "--tags").trim(), "v1"));',
      'test("files", () => assert.equal(git("ls-files").trim(), "a.test.js\\nadd.js\\npackage.json"));',
      'test("clean", () => assert.equal(git("status", "--porcelain"), ""));',
    ),
  });
  git("init", "-q", main);
  git("-C", main, "add", ".");
  git("-C", main, "commit", "-qm", "the first");
  git("-C", main, "tag", "-am", "v1", "v1");
  git("-C", main, "worktree", "add", "-q", `${folder}/tree`);
  git("init", "-q", `${folder}/around`);
  git("-C", `${folder}/around`, "submodule", "--quiet", "add", main, "part");
  for (const project of [main, `${folder}/tree`, `${folder}/around/part`]) {
    await atProof(project, { tier, copies: `${folder}/state` }, async (proof) => {
      const first = await proof.check();
      assert.deepEqual(first.results.filter(({ passed }) => !passed).map(({ name }) => name), ["npm test: bad"]);
      const { holds, why } = await proof.prove();
      // Where a part of another project keeps its history is written relative to where it lies.
      const isLost = tier === "none" && project.endsWith("part");
      assert.match(why, isLost ? /which stands at another path, .*: npm test: (?:log|describe|files)/ : /^$/);
      assert.equal(holds, !isLost);
    });
  }
}

Deno.test("the last verdict begins with what was built in the project, and not with what was built for others", () =>
  inTemporaryFolder(async (folder) => {
    const builds = 'test("built", () => fs.appendFileSync("dist/built.js", ""));';
    const imports = 'import { built } from "./dist/built.js";\ntest("as it was", () => assert.equal(built, 1));';
    write(`${folder}/project`, {
      ...NODE,
      "dist/built.js": "export const built = 1;\n",
      "a.test.js": tests(IMPORTS, builds, imports),
    });
    await atProof(`${folder}/project`, { tier: "none", copies: `${folder}/state` }, async (proof) => {
      await proof.check();
      assert.equal((await proof.prove()).why, "");
      const { signal } = new AbortController();
      await proof.copies.fresh({ layer: new Map(), signal }, (copy) => {
        Deno.writeTextFileSync(
          `${(copy as never as { place: string }).place}/dist/built.js`,
          "export const built = 2;\n",
        );
        return Promise.resolve();
      });
      const passes = async (last: boolean) =>
        (await proof.check("test", last)).results.find(({ name }) => name.includes("as it was"))?.passed;
      assert.deepEqual([await passes(false), await passes(true)], [false, true]);
    });
  }));

Deno.test({
  name: `a model reads in a copy what it shares with the project, as it stands there${WHY_NOT}`,
  ...SANDBOX,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      write(`${folder}/project`, {
        "packages/a/index.js": "a",
        "node_modules/one/index.js": "one",
        "node_modules/a": "-> ../packages/a",
      });
      await atProof(
        `${folder}/project`,
        { tier: "bubblewrap", copies: `${folder}/state` },
        async ({ copies, project }) => {
          await copies.fresh({ layer: new Map(), signal: new AbortController().signal }, async (copy) => {
            assert.equal((await copy.read("node_modules/one/index.js")).text, "one");
            assert.equal((await copy.read(`${project}/node_modules/one/index.js`)).text, "one");
            assert.deepEqual((await copy.list("node_modules/one")).map(({ path }) => path), [
              "node_modules/one/index.js",
            ]);
            assert.deepEqual(
              await Promise.all(["node_modules/one", "node_modules/two"].map((path) => copy.exists(path))),
              [true, false],
            );
            await copy.write("packages/a/index.js", "changed");
            assert.equal((await copy.read("node_modules/a/index.js")).text, "changed");
            await assert.rejects(copy.read("node_modules/../../outside"), /leaves the project/);
          });
        },
      );
    }),
});

/** Makes a folder below another one for a test, gives its real path, and removes it afterwards. */
async function inFolderOf(dir: string, test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ dir, prefix: "autonomy-test-" }));
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
