import { beforeAll, expect, it, vi } from "vitest";

// htmx asks for XPath while it loads, and the test's document has none.
vi.hoisted(() => {
  vi.stubGlobal("XPathEvaluator", class { createExpression(): object { return { evaluate: () => ({ iterateNext: () => null }) }; } });
});

import htmx, { startHtmx } from "../src/htmx";

beforeAll(startHtmx);

function swaps(status: number): boolean {
  const handling = htmx.config.responseHandling.find((rule) => new RegExp(`^(?:${rule.code})$`).test(String(status)));
  return handling?.swap ?? true;
}

it("evaluates nothing, writes no styles and keeps no page on the device", () => {
  expect(htmx.config.allowEval).toBe(false);
  expect(htmx.config.allowScriptTags).toBe(false);
  expect(htmx.config.includeIndicatorStyles).toBe(false);
  expect(htmx.config.historyCacheSize).toBe(0);
  expect(htmx.config.selfRequestsOnly).toBe(true);
});

it("leaves the page as it is when nothing has changed or the server fails", () => {
  expect([200, 204, 304, 422, 403, 500].map(swaps)).toEqual([true, false, false, true, false, false]);
});
