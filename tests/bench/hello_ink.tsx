/** The floor that the screen is held against: the least that Ink can show, on the alternate screen, waiting for a key. */
import { render, Text, useInput } from "ink";
import type { ReactNode } from "react";

function Hello(): ReactNode {
  useInput(() => {});
  return <Text>Hello, Ink.</Text>;
}

await render(<Hello />, { alternateScreen: true, interactive: true, maxFps: 60 }).waitUntilExit();
