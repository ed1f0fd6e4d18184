import "../styles/main.scss";
import { startHtmx } from "./htmx";
import { startKeeping } from "./keep";
import { startMenus } from "./menu";
import { startNetworkLine } from "./network";
import { startPolling } from "./poll";
import { startPrinting } from "./print";

startHtmx();
startNetworkLine();
startPolling();
startKeeping();
startMenus();
startPrinting();
