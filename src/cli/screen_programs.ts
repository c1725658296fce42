import type { Programs } from "../tui/screen.tsx";

/** Other programs of this machine, for the screen. */
export const PROGRAMS: Programs = {
  async inTerminal([program = "", ...args]) {
    const { code } = await new Deno.Command(program, { args, stdin: "inherit", stdout: "inherit", stderr: "inherit" })
      .spawn().status;
    return code;
  },
  async feed([program = "", ...args], text, signal) {
    try {
      const child = new Deno.Command(program, { args, stdin: "piped", stdout: "null", stderr: "null", signal }).spawn();
      const writer = child.stdin.getWriter();
      // A program that ends without reading all of it says so by its code.
      await writer.write(new TextEncoder().encode(text)).then(() => writer.close()).catch(() => {});
      return (await child.status).success;
    } catch {
      // Whatever keeps it from starting, there is another way to do what it was for.
      return false;
    }
  },
};
