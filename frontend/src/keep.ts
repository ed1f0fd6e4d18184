/**
 * What a person has opened and where they are stays when a live board is swapped: open details, scrolled
 * façades and the focused link. Things are recognised by their order in the board, a link by its address.
 */
interface Kept {
  open: boolean[];
  scrolled: number[];
  focused: string | null;
}

const SCROLLED = ".facade__units, .l-scroll";

export function remember(board: Element): Kept {
  const active = board.ownerDocument.activeElement;
  return {
    open: Array.from(board.querySelectorAll("details"), (details) => details.open),
    scrolled: Array.from(board.querySelectorAll(SCROLLED), (box) => box.scrollLeft),
    focused: active !== null && board.contains(active) ? active.getAttribute("href") : null,
  };
}

export function restore(board: Element, kept: Kept): void {
  board.querySelectorAll("details").forEach((details, index) => {
    details.open = kept.open[index] ?? details.open;
  });
  board.querySelectorAll(SCROLLED).forEach((box, index) => {
    box.scrollLeft = kept.scrolled[index] ?? 0;
  });
  if (kept.focused !== null) {
    const links = Array.from(board.querySelectorAll<HTMLAnchorElement>("a[href]"));
    links.find((link) => link.getAttribute("href") === kept.focused)?.focus({ preventScroll: true });
  }
}

export function startKeeping(page: Document = document): void {
  const boards = new Map<string, Kept>();
  page.addEventListener("htmx:beforeSwap", (event) => {
    const target = event.target as Element;
    if (target.id !== "" && target.hasAttribute("data-poll")) boards.set(target.id, remember(target));
  });
  page.addEventListener("htmx:afterSettle", () => {
    boards.forEach((kept, id) => {
      const board = page.getElementById(id);
      if (board !== null) restore(board, kept);
    });
    boards.clear();
  });
}
