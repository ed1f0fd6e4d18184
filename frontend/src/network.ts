/**
 * The line that says online, or offline since when with how many unsent. Its words come with the page:
 * `data-online`, `data-offline` ("{since}") and `data-unsent` ("{since}", "{count}").
 */
export class Network {
  private offlineSince: Date | null = null;
  private unsent = 0;

  constructor(
    private readonly line: HTMLElement,
    private readonly now: () => Date = () => new Date(),
  ) {}

  wentOffline(): void {
    this.offlineSince ??= this.now();
    this.show();
  }

  cameOnline(): void {
    this.offlineSince = null;
    this.show();
  }

  setUnsent(count: number): void {
    this.unsent = count;
    this.show();
  }

  private show(): void {
    const text = this.text();
    this.line.dataset.state = this.offlineSince === null ? "online" : "offline";
    const words = this.line.querySelector("[data-network-text]") ?? this.line;
    if (words.textContent !== text) words.textContent = text;
  }

  private text(): string {
    if (this.offlineSince === null) return this.line.dataset.online ?? "";
    const pattern = this.unsent > 0 ? this.line.dataset.unsent : this.line.dataset.offline;
    return (pattern ?? "").replace("{since}", clockTime(this.offlineSince)).replace("{count}", String(this.unsent));
  }
}

export function clockTime(at: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function startNetworkLine(page: Document = document): void {
  const line = page.querySelector<HTMLElement>("[data-network]");
  if (line === null) return;
  const network = new Network(line);
  window.addEventListener("offline", () => network.wentOffline());
  window.addEventListener("online", () => network.cameOnline());
  page.addEventListener("htmx:sendError", () => network.wentOffline());
  page.addEventListener("htmx:timeout", () => network.wentOffline());
  page.addEventListener("htmx:beforeOnLoad", () => network.cameOnline());
  page.addEventListener("linli:unsent", (event) => network.setUnsent((event as CustomEvent<number>).detail));
  if (!navigator.onLine) network.wentOffline();
}
