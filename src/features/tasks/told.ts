import { labelled, oneLine, plainName } from "../../kernel/say.ts";
import { pick } from "../../kernel/told.ts";
import type { TellOf } from "../known.ts";
import type { taskFacts } from "./facts.ts";

/** How tasks are told. */
export const tasksTold: TellOf<keyof typeof taskFacts> = {
  tasks_planned: {
    json: ({ tasks, refused, by }) => ({
      tasks: tasks.map((task) => pick(task, "id", "kind", "description", "target", "checks", "status")),
      refused,
      by,
    }),
    lines: ({ tasks, refused }) => [
      ...tasks.map(({ id, description }) => `task ${id}: ${oneLine(description)}`),
      ...refused.map(({ description, reason }) => `task refused: ${oneLine(description, 80)}: ${oneLine(reason)}`),
    ],
  },
  task_changed: {
    json: ["id", "status", "reason"],
    lines: ({ id, status, reason }) => [labelled(`task ${id} ${plainName(status)}`, reason)],
  },
};
