import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Poller, keepEtag, sendEtag } from "../src/poll";

let now = 0;

function board(seconds = "5"): HTMLElement {
  document.body.innerHTML = `<div id="board" data-poll="${seconds}"></div>`;
  return document.getElementById("board") as HTMLElement;
}

function asked(element: Element): () => number {
  const listener = vi.fn();
  element.addEventListener("linli:poll", listener);
  return () => listener.mock.calls.length;
}

function hide(hidden: boolean): void {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
}

function answer(status: number, etag: string | null): XMLHttpRequest {
  return { status, getResponseHeader: () => etag } as unknown as XMLHttpRequest;
}

function headersOf(elt: HTMLElement, path: string, verb = "get"): Record<string, string> {
  const detail = { verb, path, elt, headers: {} };
  sendEtag(detail);
  return detail.headers;
}

beforeEach(() => {
  now = 0;
  hide(false);
});
afterEach(() => hide(false));

describe("asking", () => {
  it("asks every five seconds and not before", () => {
    const element = board();
    const count = asked(element);
    const poller = new Poller(document, () => now);
    for (now = 0; now <= 14_000; now += 1000) poller.tick();
    expect(count()).toBe(2);
  });

  it("pauses while the page is hidden and asks at once when it is seen", () => {
    const element = board();
    const count = asked(element);
    const poller = new Poller(document, () => now);
    hide(true);
    for (now = 0; now <= 60_000; now += 1000) poller.tick();
    expect(count()).toBe(0);
    hide(false);
    poller.askAll();
    expect(count()).toBe(1);
  });

  it("keeps its beat when the board is swapped", () => {
    const poller = new Poller(document, () => now);
    board();
    poller.tick();
    now = 3_000;
    poller.tick();
    const count = asked(board());
    now = 5_000;
    poller.tick();
    expect(count()).toBe(1);
  });

  it("stops when a finished job carries no data-poll", () => {
    const element = board("1");
    const count = asked(element);
    const poller = new Poller(document, () => now);
    poller.tick();
    element.removeAttribute("data-poll");
    now = 10_000;
    poller.tick();
    expect(count()).toBe(0);
  });

  it("reads five seconds where the page says nothing usable", () => {
    const element = board("often");
    const count = asked(element);
    const poller = new Poller(document, () => now);
    poller.tick();
    now = 4_999;
    poller.tick();
    expect(count()).toBe(0);
    now = 5_000;
    poller.tick();
    expect(count()).toBe(1);
  });
});

describe("unchanged boards", () => {
  it("sends back the ETag of what is on the page", () => {
    const elt = board();
    expect(headersOf(elt, "/a")).toEqual({});
    keepEtag({ requestConfig: { elt }, xhr: answer(200, '"1"'), pathInfo: { requestPath: "/a" } });
    expect(headersOf(elt, "/a")).toEqual({ "If-None-Match": '"1"' });
    expect(headersOf(elt, "/b")).toEqual({});
  });

  it("keeps the ETag over a 304 and forgets nothing on an error", () => {
    const elt = board();
    keepEtag({ requestConfig: { elt }, xhr: answer(200, '"7"'), pathInfo: { requestPath: "/c" } });
    keepEtag({ requestConfig: { elt }, xhr: answer(304, '"8"'), pathInfo: { requestPath: "/c" } });
    keepEtag({ requestConfig: { elt }, xhr: answer(500, null), pathInfo: { requestPath: "/c" } });
    expect(headersOf(elt, "/c")).toEqual({ "If-None-Match": '"7"' });
  });

  it("never adds it to a form or to an element that is not polled", () => {
    const elt = board();
    keepEtag({ requestConfig: { elt }, xhr: answer(200, '"1"'), pathInfo: { requestPath: "/d" } });
    expect(headersOf(elt, "/d", "post")).toEqual({});
    elt.removeAttribute("data-poll");
    expect(headersOf(elt, "/d")).toEqual({});
  });
});
