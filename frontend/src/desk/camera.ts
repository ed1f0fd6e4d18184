import { Scanner, type Trouble } from "./scanner";

/**
 * The camera of a desk: a button opens it, a code goes into the search, and while a household is open it rests.
 * Its reader is fetched when the camera is first wanted, and not before.
 */
export class Camera {
  private readonly video: HTMLVideoElement;
  private readonly says: HTMLElement;
  private readonly scanner: Scanner;

  constructor(
    private readonly box: HTMLElement,
    onCode: (code: string) => void,
  ) {
    this.video = box.querySelector("video") as HTMLVideoElement;
    this.says = box.querySelector("[data-scanner-says]") as HTMLElement;
    this.scanner = new Scanner(this.video, read, (code) => {
      this.rest();
      onCode(code);
    });
    box.querySelector("[data-scan-stop]")?.addEventListener("click", () => this.close());
  }

  async open(): Promise<void> {
    this.box.hidden = false;
    if (this.scanner.isOpen) return this.look();
    this.say("starting");
    const trouble = await this.scanner.open();
    this.say(trouble ?? "ready");
    this.video.hidden = trouble !== null;
  }

  /** Goes on to the next slip, when the camera is open at all. */
  look(): void {
    if (!this.scanner.isOpen) return;
    this.box.hidden = false;
    this.scanner.next();
  }

  private rest(): void {
    this.box.hidden = true;
  }

  private close(): void {
    this.scanner.close();
    this.video.hidden = true;
    this.box.hidden = true;
  }

  private say(what: "starting" | "ready" | Trouble): void {
    this.says.textContent = this.box.dataset[what] ?? "";
  }
}

async function read(picture: HTMLVideoElement): Promise<string | null> {
  const { readCode } = await import("./reader");
  return readCode(picture);
}
