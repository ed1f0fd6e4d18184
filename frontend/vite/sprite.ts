import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const require = createRequire(import.meta.url);

function read(relative: string): string {
  return readFileSync(new URL(relative, import.meta.url), "utf8");
}

/** One <symbol> from one Tabler icon; an unknown name stops the build. */
function symbol(name: string): string {
  const svg = readFileSync(require.resolve(`@tabler/icons/outline/${name}.svg`), "utf8");
  const body = svg
    .slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"))
    .replace(/<path stroke="none"[^>]*>/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
}

export function spriteOf(names: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>`;
}

/** Puts the icons named in frontend/icons.json, and only those, into one file; it and our mark are in the manifest. */
export function iconSprite(): Plugin {
  return {
    name: "linli-icon-sprite",
    apply: "build",
    buildStart() {
      const sprite = spriteOf(JSON.parse(read("../icons.json")) as string[]);
      this.emitFile({ type: "asset", name: "icons.svg", originalFileName: "icons.svg", source: sprite });
      const mark = read("../images/linli.svg");
      this.emitFile({ type: "asset", name: "linli.svg", originalFileName: "linli.svg", source: mark });
    },
  };
}
