/**
 * Live boards: an element with `data-poll="5"` and `hx-trigger="linli:poll"` is asked anew every five seconds
 * while the page is seen. The server's ETag goes back to it, so that an unchanged board answers 304.
 */
const etags = new Map<string, string>();

interface ConfigRequestDetail {
  verb: string;
  path: string;
  elt: HTMLElement;
  headers: Record<string, string>;
}

interface AfterRequestDetail {
  xhr: XMLHttpRequest;
  requestConfig: { elt: HTMLElement };
  pathInfo: { requestPath: string };
}

export function isPolled(element: Element): boolean {
  return element.hasAttribute("data-poll");
}

/** Sends the known ETag of a polled address. */
export function sendEtag(detail: ConfigRequestDetail): void {
  const etag = etags.get(detail.path);
  if (etag !== undefined && detail.verb.toLowerCase() === "get" && isPolled(detail.elt)) {
    detail.headers["If-None-Match"] = etag;
  }
}

/** Keeps the ETag of an address whose content is now on the page; the element that asked may be gone from it. */
export function keepEtag(detail: AfterRequestDetail): void {
  const etag = detail.xhr.getResponseHeader("ETag");
  if (detail.xhr.status === 200 && etag !== null && isPolled(detail.requestConfig.elt)) {
    etags.set(detail.pathInfo.requestPath, etag);
  }
}

function secondsOf(element: Element): number {
  const seconds = Number(element.getAttribute("data-poll"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 5;
}

/** A swapped board is the same board: it keeps its name. */
function nameOf(element: Element): string {
  return element.id || (element.getAttribute("hx-get") ?? "");
}

/** Asks every polled element whose time has come; elements appear and go as fragments are swapped. */
export class Poller {
  private readonly due = new Map<string, number>();

  constructor(
    private readonly page: Document = document,
    private readonly now: () => number = Date.now,
  ) {}

  tick(): void {
    if (this.page.hidden) return;
    this.page.querySelectorAll("[data-poll]").forEach((element) => this.askWhenDue(element));
  }

  /** The page is seen again, or the network is back: everything is due. */
  askAll(): void {
    if (this.page.hidden) return;
    this.page.querySelectorAll("[data-poll]").forEach((element) => this.ask(element));
  }

  private askWhenDue(element: Element): void {
    const due = this.due.get(nameOf(element));
    if (due === undefined) this.setNext(element);
    else if (this.now() >= due) this.ask(element);
  }

  private ask(element: Element): void {
    this.setNext(element);
    element.dispatchEvent(new CustomEvent("linli:poll", { bubbles: false }));
  }

  private setNext(element: Element): void {
    this.due.set(nameOf(element), this.now() + secondsOf(element) * 1000);
  }
}

export function startPolling(page: Document = document): void {
  const poller = new Poller(page);
  page.addEventListener("htmx:configRequest", (event) => sendEtag((event as CustomEvent<ConfigRequestDetail>).detail));
  page.addEventListener("htmx:afterRequest", (event) => keepEtag((event as CustomEvent<AfterRequestDetail>).detail));
  page.addEventListener("visibilitychange", () => poller.askAll());
  window.addEventListener("online", () => poller.askAll());
  window.setInterval(() => poller.tick(), 1000);
}
