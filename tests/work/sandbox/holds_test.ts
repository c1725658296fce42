import assert from "node:assert/strict";
import { writeFiles } from "../../run/fixtures/temporary_folder.ts";
import { type EnclosedFolder, enclosedTest, inEnclosedFolder } from "./enclosed_folder.ts";

/** Makes a home folder beside the place; not below /tmp, which is another one inside. */
function inHome(test: (place: EnclosedFolder & { readonly home: string }) => Promise<void>): Promise<void> {
  return inEnclosedFolder(async (place) => {
    const home = Deno.makeTempDirSync({ dir: "/var/tmp", prefix: "autonomy-test-" });
    try {
      await test({ ...place, home });
    } finally {
      await Deno.remove(home, { recursive: true });
    }
  });
}

enclosedTest(
  "an enclosed command works at the project's path, on the files of its place",
  () =>
    inEnclosedFolder(async ({ enclosure, run }) => {
      writeFiles(enclosure.place, { "old.txt": "old" });
      writeFiles(enclosure.project, { "theirs.txt": "theirs" });
      const { output, code } = await run("pwd; ls; cat old.txt; mkdir deep; echo new > deep/new.txt");
      assert.deepEqual([code, output], [0, `${enclosure.project}\nold.txt\nold`]);
      assert.equal(await Deno.readTextFile(`${enclosure.place}/deep/new.txt`), "new\n");
      assert.deepEqual([...Deno.readDirSync(enclosure.project)].map(({ name }) => name), ["theirs.txt"]);
    }),
);

enclosedTest(
  "an enclosed command writes nothing outside its place and its temporary folder",
  () =>
    inHome(async ({ home, enclosure, run }) => {
      const real = Deno.env.get("HOME");
      const targets = [`${home}/planted`, `${real}/autonomy-planted`, "/autonomy-planted", "/etc/autonomy-planted"];
      const { output } = await run(
        `for one in ${
          targets.join(" ")
        } /var/tmp/autonomy-planted /dev/planted /run/planted; do echo x > $one; done; ls $HOME >/dev/null; echo kept > $TMPDIR/kept; echo x > /dev/null`,
        { environment: { HOME: home } },
      );
      assert.equal(output.match(/Read-only file system|No such file|nonexistent/g)?.length, 7, output);
      for (const path of targets) assert.throws(() => Deno.statSync(path), path);
      assert.equal(await Deno.readTextFile(`${enclosure.temporary}/kept`), "kept\n");
    }),
);

enclosedTest("keys and passwords of a home folder are empty inside", () =>
  inHome(async ({ home, run }) => {
    writeFiles(home, {
      ".ssh/id_ed25519": "SECRET",
      ".aws/credentials": "SECRET",
      ".config/gcloud/token": "SECRET",
      ".netrc": "SECRET",
      ".npmrc": "//registry/:_authToken=SECRET",
      ".config/pip/pip.conf": "[global]\ntimeout = 60\n",
      "plain.txt": "PLAIN",
    });
    const { output } = await run(
      "cd; ls -A .ssh .aws .config/gcloud; cat .netrc .npmrc; cat plain.txt .config/pip/pip.conf; find . -type f | xargs grep -l SECRET",
      {
        environment: { HOME: home },
      },
    );
    assert.equal(output, ".aws:\n\n.config/gcloud:\n\n.ssh:\nPLAIN[global]\ntimeout = 60\n");
    const real = await run("ls -A ~/.ssh ~/.gnupg ~/.aws 2>/dev/null | grep -v ':$' | grep .");
    assert.equal(real.output, "");
  }));

enclosedTest(
  "our own folders are empty inside, though the place lies in one of them",
  () =>
    inHome(async ({ home, enclosure, run }) => {
      const place = `${home}/state/place`;
      writeFiles(home, { "state/trusted.json": "SECRET", "state/place/a.txt": "" });
      const { output } = await run("ls; ls -A $HOME/state; echo x > $HOME/state/trusted.json; touch b.txt", {
        environment: { HOME: home },
        enclosure: { ...enclosure, place, hidden: [`${home}/state`] },
      });
      assert.match(output, /^a\.txt\n.*Read-only file system\n$/);
      assert.equal(await Deno.readTextFile(`${home}/state/trusted.json`), "SECRET");
      assert.ok(Deno.statSync(`${place}/b.txt`).isFile);
    }),
);

