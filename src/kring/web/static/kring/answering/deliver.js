// On any page of Kring: what an earlier page on this device could not send goes on its way.
import { deliverWaiting } from "./outbox.js";

deliverWaiting();
