import { beforeEach, expect, it } from "vitest";
import { focusNext, startKeys } from "../../src/desk/keys";

const PAGE = `<div id="desk"><input type="search" id="q" value="old">
  <form><input type="checkbox" name="person" id="one"><button data-household-done id="done"></button></form></div>`;

let desk: HTMLElement;
let search: HTMLInputElement;

function press(key: string): void {
  document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

beforeEach(() => {
  document.body.innerHTML = PAGE;
  desk = document.getElementById("desk") as HTMLElement;
  search = document.getElementById("q") as HTMLInputElement;
  startKeys(desk, search);
  focusNext(desk, search);
});

it("waits on the button of the household that was found", () => {
  expect(document.activeElement?.id).toBe("done");
});

it("begins a new search with whatever is typed there, as a scanner does", () => {
  press("H");
  expect(document.activeElement?.id).toBe("q");
  expect(search.value).toBe("");
});

it("leaves the space key to the person it ticks", () => {
  document.getElementById("one")?.focus();
  press(" ");
  expect(document.activeElement?.id).toBe("one");
});

it("goes with the arrows from search to person to button and no further", () => {
  search.focus();
  press("ArrowDown");
  expect(document.activeElement?.id).toBe("one");
  press("ArrowDown");
  press("ArrowDown");
  expect(document.activeElement?.id).toBe("done");
});
