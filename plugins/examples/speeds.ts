import { definePlugin } from "autonomy";

/** A pane that shows which model plays each role, where, and how many tokens it writes per second. */
export default definePlugin({
  name: "speeds",
  panes: [{
    id: "speeds",
    title: "tokens per second",
    lines({ threads }, { width }) {
      if (threads.length === 0) return ["no model was asked yet"];
      const fastest = Math.max(...threads.map(({ tokensPerSecond }) => tokensPerSecond ?? 0), 1);
      return threads.map(({ role, model, host, answerTokens, tokensPerSecond }) => {
        const speed = tokensPerSecond === null ? "     ?" : tokensPerSecond.toFixed(1).padStart(6);
        const said = `${role.padEnd(12)} ${speed} /s ${String(answerTokens).padStart(7)} written`;
        const bar = "▇".repeat(Math.round(8 * (tokensPerSecond ?? 0) / fastest)).padEnd(8);
        return `${said} ${bar} ${model ?? "?"} on ${host ?? "?"}`.slice(0, width);
      });
    },
  }],
});
