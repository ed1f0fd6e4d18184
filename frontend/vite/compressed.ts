import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const COMPRESSIBLE = /\.(css|js|svg|wasm)$/;

/** Put a Brotli and a gzip form beside each file of the bundle: slow phones load these, the server never compresses. */
export function compressed(): Plugin {
  return {
    name: "linli-compressed",
    apply: "build",
    async writeBundle({ dir }) {
      const files = await readdir(dir!, { recursive: true });
      await Promise.all(files.filter((file) => COMPRESSIBLE.test(file)).map((file) => compress(join(dir!, file))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await writeFile(`${path}.br`, brotliCompressSync(content, { params: size }));
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
}