enclosedTest("a project below a hidden folder, and hidden folders below a project, stand right", () =>
  inEnclosedFolder(
    async ({ enclosure, run }) => {
      writeFiles(enclosure.place, { "own/secret": "SECRET", "a.txt": "seen" });
      const { output } = await run("cat a.txt; ls -A own; cat ../beside; echo x > b.txt");
      assert.match(output, /^seencat: .*No such file or directory\n$/);
      assert.equal(await Deno.readTextFile(`${enclosure.place}/b.txt`), "x\n");
    },
    (folder) => {
      writeFiles(folder, { "state/beside": "SECRET" });
      const project = `${folder}/state/project`;
      Deno.mkdirSync(project);
      return { project, place: project, hidden: [`${folder}/state`, `${project}/own`] };
    },
  ));

enclosedTest(
  "what is planted where a person's programs obey it lands nowhere",
  () =>
    inEnclosedFolder(async ({ enclosure, run }) => {
      writeFiles(enclosure.place, { ".git/config": "[core]\n", "a.txt": "" });
      const { output } = await run(
        "mkdir -p .autonomy/plugins .git/hooks .agents/x; echo x > .git/hooks/post-checkout; echo x > .autonomy/plugins/a.ts; " +
          "echo evil >> .git/config; rm -rf .git .autonomy; mv .git elsewhere; mv .autonomy other; ln -s /tmp .agents/link; cat .git/config",
      );
      assert.match(output, /\[core\]\n$/);
      const left = [...Deno.readDirSync(enclosure.place)].map(({ name }) => name).sort();
      assert.deepEqual(left, [".git", "a.txt"]);
      assert.deepEqual([...Deno.readDirSync(`${enclosure.place}/.git`)].map(({ name }) => name), ["config"]);
      assert.equal(await Deno.readTextFile(`${enclosure.place}/.git/config`), "[core]\n");
    }),
);

enclosedTest(
  "dependencies are the project's own, read-only, with empty spots where tools write",
  () =>
    inEnclosedFolder(
      async ({ enclosure, run }) => {
        writeFiles(enclosure.project, { "node_modules/a/index.js": "real", ".git/HEAD": "ref" });
        for (const name of ["node_modules", ".git"]) Deno.mkdirSync(`${enclosure.place}/${name}`);
        const { output } = await run(
          "cat node_modules/a/index.js .git/HEAD; echo x > node_modules/a/index.js; echo x > node_modules/.vite/b && cat node_modules/.vite/b",
        );
        assert.match(output, /^realref.*Read-only file system\nx\n$/);
        assert.deepEqual([...Deno.readDirSync(`${enclosure.project}/node_modules/.vite`)], []);
        assert.equal(await Deno.readTextFile(`${enclosure.project}/node_modules/a/index.js`), "real");
      },
      () => ({ shared: ["node_modules", ".git"], spots: ["node_modules/.vite"] }),
    ),
);

enclosedTest("a link in a place that stands where something is shared leads nowhere new", () =>
  inEnclosedFolder(
    async ({ folder, enclosure, run }) => {
      writeFiles(enclosure.project, { "node_modules/a/index.js": "real" });
      writeFiles(folder, { "outside/kept": "kept" });
      Deno.symlinkSync(`${folder}/outside`, `${enclosure.place}/node_modules`);
      const { output } = await run("echo x > node_modules/kept; echo ended");
      assert.match(output, /(?:Read-only file system|nonexistent)\nended\n$/);
      assert.equal(await Deno.readTextFile(`${folder}/outside/kept`), "kept");
    },
    () => ({ shared: ["node_modules"] }),
  ));

enclosedTest("what the configuration names may be written", () =>
  inEnclosedFolder(
    async ({ folder, run }) => {
      assert.equal((await run(`echo x > ${folder}/open/a`)).code, 0);
      assert.equal(await Deno.readTextFile(`${folder}/open/a`), "x\n");
    },
    (folder) => {
      Deno.mkdirSync(`${folder}/open`);
      return { write: [`${folder}/open`, `${folder}/absent`] };
    },
  ));

/** A program of Python that says whether it reaches an address. */
const REACH = (port: number) =>
  `python3 -c 'import socket; socket.create_connection(("127.0.0.1", ${port}), 2); print("reached")' 2>&1 | tail -1`;

enclosedTest(
  "an enclosed command reaches no listener outside; with a network it does",
  () =>
    inEnclosedFolder(async ({ enclosure, run }) => {
      using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      const { port } = listener.addr;
      assert.match((await run(REACH(port))).output, /refused/);
      const open = run(REACH(port), { enclosure: { ...enclosure, network: true } });
      const [connection] = await Promise.all([listener.accept(), open]);
      connection.close();
      assert.equal((await open).output, "reached\n");
    }),
);

enclosedTest("a server on the loopback inside works", () =>
  inEnclosedFolder(async ({ run }) => {
    const { output } = await run(`python3 -c '
import socket, threading
server = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=lambda: server.accept()[0].sendall(b"hello")).start()
print(socket.create_connection(server.getsockname()).recv(5).decode())'`);
    assert.equal(output, "hello\n");
  }));

