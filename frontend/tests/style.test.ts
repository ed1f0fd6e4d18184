// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { licenceOf } from "../vite/licences";
import { spriteOf } from "../vite/sprite";

const tokens = readFileSync(new URL("../styles/_tokens.scss", import.meta.url), "utf8");
const colours = new Map(Array.from(tokens.matchAll(/"?(\w+)"?: (#[0-9a-f]{6})/g), (found) => [found[1] as string, found[2] as string]));

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const share = parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, 1.4.3: the ratio of two colours' relative luminances. */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The tint of a state: 11 % of its colour on white, as _tokens-css.scss mixes it. */
function tint(colour: string): string {
  const part = (start: number): string =>
    Math.round(255 - (255 - parseInt(colour.slice(start, start + 2), 16)) * 0.11).toString(16).padStart(2, "0");
  return `#${part(1)}${part(3)}${part(5)}`;
}

describe("colours", () => {
  const states = ["done", "open", "waiting", "refused", "away", "help"];

  it.each([...states, "primary", "ink", "muted"])("%s holds 4.5 : 1 on white, on the ground and on its tint", (name) => {
    const colour = colours.get(name) as string;
    expect(contrast(colour, "#ffffff")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour, colours.get("ground") as string)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour, tint(colour))).toBeGreaterThanOrEqual(4.5);
  });
});

describe("the icon sprite", () => {
  it("holds the named icons as symbols without their empty frame", () => {
    const sprite = spriteOf(["home", "x"]);
    expect(sprite.match(/<symbol /g)).toHaveLength(2);
    expect(sprite).toContain('id="home"');
    expect(sprite).not.toContain("M0 0h24v24H0z");
  });

  it("stops the build at an unknown name", () => {
    expect(() => spriteOf(["no-such-icon"])).toThrow();
  });
});

describe("licences", () => {
  it.each(["htmx.org", "@tabler/core", "@tabler/icons"])("names the licence of %s and its text", (name) => {
    expect(licenceOf(name)).toMatch(/\((MIT|0BSD)\)/);
    expect(licenceOf(name).length).toBeGreaterThan(150);
  });
});
