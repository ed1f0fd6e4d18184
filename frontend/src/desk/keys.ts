/**
 * A desk is worked without a mouse, and with a scanner that types: whatever is typed outside a field begins a new search,
 * so that the next slip never presses the button of the household before it. Arrows go from one choice or person to the next.
 */
export function startKeys(desk: HTMLElement, search: HTMLInputElement): void {
  desk.ownerDocument.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(desk, search, event);
    else if (typesOutside(event)) begin(search);
  });
}

/** Puts the cursor where the next thing is done: on the first choice, on the button, or back into the search. */
export function focusNext(desk: HTMLElement, search: HTMLInputElement): void {
  const next = desk.querySelector<HTMLElement>("[data-desk-choice], [data-household-done]:not([disabled])");
  if (next !== null) next.focus({ preventScroll: true });
  else begin(search, false);
}

function begin(search: HTMLInputElement, emptied = true): void {
  if (emptied) search.value = "";
  search.focus({ preventScroll: true });
  search.select();
}

function typesOutside(event: KeyboardEvent): boolean {
  const target = event.target as Element;
  const isField = target.matches("input:not([type=checkbox]), textarea, select");
  return !isField && !event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1 && event.key !== " ";
}

function move(desk: HTMLElement, search: HTMLInputElement, event: KeyboardEvent): void {
  const stops = [
    search,
    ...desk.querySelectorAll<HTMLElement>("[data-desk-choice], input[name=person]:not([disabled]), [data-household-done]"),
  ];
  const here = stops.indexOf(desk.ownerDocument.activeElement as HTMLElement);
  if (here < 0) return;
  event.preventDefault();
  stops[Math.min(Math.max(here + (event.key === "ArrowDown" ? 1 : -1), 0), stops.length - 1)]?.focus();
}
