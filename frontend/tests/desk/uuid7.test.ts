import { expect, it } from "vitest";
import { uuid7 } from "../../src/desk/uuid7";

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it("is a UUIDv7 with its moment in front", () => {
  const at = Date.UTC(2026, 3, 2, 9, 5, 0, 123);
  const id = uuid7(at);
  expect(id).toMatch(FORM);
  expect(parseInt(id.replace(/-/g, "").slice(0, 12), 16)).toBe(at);
});

it("never comes twice", () => {
  const made = new Set(Array.from({ length: 1000 }, () => uuid7(0)));
  expect(made.size).toBe(1000);
});
