import assert from "node:assert/strict";
import { test } from "node:test";
import { linkTo, menu, render } from "./src/page.js";

test("a link", () => {
  assert.equal(
    linkTo({ title: "Q & A <new>", url: "/q?a=1&b=2" }),
    '<a href="/q?a=1&amp;b=2">Q &amp; A &lt;new&gt;</a>',
  );
});

test("quotes in an address", () => {
  const link = linkTo({ title: "x", url: '/"><script>' });
  assert.equal(link, '<a href="/&quot;&gt;&lt;script&gt;">x</a>');
});

test("a menu escapes each text once", () => {
  assert.equal(
    menu([{ title: "a & b", url: "/" }, { title: "&amp;", url: "/" }]),
    '<ul class="menu"><li><a href="/">a &amp; b</a></li><li><a href="/">&amp;amp;</a></li></ul>',
  );
});

test("a page escapes its title", () => {
  const page = render("1 < 2 > 0", []);
  assert.ok(page.includes("<title>1 &lt; 2 &gt; 0</title>\n<h1>1 &lt; 2 &gt; 0</h1>"), page);
});

test("plain texts are as before", () => {
  assert.equal(linkTo({ title: "Start", url: "/" }), '<a href="/">Start</a>');
});
