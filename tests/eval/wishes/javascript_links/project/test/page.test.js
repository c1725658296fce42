import assert from "node:assert/strict";
import { test } from "node:test";
import { linkTo, menu, render } from "../src/page.js";

test("a link", () => {
  assert.equal(linkTo({ title: "Start", url: "/" }), '<a href="/">Start</a>');
});

test("a menu", () => {
  assert.equal(menu([{ title: "Start", url: "/" }]), '<ul class="menu"><li><a href="/">Start</a></li></ul>');
});

test("a page", () => {
  assert.equal(
    render("Home", []),
    '<!doctype html>\n<title>Home</title>\n<h1>Home</h1>\n<ul class="menu"></ul>',
  );
});