enclosedTest(
  "sockets of services below /run and /tmp are out of reach, and no variable leads to one",
  () =>
    inEnclosedFolder(async ({ run }) => {
      const path = `${Deno.makeTempDirSync()}/socket`;
      using _listener = Deno.listen({ transport: "unix", path });
      const text =
        `ls -A /run /var/run/; ls /tmp; env | grep -E "SOCK|DBUS|DOCKER|TOKEN"; python3 -c 'import socket; socket.socket(socket.AF_UNIX).connect("${path}")' 2>&1 | tail -1`;
      Deno.env.set("SSH_AUTH_SOCK", path);
      Deno.env.set("SOME_SERVICE_TOKEN", "secret");
      try {
        const { output } = await run(text);
        assert.match(output, /^\/run:\n\n\/var\/run\/:\nautonomy-test-\w+\nFileNotFoundError.*\n$/);
      } finally {
        for (const name of ["SSH_AUTH_SOCK", "SOME_SERVICE_TOKEN"]) Deno.env.delete(name);
        await Deno.remove(path.replace(/\/socket$/, ""), { recursive: true });
      }
    }),
);

enclosedTest("processes outside are neither seen nor reached", () =>
  inEnclosedFolder(async ({ run }) => {
    const { output } = await run(
      `ls /proc | grep -c "^[0-9]"; kill -9 -1; kill -9 ${Deno.pid}; kill -9 -${Deno.pid}; cat /proc/[0-9]*/comm | grep deno; echo alive`,
    );
    assert.ok(Number(output.split("\n")[0]) < 8, output);
    assert.match(output, /(?<!deno\n)alive\n$/);
  }));

enclosedTest(
  "an enclosed command has no rights, gets none, and cannot undo what stands around it",
  () =>
    inHome(async ({ home, run }) => {
      writeFiles(home, { ".ssh/id": "SECRET" });
      const { output } = await run(
        `grep -E "^(CapEff|NoNewPrivs)" /proc/self/status; mount -o remount,rw / 2>/dev/null; umount ${home}/.ssh 2>/dev/null; ` +
          `unshare -Urm sh -c "umount ${home}/.ssh; mount -o remount,rw /; echo x > /autonomy-planted" 2>/dev/null; cat ${home}/.ssh/id; echo x > /autonomy-planted`,
        { environment: { HOME: home } },
      );
      assert.match(output, /CapEff:\t0+\nNoNewPrivs:\t1\n/);
      assert.doesNotMatch(output, /SECRET/);
      assert.throws(() => Deno.statSync("/autonomy-planted"));
    }),
);

enclosedTest(
  "a link that a command plants where a later one has to find the project is told, and nothing is made behind it",
  () =>
    inEnclosedFolder(async ({ folder, enclosure, run }) => {
      const [first = ""] = enclosure.project.slice("/tmp/".length).split("/");
      Deno.symlinkSync(folder, `${enclosure.temporary}/${first}`);
      await assert.rejects(run("echo x > a"), /is a link that an earlier command made/);
      assert.deepEqual([...Deno.readDirSync(enclosure.place)], []);
    }),
);

enclosedTest(
  "no other place can be written than those that are meant, also by root",
  () =>
    inEnclosedFolder(async ({ enclosure, run }) => {
      const { output } = await run(
        "grep -E ' rw[, ]' /proc/mounts | cut -d' ' -f2 | sort | while read -r place; do [ -c \"$place\" ] || echo \"$place\"; done; find /proc -path '/proc/[0-9]*' -prune -o -type f -writable -print; " +
          "find /sys -type f -writable | head -3; cat /proc/sys/kernel/core_pattern > /proc/sys/kernel/core_pattern",
      );
      const lines = output.split("\n").filter((line) => line.startsWith("/"));
      // Files of the home folder that are hidden have a device in their place, which takes what is written and keeps nothing.
      const devices = ["pts", "shm"].map((name) => `/dev/${name}`);
      assert.deepEqual(lines.filter((line) => !devices.includes(line)), ["/proc", "/tmp", enclosure.project].sort());
      assert.match(output, /core_pattern: (?:Read-only file system|Permission denied)\n$/);
    }),
);

enclosedTest(
  "root without its rights writes a place that is another user's all the same",
  () =>
    inEnclosedFolder(async ({ enclosure, run }) => {
      // Refused to others than root, whose places are their own.
      await new Deno.Command("chown", { args: ["12345", enclosure.place], stderr: "null" }).output();
      Deno.chmodSync(enclosure.place, 0o755);
      assert.equal((await run("echo x > a")).code, 0);
      assert.equal(await Deno.readTextFile(`${enclosure.place}/a`), "x\n");
    }),
);
