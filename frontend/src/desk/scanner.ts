/** Says why there is no picture: a key of the page's own sentences. */
export type Trouble = "refused" | "missing" | "busy" | "insecure";

export type Read = (picture: HTMLVideoElement) => Promise<string | null>;

const EVERY_MS = 120;
const GONE_MS = 2000;

/**
 * Opens a camera and reads codes from it, one at a time: after a code it rests until it is asked for the next. A slip that
 * still lies there is not read again; it has to be out of sight for a moment first.
 */
export class Scanner {
  private stream: MediaStream | null = null;
  private timer: number | null = null;
  private last = { code: "", seen: 0 };

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly read: Read,
    private readonly onCode: (code: string) => void,
    private readonly now: () => number = Date.now,
  ) {}

  get isOpen(): boolean {
    return this.stream !== null;
  }

  /** Returns why the camera cannot be used, null when it runs. */
  async open(): Promise<Trouble | null> {
    if (!window.isSecureContext) return "insecure";
    if (navigator.mediaDevices === undefined) return "missing";
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    } catch (error) {
      return troubleOf(error);
    }
    this.video.srcObject = this.stream;
    await this.video.play();
    this.next();
    return null;
  }

  next(): void {
    this.last.seen = this.now();
    this.wait();
  }

  private wait(): void {
    if (this.isOpen && this.timer === null) this.timer = window.setTimeout(() => void this.look(), EVERY_MS);
  }

  close(): void {
    if (this.timer !== null) window.clearTimeout(this.timer);
    this.timer = null;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
  }

  private async look(): Promise<void> {
    const code = await this.read(this.video).catch(() => null);
    this.timer = null;
    if (!this.isOpen) return;
    if (code === null || this.lies(code)) this.wait();
    else this.onCode(code);
  }

  /** Whether this is the slip that was read last and has not been away since. */
  private lies(code: string): boolean {
    const now = this.now();
    const lies = code === this.last.code && now - this.last.seen < GONE_MS;
    this.last = { code, seen: now };
    return lies;
  }
}

export function troubleOf(error: unknown): Trouble {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotReadableError" || name === "AbortError" ? "busy" : "missing";
}
