import { type Command, definePlugin } from "../src/plugin/mod.ts";

const pause: Command = {
  name: "pause",
  help: "holds the run; what is at work goes on to its end",
  run: () => [{ kind: "pause" }],
};

const goOn: Command = {
  name: "continue",
  help: "lets a paused run go on",
  run: () => [{ kind: "unpause" }],
};

const say: Command = {
  name: "say",
  help: "ROLE WORDS: says something to a role, wherever you are",
  run(args) {
    const [, role, words] = /^(\w+)\s+(\S[\s\S]*)$/.exec(args) ?? [];
    if (role === undefined || words === undefined) throw new Error("Name a role and what to say: /say coding WORDS.");
    return [{ kind: "say", to: role, text: words }];
  },
};

const drop: Command = {
  name: "drop",
  help: "TASK: drops a task that nobody has begun; without one it lists them",
  run(args, { tasks }) {
    if (args !== "") return [{ kind: "park", task: args }];
    const ready = tasks.filter(({ status }) => status === "ready");
    if (ready.length === 0) throw new Error("There is no task that nobody has begun.");
    const list = ready.map(({ id, description }) => `${id} ${description.slice(0, 30)}`);
    throw new Error(`Name a task, such as /drop ${ready[0]?.id}. There are ${list.join("; ")}.`);
  },
};

const rollback: Command = {
  name: "rollback",
  help: "PLUGIN: brings the version of a plugin back that was in use before its last save",
  run(args) {
    if (args === "") throw new Error("Name the plugin whose version before you want back: /rollback NAME.");
    return [{ kind: "rollback", plugin: args }];
  },
};

/** Commands of the input line that come with Autonomy: what has no key, or is quicker to say than to go to. */
export default definePlugin({ name: "commands", commands: [pause, goOn, say, drop, rollback] });
