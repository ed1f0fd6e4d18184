/** Menus are <details>: a press outside or Escape closes them, and Escape gives the focus back. */
export function startMenus(page: Document = document): void {
  const open = (): NodeListOf<HTMLDetailsElement> => page.querySelectorAll("details[data-menu][open]");
  page.addEventListener("click", (event) => {
    open().forEach((menu) => {
      if (!menu.contains(event.target as Node)) menu.open = false;
    });
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
  });
}
