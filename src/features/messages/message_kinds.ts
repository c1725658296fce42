/** Kinds of messages: what their arrival means. */
export const MESSAGE_KINDS = [
  "consult", // arbiter → specialist: starts a turn, wants an answer
  "assignment", // application → specialist: a phase's work, starts a turn
  "answer", // specialist → who asked
  "note", // specialist → specialist, starts no turn
  "question", // specialist → specialist: the asker waits for the answer
  "word", // person → arbiter or specialist
] as const;
