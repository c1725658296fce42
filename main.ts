import process from "node:process";

// React reads this when it is imported: the development build is slower and writes warnings onto the screen.
process.env.NODE_ENV = "production";

const { start } = await import("./src/cli/start.ts");
Deno.exit(await start(Deno.args));
