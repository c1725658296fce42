import type { ProjectPrograms } from "./project_commands.ts";

/**
 * Commands by which version control changes what it keeps of a project. Those that change files are not among them: run after the work, they
 * would take it away.
 */
export const VERSION_CONTROL: ProjectPrograms = {
  git: {
    changes:
      "add, stage, commit, push, fetch, notes add, init, remote add, remote remove, remote rename, remote set-url, update-index",
    named: {
      tag: "-l --list -n --contains --no-contains --points-at --merged --no-merged -v --verify",
      branch:
        "-l --list -a --all -r --remotes --contains --no-contains --points-at --merged --no-merged --show-current -v -vv",
    },
    valued: "-C -c --git-dir --work-tree --namespace --exec-path",
  },
  hg: {
    changes: "add, commit, ci, push, pull, init, bookmark, addremove",
    named: { tag: "", branch: "" },
    valued: "-R --cwd --config",
  },
  svn: { changes: "add, commit, ci", valued: "--config-dir --config-option" },
  jj: {
    changes: "commit, describe, desc, new, bookmark create, bookmark set, git push, git fetch",
    valued: "-R --at-op",
  },
};
