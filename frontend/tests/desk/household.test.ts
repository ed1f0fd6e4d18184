import { beforeEach, describe, expect, it } from "vitest";
import { countPresent, keepMoment, openHousehold } from "../../src/desk/household";

const PAGE = `<form>
  <input type="checkbox" name="person" value="a" checked><input type="checkbox" name="person" value="b" checked>
  <input type="checkbox" name="person" value="c" disabled>
  <button data-household-done><span data-household-count>2</span></button>
  <input type="hidden" name="opened"><input type="hidden" name="pressed"></form>`;

let form: HTMLFormElement;

function values(name: string): string[] {
  return Array.from(form.querySelectorAll<HTMLInputElement>(`input[name=${name}]`), (input) => input.value);
}

beforeEach(() => {
  document.body.innerHTML = PAGE;
  form = document.querySelector("form") as HTMLFormElement;
});

describe("a household that was opened", () => {
  it("carries ids of its own for everybody who can be registered", () => {
    openHousehold(form, 1000);
    const [first, second, done] = values("person");
    expect(first).toMatch(/^a:[0-9a-f-]{36}:[0-9a-f-]{36}$/);
    expect(second?.split(":")[1]).not.toBe(first?.split(":")[1]);
    expect(done).toBe("c");
    expect(values("opened")).toEqual(["1000"]);
  });

  it("keeps the moment of its first press", () => {
    openHousehold(form, 1000);
    keepMoment(form, 9000);
    keepMoment(form, 9500);
    expect(values("pressed")).toEqual(["9000"]);
  });

  it("says how many are present, and cannot be registered with nobody", () => {
    const boxes = Array.from(form.querySelectorAll<HTMLInputElement>("input[name=person]:not([disabled])"));
    for (const [number, box] of boxes.entries()) {
      box.checked = false;
      countPresent(form);
      expect(form.querySelector("[data-household-count]")?.textContent).toBe(String(1 - number));
    }
    expect(form.querySelector("button")?.disabled).toBe(true);
  });
});
