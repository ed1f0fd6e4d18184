import { existsSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

const PACKAGES = ["htmx.org", "@tabler/core", "@tabler/icons", "barcode-detector", "zxing-wasm"];
const MODULES = new URL("../../node_modules/", import.meta.url);

interface PackageJson {
  version: string;
  license: string;
}

/** Name, version and licence of a package, with its licence's text or, where it ships none, the head of its style sheet. */
export function licenceOf(name: string): string {
  const read = (path: string): string => readFileSync(new URL(`${name}/${path}`, MODULES), "utf8");
  const { version, license } = JSON.parse(read("package.json")) as PackageJson;
  const text = existsSync(new URL(`${name}/LICENSE`, MODULES))
    ? read("LICENSE")
    : (/\/\*![\s\S]*?\*\//.exec(read("dist/css/tabler.css"))?.[0] ?? "");
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

/** Puts the licences of what the bundle contains beside it. */
export function licences(): Plugin {
  return {
    name: "linli-licences",
    apply: "build",
    buildStart() {
      const source = [...PACKAGES.map(licenceOf), "Tabler contains Bootstrap, (c) The Bootstrap Authors (MIT).\n", "zxing-wasm contains ZXing-C++, (c) its authors (Apache-2.0).\n"];
      this.emitFile({ type: "asset", fileName: "licences.txt", source: source.join(`\n${"-".repeat(72)}\n\n`) });
    },
  };
}
