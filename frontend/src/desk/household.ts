import { uuid7 } from "./uuid7";

/**
 * The household that is open at a desk. Each person's box carries the ids of what will be stored of them, made when
 * the household was opened; the moment of the button is kept from its first press. So a second press, or a press after the
 * network was gone, sends the same again, and the server stores it once.
 */
export function openHousehold(form: HTMLFormElement, now: number = Date.now()): void {
  for (const box of boxes(form)) box.value = [box.value, uuid7(now), uuid7(now)].join(":");
  write(form, "opened", now);
  countPresent(form);
}

export function keepMoment(form: HTMLFormElement, now: number = Date.now()): void {
  if (read(form, "pressed") === "") write(form, "pressed", now);
}

/** Says on the button how many are present; with nobody it cannot be pressed. */
export function countPresent(form: HTMLFormElement): void {
  const present = boxes(form).filter((box) => box.checked).length;
  const count = form.querySelector("[data-household-count]");
  const button = form.querySelector<HTMLButtonElement>("[data-household-done]");
  if (count !== null) count.textContent = String(present);
  if (button !== null) button.disabled = present === 0;
}

function boxes(form: HTMLFormElement): HTMLInputElement[] {
  return Array.from(form.querySelectorAll<HTMLInputElement>("input[name=person]:not([disabled])"));
}

function field(form: HTMLFormElement, name: string): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>(`input[name=${name}]`);
}

function read(form: HTMLFormElement, name: string): string {
  return field(form, name)?.value ?? "";
}

function write(form: HTMLFormElement, name: string, moment: number): void {
  const input = field(form, name);
  if (input !== null) input.value = String(moment);
}
