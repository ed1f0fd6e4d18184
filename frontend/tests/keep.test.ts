import { expect, it } from "vitest";
import { remember, restore } from "../src/keep";

const BOARD = `<div id="board" data-poll="5"><details><summary>a</summary></details><details><summary>b</summary></details>
  <div class="facade__units"></div><a href="/d/1">1</a><a href="/d/2">2</a></div>`;

function board(): Element {
  document.body.innerHTML = BOARD;
  return document.getElementById("board") as Element;
}

it("keeps opened details, scrolling and the focused door over a swap", () => {
  const before = board();
  (before.querySelectorAll("details")[1] as HTMLDetailsElement).open = true;
  (before.querySelector(".facade__units") as Element).scrollLeft = 120;
  (before.querySelector('a[href="/d/2"]') as HTMLElement).focus();
  const kept = remember(before);

  const after = board();
  restore(after, kept);
  expect(Array.from(after.querySelectorAll("details"), (details) => details.open)).toEqual([false, true]);
  expect((after.querySelector(".facade__units") as Element).scrollLeft).toBe(120);
  expect(document.activeElement?.getAttribute("href")).toBe("/d/2");
});

it("leaves the focus alone when it was elsewhere", () => {
  const kept = remember(board());
  const after = board();
  restore(after, kept);
  expect(document.activeElement).toBe(document.body);
});
