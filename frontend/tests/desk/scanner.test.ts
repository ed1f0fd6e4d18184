import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Scanner, troubleOf } from "../../src/desk/scanner";

let now = 0;
let codes: (string | null)[] = [];
let read: string[] = [];

function scanner(): Scanner {
  const video = { play: async () => undefined, srcObject: null } as unknown as HTMLVideoElement;
  return new Scanner(video, async () => codes.shift() ?? null, (code) => read.push(code), () => now);
}

async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame += 1) {
    now += 120;
    await vi.advanceTimersByTimeAsync(120);
  }
}

function cameraAnswers(answer: () => Promise<unknown>): void {
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia: answer } });
}

beforeEach(() => {
  vi.useFakeTimers();
  [now, codes, read] = [0, [], []];
  cameraAnswers(async () => ({ getTracks: () => [] }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("reads one code and rests until it is asked for the next", async () => {
  const reader = scanner();
  codes = [null, "A", "B"];
  expect(await reader.open()).toBeNull();
  await frames(5);
  expect(read).toEqual(["A"]);
  reader.next();
  await frames(1);
  expect(read).toEqual(["A", "B"]);
});

it("does not read a slip again that still lies there, but one that comes back", async () => {
  const reader = scanner();
  codes = ["A", "A", null, "A", ...Array<null>(20).fill(null), "A"];
  await reader.open();
  await frames(1);
  reader.next();
  await frames(3);
  expect(read).toEqual(["A"]);
  await frames(21);
  expect(read).toEqual(["A", "A"]);
});

it.each([
  ["NotAllowedError", "refused"],
  ["NotFoundError", "missing"],
  ["NotReadableError", "busy"],
])("tells %s as %s", async (name, trouble) => {
  cameraAnswers(async () => {
    throw new DOMException("no", name);
  });
  expect(await scanner().open()).toBe(trouble);
  expect(troubleOf("whatever")).toBe("missing");
});

it("says that a camera needs https", async () => {
  vi.stubGlobal("isSecureContext", false);
  expect(await scanner().open()).toBe("insecure");
});
