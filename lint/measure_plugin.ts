export { measurePlugin as default } from "./plugin.ts";
