/** A button with `data-print` prints the page; details are opened so that paper shows what a tap would. */
export function startPrinting(page: Document = document): void {
  page.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print]") !== null) window.print();
  });
  window.addEventListener("beforeprint", () => {
    page.querySelectorAll<HTMLDetailsElement>("details[data-print-open]").forEach((details) => {
      details.open = true;
    });
  });
}
