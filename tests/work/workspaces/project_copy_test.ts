import { setImmediate } from "node:timers";
import assert from "node:assert/strict";
import { join } from "node:path";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { diskFault } from "../../../src/work/disk_fault.ts";
import { NotCopied } from "../../../src/work/workspaces/not_copied.ts";
import { ProjectCopy } from "../../../src/work/workspaces/project_copy.ts";

const never = new AbortController().signal;

Deno.test("a copy holds what version control would not ignore, and small ignored files; dependencies are only shared", async () => {
  await withProject(async (project, copy) => {
    write(project, { ".gitignore": ".env\nnode_modules/\ngenerated/\nbig/\n", "src/a.ts": "1", ".env": "KEY=1" });
    write(project, { "generated/api.ts": "api", "node_modules/one/index.js": "one", "__pycache__/a.pyc": "x" });
    write(project, Object.fromEntries(Array.from({ length: 1_100 }, (_, index) => [`big/${index}`, "b"])));
    Deno.symlinkSync("a.ts", join(project, "src/link.ts"));
    await copy.bring(never);
    assert.deepEqual(all(copy.folder), [
      ".env",
      ".gitignore",
      "generated/api.ts",
      "src/a.ts",
      "src/link.ts",
    ]);
    assert.equal(Deno.readLinkSync(join(copy.folder, "src/link.ts")), "a.ts");
    assert.deepEqual([...copy.shared].sort(), ["big", "node_modules"]);
    assert.deepEqual([...Deno.readDirSync(join(copy.folder, "node_modules"))], []);
  });
});

Deno.test("whatever is done to a copy is undone when it is brought to the project again, and what changed in the project is taken over", async () => {
  await withProject(async (project, copy) => {
    write(project, {
      "a.txt": "one",
      "b.txt": "two",
      "sub/c.txt": "three",
      "sub/d.txt": "four",
      "run.sh": "#!/bin/sh",
    });
    Deno.chmodSync(join(project, "run.sh"), 0o755);
    await copy.bring(never);
    const at = (path: string) => join(copy.folder, path);
    const { atime, mtime } = Deno.statSync(at("a.txt"));
    // As long as before, at the same time: only a look that trusts no such stamp sees it.
    Deno.writeTextFileSync(at("a.txt"), "ONE");
    Deno.utimeSync(at("a.txt"), atime!, mtime!);
    Deno.removeSync(at("b.txt"));
    Deno.removeSync(at("sub"), { recursive: true });
    Deno.symlinkSync("/", at("sub"));
    write(copy.folder, { "planted.txt": "x" });
    write(project, { "new.txt": "new", "sub/c.txt": "tres" });
    Deno.removeSync(join(project, "sub/d.txt"));
    await copy.bring(never);
    assert.deepEqual(all(copy.folder), ["a.txt", "b.txt", "new.txt", "run.sh", "sub/c.txt"]);
    for (const path of all(copy.folder)) {
      assert.equal(Deno.readTextFileSync(at(path)), Deno.readTextFileSync(join(project, path)), path);
      assert.equal(Deno.statSync(at(path)).mode, Deno.statSync(join(project, path)).mode, path);
    }
  });
});

