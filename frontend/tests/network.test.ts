import { beforeEach, expect, it } from "vitest";
import { Network, startNetworkLine } from "../src/network";

let line: HTMLElement;
let at: Date;
let network: Network;

beforeEach(() => {
  document.body.innerHTML = `<p data-network data-state="online" data-online="在线" data-offline="离线，自 {since} 起"
    data-unsent="离线，自 {since} 起，{count} 条未发送"><span data-network-text>在线</span></p>`;
  line = document.querySelector("[data-network]") as HTMLElement;
  at = new Date(2022, 2, 14, 14, 2);
  network = new Network(line, () => at);
});

const said = (): string => line.textContent?.trim() ?? "";

it("says since when it has been offline", () => {
  network.wentOffline();
  at = new Date(2022, 2, 14, 15, 30);
  network.wentOffline();
  expect(said()).toBe("离线，自 14:02 起");
  expect(line.dataset.state).toBe("offline");
});

it("says how much is unsent", () => {
  network.wentOffline();
  network.setUnsent(12);
  expect(said()).toBe("离线，自 14:02 起，12 条未发送");
});

it("says online again, and a new time when it is lost again", () => {
  network.wentOffline();
  network.cameOnline();
  expect(said()).toBe("在线");
  at = new Date(2022, 2, 14, 9, 5);
  network.wentOffline();
  expect(said()).toBe("离线，自 09:05 起");
});

it("listens to the browser, to requests that fail and to what the page counts", () => {
  startNetworkLine(document);
  document.body.dispatchEvent(new CustomEvent("htmx:sendError", { bubbles: true }));
  expect(line.dataset.state).toBe("offline");
  document.body.dispatchEvent(new CustomEvent("linli:unsent", { bubbles: true, detail: 3 }));
  expect(said()).toContain("3 条未发送");
  document.body.dispatchEvent(new CustomEvent("htmx:beforeOnLoad", { bubbles: true }));
  expect(line.dataset.state).toBe("online");
});
