import { Camera } from "./desk/camera";
import { countPresent, keepMoment, openHousehold } from "./desk/household";
import { focusNext, startKeys } from "./desk/keys";

/** The sampling desk: what its forms cannot do by themselves. */
function startDesk(desk: HTMLElement): void {
  const form = desk.querySelector("[data-desk-search]") as HTMLFormElement;
  const search = form.querySelector("input[type=search]") as HTMLInputElement;
  const camera = new Camera(desk.querySelector("[data-scanner]") as HTMLElement, (code) => {
    search.value = code;
    form.requestSubmit();
  });
  const scan = desk.querySelector("[data-scan]") as HTMLButtonElement;
  scan.hidden = false;
  scan.addEventListener("click", () => void camera.open());
  startKeys(desk, search);
  startHouseholds(desk);
  startTroubles(desk);
  const goOn = (): boolean => {
    desk.querySelectorAll<HTMLFormElement>("[data-household]").forEach((household) => openHousehold(household));
    const isBusy = desk.querySelector("[data-household], [data-desk-choice]") !== null;
    if (isBusy) focusNext(desk, search);
    return isBusy;
  };
  desk.addEventListener("htmx:afterSwap", () => {
    if (goOn()) return;
    focusNext(desk, search);
    camera.look();
  });
  goOn(); // a press before htmx was ready loads the page anew, household and all
}

function startHouseholds(desk: HTMLElement): void {
  const householdOf = (event: Event): HTMLFormElement | null => (event.target as Element).closest("[data-household]");
  desk.addEventListener("change", (event) => {
    const household = householdOf(event);
    if (household !== null) countPresent(household);
  });
  desk.addEventListener(
    "submit",
    (event) => {
      const household = householdOf(event);
      if (household !== null) keepMoment(household);
    },
    { capture: true },
  );
}

/** A press that did not reach the server is said so, and taken back as soon as one does. */
function startTroubles(desk: HTMLElement): void {
  const show = (name: string, shown: boolean): void => {
    const said = desk.querySelector<HTMLElement>(`[data-desk-${name}]`);
    if (said !== null) said.hidden = !shown;
  };
  desk.addEventListener("htmx:sendError", () => show("unsent", true));
  desk.addEventListener("htmx:responseError", () => show("failed", true));
  desk.addEventListener("htmx:afterSwap", () => {
    show("unsent", false);
    show("failed", false);
  });
}

document.querySelectorAll<HTMLElement>("[data-desk]").forEach(startDesk);