Deno.test("what is put in, taken from and exchanged in folders that stood unchanged for long is undone", async () => {
  await withProject(async (project, copy) => {
    const paths = ["a.txt", "deep/d.txt", "deep/er/b.txt", "deep/er/c.txt", "other/e.txt"];
    write(project, Object.fromEntries(paths.map((path) => [path, path])));
    const at = (path: string) => join(copy.folder, path);
    await copy.bring(never);
    // Until the next look may trust what it lists, and that look.
    while (Date.now() < Deno.statSync(copy.folder).ctime!.getTime() + 1_200) await new Promise(setImmediate);
    await copy.bring(never);
    const changes = [
      () => write(copy.folder, { "deep/er/planted.txt": "x" }),
      () => Deno.removeSync(at("deep/er/b.txt")),
      () => Deno.renameSync(at("deep/d.txt"), at("deep/er/d.txt")),
      () => {
        Deno.removeSync(at("other/e.txt"));
        Deno.symlinkSync("/etc/hosts", at("other/e.txt"));
      },
      () => {
        Deno.renameSync(at("other"), at("deep/other"));
        Deno.mkdirSync(at("other"));
      },
      () => {
        Deno.removeSync(at("deep/er"), { recursive: true });
        Deno.writeTextFileSync(at("deep/er"), "a file");
      },
      () => write(copy.folder, { "made/planted.txt": "x" }),
    ];
    for (const change of changes) {
      change();
      await copy.bring(never);
      assert.deepEqual(all(copy.folder), paths);
      for (const path of paths) assert.equal(Deno.readTextFileSync(at(path)), path);
    }
  });
});

Deno.test("a project that is larger than what the disk has left is not copied, which is told as that, and nothing is left of the copy", async () => {
  await withProject(async (project, copy) => {
    write(project, { "a.txt": "a", "disk.img": "", ".gitignore": "dist/\n", "dist/built.js": "b" });
    await copy.bring(never);
    // Four terabytes of nothing, which take no room here and all of it in a copy.
    Deno.truncateSync(join(project, "disk.img"), 2 ** 42);
    const error = await copy.bring(never).then(() => null, (error) => error);
    assert.ok(error instanceof NotCopied, `${error}`);
    assert.match(error.message, /too large to be copied to .*: 4400 GB more are wanted, and [\d.]+ GB are free/);
    assert.match(diskFault(error) ?? "", /^The disk that holds copies of the project is full/);
    assert.throws(() => Deno.lstatSync(copy.folder), Deno.errors.NotFound);
    Deno.truncateSync(join(project, "disk.img"), 2);
    await copy.bring(never);
    assert.deepEqual(all(copy.folder), [".gitignore", "a.txt", "disk.img", "dist/built.js"]);
  });
});

Deno.test("a copying that is given up says so and goes no further; the next one goes on from there", async () => {
  await withProject(async (project, copy) => {
    write(project, Object.fromEntries(Array.from({ length: 4_000 }, (_, index) => [`d/f${index}`, `${index}`])));
    const given = new AbortController();
    const bringing = copy.bring(given.signal).then(() => "copied", (reason) => reason);
    const stands = () => {
      try {
        return all(copy.folder).length;
      } catch {
        return 0;
      }
    };
    while (stands() === 0) await new Promise((resolve) => setImmediate(resolve));
    given.abort("enough");
    assert.equal(await bringing, "enough");
    const left = stands();
    assert.ok(left < 4_000, `${left}`);
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(stands(), left, "nobody copies on");
    await copy.bring(never);
    assert.equal(stands(), 4_000);
  });
});

Deno.test("a change far inside a large file of a copy is undone, though its size and time are as before", async () => {
  await withProject(async (project, copy) => {
    const bytes = new Uint8Array(9_000_000);
    Deno.writeFileSync(join(project, "large.bin"), bytes);
    await copy.bring(never);
    const place = join(copy.folder, "large.bin");
    const { atime, mtime } = Deno.statSync(place);
    Deno.writeFileSync(place, bytes.with(8_500_000, 1));
    Deno.utimeSync(place, atime!, mtime!);
    await copy.bring(never);
    assert.equal(Deno.readFileSync(place)[8_500_000], 0);
    assert.equal(Deno.statSync(place).size, bytes.length);
  });
});

Deno.test("a link that was put in a file's place in the copy is never written through", async () => {
  await withProject(async (project, copy) => {
    write(project, { "a.txt": "one" });
    const outside = `${project}-outside.txt`;
    Deno.writeTextFileSync(outside, "mine");
    try {
      await copy.bring(never);
      Deno.removeSync(join(copy.folder, "a.txt"));
      Deno.symlinkSync(outside, join(copy.folder, "a.txt"));
      await copy.bring(never);
      assert.equal(Deno.readTextFileSync(outside), "mine");
      assert.equal(Deno.readTextFileSync(join(copy.folder, "a.txt")), "one");
    } finally {
      Deno.removeSync(outside);
    }
  });
});

