import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

// Read in the browser itself, with a module from our own server: no picture leaves the device.
prepareZXingModule({ overrides: { locateFile: (path: string, prefix: string) => (path.endsWith(".wasm") ? wasm : prefix + path) } });

const detector = new BarcodeDetector({ formats: ["qr_code"] });

export async function readCode(picture: HTMLVideoElement): Promise<string | null> {
  const [found] = await detector.detect(picture);
  return found?.rawValue ?? null;
}
