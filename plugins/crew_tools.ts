import * as z from "zod";
import { definePlugin, defineTool, type ToolTask } from "../src/plugin/mod.ts";

/** Most tasks of one plan; more are no plan that a crew can hold in mind. */
const MOST_TASKS = 30;

const text = (what: string) => z.string().trim().min(1, "must not be empty").describe(what);

const createTaskPlan = defineTool({
  name: "create_task_plan",
  describes: "Plans the work as a list of small tasks. Each task changes one file.",
  input: z.object({
    tasks: z.array(z.object({
      description: text("What to do, in one or two sentences."),
      target_file: text("The file that the task changes, relative to the project."),
      checks: z.array(z.string()).optional().describe("Names of failing checks that the task must make pass."),
      after: z.array(z.int().min(1)).optional().describe(
        "Numbers of tasks in this list that come first, counted from 1.",
      ),
    })).min(1).max(MOST_TASKS),
  }),
  access: "concludes",
  traits: { closes: ["plan"] },
  run({ tasks }) {
    const planned = tasks.map(({ description, target_file, checks, after }): ToolTask => ({
      description,
      target: target_file,
      ...(checks === undefined ? {} : { checks }),
      ...(after === undefined ? {} : { after }),
    }));
    const lines = planned.map((task, index) => `${index + 1}. ${task.target}: ${task.description}`);
    return { text: `The plan:\n${lines.join("\n")}`, outcome: { kind: "planned", tasks: planned } };
  },
});

const reportIssue = defineTool({
  name: "report_issue",
  describes: "Reports a fault in the code that somebody must repair.",
  input: z.object({
    description: text("What is wrong and how it shows."),
    severity: z.enum(["low", "medium", "high"]),
    path: text("The file with the fault, relative to the project.").optional(),
  }),
  access: "concludes",
  traits: { closes: ["review"] },
  run({ path, severity, description }) {
    return {
      text: `Reported (${severity}${path === undefined ? "" : `, ${path}`}): ${description}`,
      outcome: { kind: "issue_reported", severity, description, ...(path === undefined ? {} : { path }) },
    };
  },
});

const approveCode = defineTool({
  name: "approve_code",
  describes: "Approves the changes after they were read and the checks passed.",
  input: z.object({ notes: text("What was looked at and why it is right.") }),
  access: "concludes",
  traits: { closes: ["review"], approves: true },
  run: ({ notes }) => ({ text: `Approved: ${notes}`, outcome: { kind: "approved", notes } }),
});

const sendMessage = defineTool({
  name: "send_message",
  describes: "Tells another role something it needs to know. No answer comes back.",
  input: z.object({ to: text("The role, such as coding."), text: text("What it needs to know.") }),
  access: "concludes",
  traits: { talks: 4 },
  run: ({ to, text }) => ({ text: `Sent to ${to}.`, outcome: { kind: "message_sent", to, text } }),
});

const askSpecialist = defineTool({
  name: "ask_specialist",
  describes: "Asks another role a question and waits for its answer.",
  input: z.object({ role: text("The role, such as analysis."), question: text("One question.") }),
  access: "concludes",
  traits: { talks: 2, awaits: true },
  run: ({ role, question }) => ({
    text: `Asked ${role}: ${question}`,
    outcome: { kind: "specialist_asked", role, question },
  }),
});

const answer = defineTool({
  name: "answer",
  describes: "Answers the question that was asked and ends the turn.",
  input: z.object({ text: text("The whole answer.") }),
  access: "concludes",
  traits: { closes: ["consult", "reply"] },
  run: ({ text }) => ({ text: "Answered.", outcome: { kind: "answered", text } }),
});

const finishTask = defineTool({
  name: "finish_task",
  describes: "Says that the work is done and ends the turn. The checks then decide.",
  input: z.object({ summary: text("What was changed, in one or two sentences.") }),
  access: "concludes",
  traits: { closes: ["work", "document"] },
  run: ({ summary }) => ({ text: "Finished.", outcome: { kind: "task_finished", summary } }),
});

/** Tools that touch nothing: their outcome is a fact of the run. */
export default definePlugin({
  name: "crew_tools",
  tools: [createTaskPlan, reportIssue, approveCode, sendMessage, askSpecialist, answer, finishTask],
});