Deno.test("what was built stays in a copy until it is emptied, and traces of a run do not", async () => {
  await withProject(async (project, copy) => {
    write(project, { ".gitignore": "target/\n__pycache__/\n", "src/main.rs": "fn main() {}", "target/debug/x": "old" });
    await copy.bring(never);
    assert.equal(
      Deno.readTextFileSync(join(copy.folder, "target/debug/x")),
      "old",
      "small ones are taken over at first",
    );
    write(copy.folder, { "target/debug/x": "built here", "__pycache__/a.pyc": "trace" });
    await copy.bring(never);
    assert.deepEqual(all(copy.folder), [".gitignore", "src/main.rs", "target/debug/x"]);
    assert.equal(Deno.readTextFileSync(join(copy.folder, "target/debug/x")), "built here");
    await copy.emptyBuilds(never);
    assert.deepEqual(all(copy.folder), [".gitignore", "src/main.rs"]);
  });
});

Deno.test("a file that is restored in a copy is newer than what was built there and stays, and else as old as the project's", async () => {
  await withProject(async (project, copy) => {
    write(project, { ".gitignore": "build/\n", "a.c": "old" });
    const time = () => Deno.statSync(join(copy.folder, "a.c")).mtime!.getTime();
    Deno.utimeSync(join(project, "a.c"), 1_000, 1_000);
    await copy.bring(never);
    assert.equal(time(), 1_000_000, "the times of a first copy are kept");
    write(copy.folder, { "a.c": "other" });
    await copy.bring(never);
    assert.equal(time(), 1_000_000, "nothing was built from the other one");
    write(copy.folder, { "a.c": "other, built from", "build/a": "built" });
    await copy.bring(never);
    assert.ok(time() > 1_000_000);
  });
});

Deno.test("what was built beside its sources is in a copy never newer than a source that it was not built from", async () => {
  for (const ignored of ["", "a.o\n", "a.o\nbuild/\n"]) {
    await withProject(async (project, copy) => {
      write(project, { ".gitignore": ignored, "a.c": "1", "a.o": "of 1", "build/b": "built" });
      for (const [path, seconds] of [["a.c", 1_000], ["a.o", 2_000]] as const) {
        Deno.utimeSync(join(project, path), seconds, seconds);
      }
      await copy.bring(never);
      // A check builds in the copy; then the work is accepted, and nobody builds in the project.
      write(copy.folder, { "a.o": "of 2" });
      write(project, { "a.c": "2" });
      await copy.bring(never);
      const time = (path: string) => Deno.statSync(join(copy.folder, path)).mtime!.getTime();
      assert.equal(Deno.readTextFileSync(join(copy.folder, "a.o")), "of 1");
      assert.ok(time("a.o") < time("a.c"), ignored);
    });
  }
});

Deno.test("what was built in the project is taken over anew where that of the copy is put away", async () => {
  await withProject(async (project, copy) => {
    write(project, { ".gitignore": "dist/\n", "dist/a.js": "as built" });
    await copy.bring(never);
    write(copy.folder, { "dist/a.js": "built here", "dist/b.js": "and this" });
    await copy.emptyBuilds(never);
    await copy.bring(never);
    assert.deepEqual(all(copy.folder), [".gitignore", "dist/a.js"]);
    assert.equal(Deno.readTextFileSync(join(copy.folder, "dist/a.js")), "as built");
  });
});

Deno.test("a link in the place of dependencies is a link in the copy, too", async () => {
  for (const sharing of ["mounted", "linked"] as const) {
    await withProject(async (project, copy) => {
      write(project, { ".gitignore": "node_modules\n", "../else/one/index.js": "one" });
      Deno.symlinkSync("../else", join(project, "node_modules"));
      await copy.bring(never);
      const target = sharing === "mounted" ? "../else" : join(project, "../else");
      assert.equal(Deno.readLinkSync(join(copy.folder, "node_modules")), target);
      assert.deepEqual(copy.shared, []);
    }, sharing);
  }
});

