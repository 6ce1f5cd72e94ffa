// On any page of Kring: what an earlier page on this device could not send goes on its way.
import { deliverWaiting } from "./outbox.js";

const taken = await deliverWaiting();
if (taken && document.querySelector("[data-lists]")) location.reload(); // a list that waited is in now
