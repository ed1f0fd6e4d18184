import htmx from "htmx.org";

/**
 * htmx under Linli's Content-Security-Policy: nothing is evaluated, nothing of a page is kept on the device
 * (a borrowed phone must not remember residents), and an unchanged answer (304) leaves the page as it is.
 */
export function startHtmx(): void {
  htmx.config.allowEval = false;
  htmx.config.allowScriptTags = false;
  htmx.config.includeIndicatorStyles = false;
  htmx.config.historyCacheSize = 0;
  htmx.config.selfRequestsOnly = true;
  htmx.config.responseHandling = [
    { code: "204|304", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ];
}

export default htmx;
