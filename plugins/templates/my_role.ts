// A plugin: a plain value that says what it adds. This one adds a specialist: a role that a model plays.
// Saving this file or its prompt swaps the new version in, once it loads.
import { definePlugin } from "autonomy";

export default definePlugin({
  name: "my_role",
  specialists: [{
    // Letters, digits and _. The arbiter consults it by this name.
    role: "my_role",
    // What it is good at, in a sentence: the arbiter reads this and decides by it.
    describes: "Finds what is hard to read in code and says how to make it plain.",
    // Models in order of preference, NAME or NAME@HOST. Where a host has none of them, the best that there is plays it.
    models: ["qwen2.5-coder:14b", "qwen2.5-coder:7b"],
    // Tokens that it can hold, and how freely it answers (0 to 2).
    window: 8192,
    temperature: 0.3,
    // Its system prompt, beside this file.
    prompt: "my_role.md",
    // All that it may do. `answer` ends a consult; for work of its own it needs `finish_task` and a tool that writes.
    tools: ["read_file", "list_directory", "search_code", "answer"],
    // Phases that it works in by itself, such as "coding"; none: it is only consulted.
    phases: [],
    // Roles that it may ask.
    mayAsk: ["coding"],
  }],
});