Deno.test("without a sandbox a link of the dependencies to a package of the project leads to the copy's", async () => {
  await withProject(async (project, copy) => {
    write(project, {
      "packages/a/index.js": "a",
      "node_modules/one/index.js": "one",
      "node_modules/@we/two/x.js": "2",
    });
    Deno.symlinkSync("../../packages/a", join(project, "node_modules/@we/a"));
    Deno.symlinkSync(join(project, "packages/a"), join(project, "node_modules/b"));
    Deno.symlinkSync("one", join(project, "node_modules/same"));
    Deno.symlinkSync("nowhere", join(project, "node_modules/lost"));
    for (let round = 0; round < 2; round += 1) {
      await copy.bring(never);
      write(copy.folder, { "packages/a/index.js": "changed" });
      const read = (path: string) => Deno.readTextFileSync(join(copy.folder, "node_modules", path));
      assert.equal(read("@we/a/index.js"), "changed");
      assert.equal(read("b/index.js"), "changed");
      assert.equal(read("same/index.js"), "one");
      assert.equal(read("@we/two/x.js"), "2");
      assert.equal(Deno.readLinkSync(join(copy.folder, "node_modules/one")), join(project, "node_modules/one"));
    }
    assert.equal(Deno.readTextFileSync(join(project, "packages/a/index.js")), "a");
  }, "linked");
});

Deno.test("without a sandbox links of a copy lead into it, or to the same place outside", async () => {
  await withProject(async (project, copy) => {
    write(project, { "a.txt": "a", "sub/b.txt": "b", "../outside.txt": "out" });
    const links = {
      "plain": "sub/b.txt",
      "sub/up": "../a.txt",
      "whole": join(project, "a.txt"),
      "out": "../outside.txt",
      "sub/back": "../../project/a.txt",
    };
    for (const [path, target] of Object.entries(links)) Deno.symlinkSync(target, join(project, path));
    await copy.bring(never);
    write(copy.folder, { "a.txt": "other" });
    const read = (path: string) => Deno.readTextFileSync(join(copy.folder, path));
    assert.deepEqual(Object.keys(links).map(read), ["b", "other", "other", "out", "other"]);
    assert.equal(Deno.readLinkSync(join(copy.folder, "plain")), "sub/b.txt");
  }, "linked");
});

Deno.test("without a sandbox shared entries of a copy are links to the project's", async () => {
  await withProject(async (project, copy) => {
    write(project, { "a.js": "1", "node_modules/one/index.js": "one" });
    await copy.bring(never);
    await copy.bring(never);
    assert.equal(Deno.readLinkSync(join(copy.folder, "node_modules")), join(project, "node_modules"));
    await copy.remove();
    assert.equal(Deno.readTextFileSync(join(project, "node_modules/one/index.js")), "one");
  }, "linked");
});

async function withProject(
  test: (project: string, copy: ProjectCopy) => Promise<void>,
  sharing: "mounted" | "linked" = "mounted",
): Promise<void> {
  const home = Deno.makeTempDirSync({ prefix: "autonomy-copy-" });
  try {
    const project = join(home, "project");
    Deno.mkdirSync(project);
    await test(project, new ProjectCopy(project, join(home, "copies", "w1"), LANGUAGES, sharing));
  } finally {
    Deno.removeSync(home, { recursive: true });
  }
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    Deno.mkdirSync(join(folder, path, ".."), { recursive: true });
    Deno.writeTextFileSync(join(folder, path), text);
  }
}

function all(folder: string, below = ""): string[] {
  return [...Deno.readDirSync(join(folder, below))].flatMap((entry) => {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory ? all(folder, path) : [path];
  }).sort();
}
