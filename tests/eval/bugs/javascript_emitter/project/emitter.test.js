import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Emitter } from "./emitter.js";

let emitter;
let heard;
const listener = (value) => heard.push(value);

beforeEach(() => {
  emitter = new Emitter();
  heard = [];
});

test("on hears each time", () => {
  emitter.on("save", listener);
  emitter.emit("save", 1);
  emitter.emit("save", 2);
  assert.deepEqual(heard, [1, 2]);
});

test("once hears one time", () => {
  emitter.once("save", listener);
  assert.equal(emitter.emit("save", 1), true);
  assert.equal(emitter.emit("save", 2), false);
  assert.deepEqual(heard, [1]);
});

test("off takes off a listener of on", () => {
  emitter.on("save", listener);
  emitter.off("save", listener);
  assert.equal(emitter.emit("save", 1), false);
});

test("off takes off a listener of once", () => {
  emitter.once("save", listener);
  emitter.off("save", listener);
  emitter.emit("save", 1);
  assert.deepEqual(heard, []);
});

test("the function that on returns takes its listener off", () => {
  emitter.on("save", listener)();
  assert.equal(emitter.emit("save", 1), false);
});

test("the function that once returns takes its listener off", () => {
  emitter.once("save", listener)();
  assert.equal(emitter.emit("save", 1), false);
});
