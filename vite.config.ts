import { defineConfig } from "vite";
import { compressed } from "./frontend/vite/compressed.ts";
import { licences } from "./frontend/vite/licences.ts";
import { iconSprite } from "./frontend/vite/sprite.ts";

export default defineConfig({
  root: "frontend",
  base: "./",
  publicDir: false,
  plugins: [iconSprite(), licences(), compressed()],
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
  build: {
    outDir: "../src/linli/web/static/linli",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2020",
    cssTarget: "chrome87",
    modulePreload: false,
    rolldownOptions: { checks: { eval: false, pluginTimings: false }, input: { main: "frontend/src/main.ts", desk: "frontend/src/desk.ts" } },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
